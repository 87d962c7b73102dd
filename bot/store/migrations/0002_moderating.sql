-- What moderators did, who watches which story, and what watchers were told.

CREATE TABLE audit (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL CHECK (server <> ''),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX audit_server ON audit (server, key);

-- `channel` is where the person asked; notices go there unless the server chose a channel for all.
CREATE TABLE watches (
    server TEXT NOT NULL,
    story_key INTEGER NOT NULL,
    by TEXT NOT NULL,
    channel TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (server, story_key, by),
    FOREIGN KEY (story_key, server) REFERENCES stories (key, server) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX watches_story ON watches (story_key, server);

-- One card for each story and channel, edited in place. `known` is what was told, as JSON; `pending` waits for the end
-- of quiet hours, for the digest or for the rate; `message` is the card, once there is one.
CREATE TABLE alerts (
    server TEXT NOT NULL,
    story_key INTEGER NOT NULL,
    channel TEXT NOT NULL,
    message TEXT,
    thread TEXT,
    known TEXT NOT NULL,
    pending TEXT NOT NULL DEFAULT '',
    told_at TEXT,
    PRIMARY KEY (server, story_key, channel),
    FOREIGN KEY (story_key, server) REFERENCES stories (key, server) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX alerts_story ON alerts (story_key, server);
