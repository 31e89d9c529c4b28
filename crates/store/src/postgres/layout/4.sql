-- The processes that serve from the store, as they report themselves. Times are Unix milliseconds; heartbeat_at is by
-- the database's clock, the only one that they share.
CREATE TABLE nodes (
    id BYTEA NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    served_revision BIGINT NOT NULL,
    http TEXT COLLATE "C" NOT NULL,
    management TEXT COLLATE "C" NOT NULL,
    heartbeat_at BIGINT NOT NULL
);
