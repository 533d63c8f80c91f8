-- Submissions that only their collector can read, each once. `envelope` is there until it is opened
-- or has to go; the digest stays, so that a late copy is known.
CREATE TABLE sealed (
    sequence    INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    survey      TEXT NOT NULL,
    digest      TEXT NOT NULL,
    envelope    TEXT,
    received_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
CREATE INDEX sealed_shut ON sealed (sequence) WHERE envelope IS NOT NULL;
