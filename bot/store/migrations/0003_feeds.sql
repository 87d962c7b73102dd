-- Feeds of sources: when each is asked next, how it fared, and which entries were seen. Times are UTC, to the second.

CREATE TABLE feeds (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL,
    source_key INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    include TEXT NOT NULL DEFAULT '[]', -- words as JSON: only entries with one of them
    exclude TEXT NOT NULL DEFAULT '[]', -- no entry with one of them
    etag TEXT,
    last_modified TEXT,
    interval_s INTEGER NOT NULL,
    next_at TEXT NOT NULL,
    last_ok TEXT,
    last_new TEXT, -- when it last had something new
    last_error TEXT,
    failed_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    paused_at TEXT,
    UNIQUE (server, url),
    FOREIGN KEY (source_key, server) REFERENCES sources (key, server) ON DELETE CASCADE
) STRICT;
CREATE INDEX feeds_source ON feeds (source_key, server);
CREATE INDEX feeds_due ON feeds (next_at) WHERE paused_at IS NULL;

-- Every entry that was taken or passed over, so that each is taken once; `url` is canonical.
CREATE TABLE feed_entries (
    feed_key INTEGER NOT NULL REFERENCES feeds (key) ON DELETE CASCADE,
    guid TEXT NOT NULL,
    server TEXT NOT NULL,
    url TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (feed_key, guid)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_entries_url ON feed_entries (server, url);
