-- Work of many items, done in the background. Bodies and reasons are JSON text that only its writers read.
CREATE TABLE tasks (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    made_by BLOB NOT NULL,
    actor TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX tasks_by_time ON tasks (created_at, id);
CREATE INDEX tasks_by_state ON tasks (state, created_at, id);

-- Items are numbered from 0. Whoever moves an item from 'waiting' is the one who did it.
CREATE TABLE task_items (
    task BLOB NOT NULL,
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL,
    reason BLOB,
    revision INTEGER,
    settled_at INTEGER,
    PRIMARY KEY (task, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_items_by_state ON task_items (task, state, number);

-- What one process at a time does for all of them, and until when it may.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT;
