-- Whom a submission is about, as far as the host told: for erasure on request.
ALTER TABLE submission ADD COLUMN reference TEXT;
ALTER TABLE kept_aside ADD COLUMN reference TEXT;
UPDATE submission SET reference =
    coalesce(json_extract(envelope, '$.context.booking'), json_extract(envelope, '$.context.reference'));
UPDATE kept_aside SET reference =
    coalesce(json_extract(envelope, '$.context.booking'), json_extract(envelope, '$.context.reference'));
CREATE INDEX submission_by_reference ON submission (reference) WHERE reference IS NOT NULL;
CREATE INDEX kept_aside_by_reference ON kept_aside (reference) WHERE reference IS NOT NULL;
CREATE INDEX submission_by_time ON submission (received_at);
CREATE INDEX kept_aside_by_time ON kept_aside (received_at);

-- Links for one submission that have brought theirs.
CREATE TABLE spent_link (
    link       TEXT NOT NULL PRIMARY KEY,
    submission TEXT NOT NULL
) STRICT;

-- Submissions that were here and had to go, by erasure or age: a late copy of one must not come
-- back. The digest tells the same content from other content and gives away nothing of it.
CREATE TABLE gone (
    id     TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT;
