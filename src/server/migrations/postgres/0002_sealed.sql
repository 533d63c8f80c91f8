-- The same table as for SQLite; see there.
CREATE TABLE sealed (
    sequence    BIGSERIAL PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    survey      TEXT NOT NULL,
    digest      TEXT NOT NULL,
    envelope    TEXT,
    received_at TEXT NOT NULL DEFAULT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
);
CREATE INDEX sealed_shut ON sealed (sequence) WHERE envelope IS NOT NULL;
