-- Figures of calls: for each minute (minutes since 1970) and node a row for each series of calls that there were, as its sort
-- and what names it; a part that a sort does not have is sixteen zero bytes or empty. Minutes come first in the key: rows
-- are added at its end and forgotten at its beginning. Times are microseconds.
CREATE TABLE telemetry (
    minute BIGINT NOT NULL,
    series TEXT COLLATE "C" NOT NULL,
    subject BYTEA NOT NULL,
    part BYTEA NOT NULL,
    stage BYTEA NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    node BYTEA NOT NULL,
    requests BIGINT NOT NULL,
    status_2xx BIGINT NOT NULL,
    status_4xx BIGINT NOT NULL,
    status_5xx BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    bytes_in BIGINT NOT NULL,
    bytes_out BIGINT NOT NULL,
    total_us BIGINT NOT NULL,
    backend_calls BIGINT NOT NULL,
    backend_us BIGINT NOT NULL,
    total_max_us BIGINT NOT NULL,
    backend_max_us BIGINT NOT NULL,
    gateway_max_us BIGINT NOT NULL,
    PRIMARY KEY (minute, series, subject, part, stage, method, node)
);
