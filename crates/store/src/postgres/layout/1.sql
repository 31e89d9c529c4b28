-- The newest revision, and the revision up to which changes are forgotten. One row.
CREATE TABLE head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    revision BIGINT NOT NULL,
    floor BIGINT NOT NULL
);
INSERT INTO head (one, revision, floor) VALUES (1, 0, 0);

-- Ids are 16 bytes, times are Unix milliseconds, bodies are JSON text.
CREATE TABLE documents (
    kind TEXT COLLATE "C" NOT NULL,
    id BYTEA NOT NULL,
    scope BYTEA NOT NULL,
    schema BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (kind, id)
);

-- What documents are found and sorted by; every one has a row called @created.
CREATE TABLE fields (
    kind TEXT COLLATE "C" NOT NULL,
    id BYTEA NOT NULL,
    scope BYTEA NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, id, name, value)
);
CREATE INDEX fields_by_value ON fields (kind, name, value, id);
CREATE INDEX fields_by_scope ON fields (kind, scope, name, value, id);

-- What documents need; on_delete is what deleting the target does: 'refuse' or 'drop'.
CREATE TABLE links (
    kind TEXT COLLATE "C" NOT NULL,
    id BYTEA NOT NULL,
    edge TEXT COLLATE "C" NOT NULL,
    target_kind TEXT COLLATE "C" NOT NULL,
    target_id BYTEA NOT NULL,
    on_delete TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, id, edge, target_kind, target_id)
);
CREATE INDEX links_by_target ON links (target_kind, target_id, kind, edge, id, on_delete);

-- What each revision did. Without a body: the document was deleted.
CREATE TABLE changes (
    revision BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    id BYTEA NOT NULL,
    scope BYTEA,
    schema BIGINT,
    created_at BIGINT,
    updated_at BIGINT,
    body BYTEA,
    PRIMARY KEY (revision, kind, id)
);

CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    revision BIGINT,
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    resource TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    detail BYTEA NOT NULL
);
CREATE INDEX audit_by_time ON audit (at, number);
CREATE INDEX audit_by_actor ON audit (actor, at, number);
CREATE INDEX audit_by_action ON audit (action, at, number);
CREATE INDEX audit_by_resource ON audit (resource, at, number);
