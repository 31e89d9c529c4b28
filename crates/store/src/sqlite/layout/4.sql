-- The processes that serve from the store, as they report themselves. Times are Unix milliseconds; heartbeat_at is by
-- the database's clock, the only one that they share.
CREATE TABLE nodes (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    served_revision INTEGER NOT NULL,
    http TEXT NOT NULL,
    management TEXT NOT NULL,
    heartbeat_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
