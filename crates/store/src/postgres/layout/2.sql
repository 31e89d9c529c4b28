-- The keys that seal what documents keep secret, wrapped by the master key, whose fingerprint is beside each. Number 0 makes
-- digests of what is looked up; the newest of the others seals, older ones open what is not sealed anew yet.
CREATE TABLE keyring (
    number BIGINT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    master TEXT COLLATE "C" NOT NULL,
    wrapped BYTEA NOT NULL
);

-- What a document keeps secret, and the number of the key that seals it. In its body null is in place of each secret.
ALTER TABLE documents ADD COLUMN data_key BIGINT;
ALTER TABLE documents ADD COLUMN sealed BYTEA;
ALTER TABLE changes ADD COLUMN data_key BIGINT;
ALTER TABLE changes ADD COLUMN sealed BYTEA;
CREATE INDEX documents_by_data_key ON documents (data_key, revision, kind, id) WHERE data_key IS NOT NULL;
CREATE INDEX changes_by_data_key ON changes (data_key, revision, kind, id) WHERE data_key IS NOT NULL;
