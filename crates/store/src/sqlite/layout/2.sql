-- The keys that seal what documents keep secret, wrapped by the master key, whose fingerprint is beside each. Number 0 makes
-- digests of what is looked up; the newest of the others seals, older ones open what is not sealed anew yet.
CREATE TABLE keyring (
    number INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL,
    master TEXT NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

-- What a document keeps secret, and the number of the key that seals it. In its body null is in place of each secret.
ALTER TABLE documents ADD COLUMN data_key INTEGER;
ALTER TABLE documents ADD COLUMN sealed BLOB;
ALTER TABLE changes ADD COLUMN data_key INTEGER;
ALTER TABLE changes ADD COLUMN sealed BLOB;
CREATE INDEX documents_by_data_key ON documents (data_key, revision, kind, id) WHERE data_key IS NOT NULL;
CREATE INDEX changes_by_data_key ON changes (data_key, revision, kind, id) WHERE data_key IS NOT NULL;

-- Whether documents may be there that were written before there was a keyring, their secrets as they are.
ALTER TABLE head ADD COLUMN unsealed INTEGER NOT NULL DEFAULT 0;
UPDATE head SET unsealed = 1 WHERE revision > 0;
