-- The same tables as for SQLite; see there for what they hold. Moments are text in both, so that
-- they sort and print alike.
CREATE TABLE survey (
    hash        TEXT NOT NULL PRIMARY KEY,
    id          TEXT NOT NULL,
    version     TEXT NOT NULL,
    definition  TEXT NOT NULL,
    known_since TEXT NOT NULL DEFAULT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
);

CREATE TABLE submission (
    sequence      BIGSERIAL PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE,
    survey        TEXT    NOT NULL,
    hash          TEXT    NOT NULL,
    envelope      TEXT    NOT NULL,
    scores        TEXT    NOT NULL,
    scores_differ BIGINT  NOT NULL,
    reference     TEXT,
    received_at   TEXT    NOT NULL DEFAULT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
);
CREATE INDEX submission_by_survey ON submission (survey, sequence);
CREATE INDEX submission_by_reference ON submission (reference) WHERE reference IS NOT NULL;
CREATE INDEX submission_by_time ON submission (received_at);

CREATE TABLE kept_aside (
    sequence    BIGSERIAL PRIMARY KEY,
    digest      TEXT NOT NULL UNIQUE,
    id          TEXT NOT NULL,
    survey      TEXT NOT NULL,
    reasons     TEXT NOT NULL,
    envelope    TEXT NOT NULL,
    reference   TEXT,
    received_at TEXT NOT NULL DEFAULT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
);
CREATE INDEX kept_aside_by_reference ON kept_aside (reference) WHERE reference IS NOT NULL;
CREATE INDEX kept_aside_by_time ON kept_aside (received_at);

CREATE TABLE spent_link (
    link       TEXT NOT NULL PRIMARY KEY,
    submission TEXT NOT NULL
);

CREATE TABLE gone (
    id     TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL
);
