-- Every definition that this receiver has ever known, so that submissions to an older version
-- still find theirs after an update.
CREATE TABLE survey (
    hash        TEXT NOT NULL PRIMARY KEY,
    id          TEXT NOT NULL,
    version     TEXT NOT NULL,
    definition  TEXT NOT NULL,
    known_since TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

-- Submissions, each once. `envelope` is what was sent, as JSON with sorted keys; `scores` are
-- the receiver's own.
CREATE TABLE submission (
    sequence      INTEGER PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE,
    survey        TEXT    NOT NULL,
    hash          TEXT    NOT NULL,
    envelope      TEXT    NOT NULL,
    scores        TEXT    NOT NULL,
    scores_differ INTEGER NOT NULL,
    received_at   TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX submission_by_survey ON submission (survey, sequence);

-- What was refused is kept, never deleted: submissions that do not fit their survey, and other
-- contents under an id that is taken. `reasons` holds codes, no answers; `digest` is of the envelope.
CREATE TABLE kept_aside (
    sequence    INTEGER PRIMARY KEY,
    digest      TEXT NOT NULL UNIQUE,
    id          TEXT NOT NULL,
    survey      TEXT NOT NULL,
    reasons     TEXT NOT NULL,
    envelope    TEXT NOT NULL,
    received_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
