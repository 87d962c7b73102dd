-- Everything Corrobot remembers. A shared thing (a fetched page, its text and its figures) is stored once and carries
-- no server; whatever people decide about it carries the server they decided it in.

-- The last number given out, so that an id people have seen is never given to something else.
CREATE TABLE counters (
    server TEXT NOT NULL CHECK (server <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('article', 'story', 'source', 'ruling')),
    last INTEGER NOT NULL,
    PRIMARY KEY (server, kind)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a job may still name the key of a deleted article, which must then name nothing.
CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT CHECK (server <> ''), -- NULL: a fetched page, shared; else the only server that may see this paste
    id TEXT NOT NULL,
    input TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    author TEXT,
    published TEXT,
    published_from TEXT,
    url TEXT,
    host TEXT,
    copy_of TEXT,
    notes TEXT NOT NULL,
    language TEXT NOT NULL,
    raw_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    stored_at TEXT NOT NULL,
    CHECK (server IS NOT NULL OR url IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX articles_shared_url ON articles (url) WHERE server IS NULL;
CREATE UNIQUE INDEX articles_private_url ON articles (server, url) WHERE server IS NOT NULL AND url IS NOT NULL;
CREATE INDEX articles_raw_hash ON articles (raw_hash);
CREATE INDEX articles_text_hash ON articles (text_hash);

-- What was fetched or pasted, zlib-compressed: cleaned text can be derived again from it.
CREATE TABLE raws (
    article_key INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE,
    body BLOB NOT NULL
) STRICT;

-- What an article said before its raw content changed.
CREATE TABLE revisions (
    article_key INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    raw_hash TEXT NOT NULL,
    stored_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    PRIMARY KEY (article_key, ordinal)
) STRICT, WITHOUT ROWID;

-- Which server sees which article, under which number; title, outlet and published are that server's corrections.
-- A removed row stays as a tombstone of its number.
CREATE TABLE visibility (
    id INTEGER PRIMARY KEY,
    server TEXT NOT NULL CHECK (server <> ''),
    number INTEGER NOT NULL,
    article_key INTEGER REFERENCES articles (key) ON DELETE SET NULL,
    input TEXT,
    title TEXT,
    outlet TEXT,
    published TEXT,
    added_by TEXT,
    added_at TEXT NOT NULL,
    removed_at TEXT,
    UNIQUE (server, number),
    CHECK (removed_at IS NOT NULL OR article_key IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX visibility_once ON visibility (server, article_key) WHERE removed_at IS NULL;
CREATE INDEX visibility_article ON visibility (article_key);

-- The last wall between servers: holds even where code above it is wrong.
CREATE TRIGGER visibility_private BEFORE INSERT ON visibility
WHEN EXISTS (SELECT 1 FROM articles WHERE key = new.article_key AND server <> new.server)
BEGIN
    SELECT RAISE(ABORT, 'a pasted text is visible in its own server only');
END;

CREATE TABLE readings (
    article_key INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE,
    article TEXT NOT NULL, -- the id that the figures name
    quotations TEXT NOT NULL,
    tone TEXT
) STRICT;
CREATE TABLE sentences (
    article_key INTEGER NOT NULL REFERENCES readings (article_key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (article_key, ordinal)
) STRICT, WITHOUT ROWID;
-- `body` is the whole figure as JSON, the columns beside it are what is searched.
CREATE TABLE figures (
    key INTEGER PRIMARY KEY,
    article_key INTEGER NOT NULL REFERENCES readings (article_key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL,
    printed TEXT NOT NULL,
    measure TEXT NOT NULL,
    place TEXT,
    voice TEXT,
    sentence TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (article_key, ordinal)
) STRICT;

-- `version` counts what happened to the story; a comparison of an earlier version is out of date.
CREATE TABLE stories (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL CHECK (server <> ''),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    folded TEXT NOT NULL, -- the title without case, for finding it
    created_at TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    compared_version INTEGER,
    compared_at TEXT,
    comparison TEXT,
    flags INTEGER NOT NULL DEFAULT 0,
    UNIQUE (server, number),
    UNIQUE (key, server)
) STRICT;
CREATE INDEX stories_touched ON stories (server, touched_at);
-- An article is in at most one story of a server, and never in a story of another server.
CREATE TABLE story_articles (
    server TEXT NOT NULL,
    article_key INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    story_key INTEGER NOT NULL,
    PRIMARY KEY (server, article_key),
    FOREIGN KEY (story_key, server) REFERENCES stories (key, server) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX story_articles_story ON story_articles (story_key, server);
CREATE INDEX story_articles_article ON story_articles (article_key);

-- Whoever moves an article, the stories it leaves and enters are out of date, and a story left empty goes.
CREATE TRIGGER story_articles_added AFTER INSERT ON story_articles BEGIN
    UPDATE stories SET version = version + 1 WHERE key = new.story_key;
END;
CREATE TRIGGER story_articles_moved AFTER UPDATE OF story_key ON story_articles
WHEN old.story_key <> new.story_key BEGIN
    UPDATE stories SET version = version + 1 WHERE key IN (old.story_key, new.story_key);
    DELETE FROM stories WHERE key = old.story_key
        AND NOT EXISTS (SELECT 1 FROM story_articles WHERE story_key = old.story_key);
END;
CREATE TRIGGER story_articles_left AFTER DELETE ON story_articles BEGIN
    UPDATE stories SET version = version + 1 WHERE key = old.story_key;
    DELETE FROM stories WHERE key = old.story_key
        AND NOT EXISTS (SELECT 1 FROM story_articles WHERE story_key = old.story_key);
END;

CREATE TABLE relations (
    story_key INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    flag INTEGER NOT NULL,
    measure TEXT NOT NULL,
    severity TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (story_key, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE findings (
    story_key INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    open INTEGER NOT NULL, -- flagged and not dismissed
    severity TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (story_key, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_open ON findings (story_key) WHERE open = 1;

CREATE TABLE sources (
    key INTEGER PRIMARY KEY,
    server TEXT NOT NULL CHECK (server <> ''),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    letter TEXT NOT NULL CHECK (letter IN ('A', 'B', 'C', 'D', 'E', 'F')),
    UNIQUE (server, number),
    UNIQUE (key, server)
) STRICT;
CREATE TABLE source_domains (
    server TEXT NOT NULL,
    domain TEXT NOT NULL,
    source_key INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (server, domain),
    FOREIGN KEY (source_key, server) REFERENCES sources (key, server) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX source_domains_source ON source_domains (source_key, server);
-- Every name a source goes by without case: its own (ordinal -1) and its aliases.
CREATE TABLE source_names (
    server TEXT NOT NULL,
    folded TEXT NOT NULL,
    printed TEXT NOT NULL,
    source_key INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (server, folded),
    FOREIGN KEY (source_key, server) REFERENCES sources (key, server) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX source_names_source ON source_names (source_key, server);

CREATE TABLE rulings (
    server TEXT NOT NULL CHECK (server <> ''),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('dismiss', 'scope', 'split', 'merge', 'correct')),
    target TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT,
    PRIMARY KEY (server, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX rulings_target ON rulings (server, target);

CREATE TABLE settings (
    server TEXT NOT NULL CHECK (server <> ''),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (server, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT,
    kind TEXT NOT NULL,
    name TEXT, -- of several waiting jobs with one name only the first is kept
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TEXT NOT NULL,
    error TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX jobs_waiting ON jobs (not_before, key) WHERE state = 'queued';
CREATE INDEX jobs_state ON jobs (state, updated_at);
CREATE UNIQUE INDEX jobs_name ON jobs (kind, name) WHERE state = 'queued' AND name IS NOT NULL;

-- An article as one server sees it: its corrections first, then what the page says.
CREATE VIEW seen AS
SELECT v.id AS seen, v.server, v.number, v.added_by, v.added_at, s.number AS story, sa.story_key, a.server AS owner,
       a.key, a.id, coalesce(v.input, a.input) AS input, a.text, coalesce(v.title, a.title) AS title,
       coalesce(v.outlet, a.outlet) AS outlet, a.author, coalesce(v.published, a.published) AS published,
       iif(v.published IS NULL, a.published_from, 'option') AS published_from, a.url, a.copy_of, a.notes, a.language
FROM visibility v
JOIN articles a ON a.key = v.article_key
LEFT JOIN story_articles sa ON sa.server = v.server AND sa.article_key = a.key
LEFT JOIN stories s ON s.key = sa.story_key
WHERE v.removed_at IS NULL;

-- Full-text search. The index keeps no text of its own; the triggers keep it in step with the tables.
CREATE VIRTUAL TABLE article_search USING fts5(
    title, text, content = 'articles', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER article_search_added AFTER INSERT ON articles BEGIN
    INSERT INTO article_search (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER article_search_changed AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO article_search (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER article_search_gone AFTER DELETE ON articles BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;

-- Titles that a server corrected.
CREATE VIRTUAL TABLE title_search USING fts5(
    title, content = 'visibility', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER title_search_added AFTER INSERT ON visibility BEGIN
    INSERT INTO title_search (rowid, title) VALUES (new.id, new.title);
END;
CREATE TRIGGER title_search_changed AFTER UPDATE OF title ON visibility BEGIN
    INSERT INTO title_search (title_search, rowid, title) VALUES ('delete', old.id, old.title);
    INSERT INTO title_search (rowid, title) VALUES (new.id, new.title);
END;
CREATE TRIGGER title_search_gone AFTER DELETE ON visibility BEGIN
    INSERT INTO title_search (title_search, rowid, title) VALUES ('delete', old.id, old.title);
END;

CREATE VIRTUAL TABLE figure_search USING fts5(
    printed, measure, place, voice, sentence, content = 'figures', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER figure_search_added AFTER INSERT ON figures BEGIN
    INSERT INTO figure_search (rowid, printed, measure, place, voice, sentence)
    VALUES (new.key, new.printed, new.measure, new.place, new.voice, new.sentence);
END;
CREATE TRIGGER figure_search_gone AFTER DELETE ON figures BEGIN
    INSERT INTO figure_search (figure_search, rowid, printed, measure, place, voice, sentence)
    VALUES ('delete', old.key, old.printed, old.measure, old.place, old.voice, old.sentence);
END;
