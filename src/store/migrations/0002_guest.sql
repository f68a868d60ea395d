-- What behaving as a guest takes: why polls fail, where addresses moved, when hosts may be asked.

-- The trouble of the last poll, how often in a row, and since when; none when it went well.
ALTER TABLE source ADD COLUMN trouble TEXT;
ALTER TABLE source ADD COLUMN troubles BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN trouble_since BIGINT;
-- Where permanent redirects lead, and since when they say so.
ALTER TABLE source ADD COLUMN moved_to TEXT;
ALTER TABLE source ADD COLUMN moved_since BIGINT;
-- What the feed itself wishes of polls, JSON.
ALTER TABLE source ADD COLUMN pace TEXT;
ALTER TABLE poll ADD COLUMN trouble TEXT;

-- One budget per host; times as everywhere.
CREATE TABLE host (
    name           TEXT PRIMARY KEY,
    next_at        BIGINT NOT NULL,
    paused_until   BIGINT NOT NULL,
    crawl_delay_ms BIGINT NOT NULL
);

-- The last answer of each site's robots.txt; no body where it has none.
CREATE TABLE robots (
    site          TEXT PRIMARY KEY,
    body          BYTEA,
    etag          BYTEA,
    last_modified BYTEA,
    read_at       BIGINT NOT NULL,
    until_at      BIGINT NOT NULL
);
