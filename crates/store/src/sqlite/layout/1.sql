-- The newest revision, and the revision up to which changes are forgotten. One row.
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL,
    floor INTEGER NOT NULL
) STRICT;
INSERT INTO head (one, revision, floor) VALUES (1, 0, 0);

-- Ids are 16 bytes, times are Unix milliseconds, bodies are JSON text.
CREATE TABLE documents (
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    scope BLOB NOT NULL,
    schema INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

-- What documents are found and sorted by; every one has a row called @created.
CREATE TABLE fields (
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    scope BLOB NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, id, name, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX fields_by_value ON fields (kind, name, value, id);
CREATE INDEX fields_by_scope ON fields (kind, scope, name, value, id);

-- What documents need; on_delete is what deleting the target does: 'refuse' or 'drop'.
CREATE TABLE links (
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    edge TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target_id BLOB NOT NULL,
    on_delete TEXT NOT NULL,
    PRIMARY KEY (kind, id, edge, target_kind, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_target ON links (target_kind, target_id, kind, edge, id, on_delete);

-- What each revision did. Without a body: the document was deleted.
CREATE TABLE changes (
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    scope BLOB,
    schema INTEGER,
    created_at INTEGER,
    updated_at INTEGER,
    body BLOB,
    PRIMARY KEY (revision, kind, id)
) STRICT;

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    revision INTEGER,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    resource TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail BLOB NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at, number);
CREATE INDEX audit_by_actor ON audit (actor, at, number);
CREATE INDEX audit_by_action ON audit (action, at, number);
CREATE INDEX audit_by_resource ON audit (resource, at, number);
