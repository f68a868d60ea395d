-- Times are milliseconds since 1970 in UTC, truth values 0 and 1, lists JSON. The text runs on SQLite and PostgreSQL.

CREATE TABLE source (
    id              TEXT PRIMARY KEY,
    url             TEXT   NOT NULL,
    active          BIGINT NOT NULL,
    -- What the entrance tells of itself.
    entrance        TEXT,
    title           TEXT,
    -- Validators, byte for byte.
    etag            BYTEA,
    last_modified   BYTEA,
    due_at          BIGINT NOT NULL,
    lease_until     BIGINT NOT NULL DEFAULT 0,
    lease_gen       BIGINT NOT NULL DEFAULT 0,
    last_poll_at    BIGINT,
    last_success_at BIGINT,
    last_error      TEXT,
    failures        BIGINT NOT NULL DEFAULT 0,
    -- Moves with every change of the source's articles.
    revision        BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX source_due ON source (due_at) WHERE active = 1;

-- Links whose pages are still to be read.
CREATE TABLE pending (
    source_id  TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    link       TEXT   NOT NULL,
    found_at   BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    PRIMARY KEY (source_id, key)
);
CREATE INDEX pending_due ON pending (due_at);

CREATE TABLE article (
    id            TEXT PRIMARY KEY,
    source_id     TEXT   NOT NULL,
    story_id      TEXT   NOT NULL,
    url           TEXT   NOT NULL,
    title         TEXT   NOT NULL,
    authors       TEXT   NOT NULL,
    categories    TEXT   NOT NULL,
    enclosures    TEXT   NOT NULL,
    summary       TEXT   NOT NULL,
    body          TEXT   NOT NULL,
    text          TEXT   NOT NULL,
    language      TEXT,
    image         TEXT,
    confidence    DOUBLE PRECISION NOT NULL,
    given_published_at BIGINT,
    given_updated_at   BIGINT,
    published_at  BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL
);
CREATE INDEX article_feed ON article (source_id, published_at DESC, id);
CREATE INDEX article_story ON article (story_id, first_seen_at, id);

-- Every name under which a source's article was ever seen; outlives the article.
CREATE TABLE alias (
    source_id  TEXT NOT NULL,
    key        TEXT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (source_id, key)
);

-- Near-duplicate search: one row a band, looked up by value.
CREATE TABLE band (
    value      BIGINT NOT NULL,
    article_id TEXT   NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (value, article_id)
);
CREATE INDEX band_article ON band (article_id);
CREATE TABLE fingerprint (
    article_id TEXT PRIMARY KEY,
    shingles   BYTEA NOT NULL,
    facts      BYTEA NOT NULL
);

-- Pages as they came, compressed with zstd.
CREATE TABLE raw_page (
    article_id   TEXT PRIMARY KEY,
    url          TEXT   NOT NULL,
    content_type TEXT,
    fetched_at   BIGINT NOT NULL,
    body         BYTEA  NOT NULL
);

CREATE TABLE poll (
    source_id TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    outcome   TEXT   NOT NULL,
    n_found   BIGINT NOT NULL,
    n_new     BIGINT NOT NULL,
    error     TEXT,
    took_ms   BIGINT NOT NULL
);
CREATE INDEX poll_source ON poll (source_id, at DESC);
