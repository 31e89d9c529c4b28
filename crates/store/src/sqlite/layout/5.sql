-- Figures of calls: for each minute (minutes since 1970) and node a row for each series of calls that there were, as its sort
-- and what names it; a part that a sort does not have is sixteen zero bytes or empty. Minutes come first in the key: rows
-- are added at its end and forgotten at its beginning. Times are microseconds.
CREATE TABLE telemetry (
    minute INTEGER NOT NULL,
    series TEXT NOT NULL,
    subject BLOB NOT NULL,
    part BLOB NOT NULL,
    stage BLOB NOT NULL,
    method TEXT NOT NULL,
    node BLOB NOT NULL,
    requests INTEGER NOT NULL,
    status_2xx INTEGER NOT NULL,
    status_4xx INTEGER NOT NULL,
    status_5xx INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    total_us INTEGER NOT NULL,
    backend_calls INTEGER NOT NULL,
    backend_us INTEGER NOT NULL,
    total_max_us INTEGER NOT NULL,
    backend_max_us INTEGER NOT NULL,
    gateway_max_us INTEGER NOT NULL,
    PRIMARY KEY (minute, series, subject, part, stage, method, node)
) STRICT, WITHOUT ROWID;
