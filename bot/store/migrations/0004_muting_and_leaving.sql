-- What moderators muted, and the servers that the bot left and whose data waits to be deleted.

-- A story by its key, so that it goes with the story; an outlet by its name without case, with the name as given.
CREATE TABLE mutes (
    key INTEGER PRIMARY KEY,
    server TEXT NOT NULL CHECK (server <> ''),
    story_key INTEGER,
    outlet TEXT,
    printed TEXT,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (server, story_key),
    UNIQUE (server, outlet),
    FOREIGN KEY (story_key, server) REFERENCES stories (key, server) ON DELETE CASCADE
) STRICT;
CREATE INDEX mutes_story ON mutes (story_key, server);

CREATE TABLE departures (
    server TEXT PRIMARY KEY CHECK (server <> ''),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
