-- Work of many items, done in the background. Bodies and reasons are JSON text that only its writers read.
CREATE TABLE tasks (
    id BYTEA NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    made_by BYTEA NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX tasks_by_time ON tasks (created_at, id);
CREATE INDEX tasks_by_state ON tasks (state, created_at, id);

-- Items are numbered from 0. Whoever moves an item from 'waiting' is the one who did it.
CREATE TABLE task_items (
    task BYTEA NOT NULL,
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    reason BYTEA,
    revision BIGINT,
    settled_at BIGINT,
    PRIMARY KEY (task, number)
);
CREATE INDEX task_items_by_state ON task_items (task, state, number);

-- What one process at a time does for all of them, and until when it may.
CREATE TABLE leases (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    holder BYTEA NOT NULL,
    until BIGINT NOT NULL
);
