-- Titles of stories by their parts of three letters, so that finding one by words does not walk through all of them.
CREATE VIRTUAL TABLE story_search USING fts5(
    folded, content = 'stories', content_rowid = 'key', tokenize = 'trigram');
INSERT INTO story_search (story_search) VALUES ('rebuild');
CREATE TRIGGER story_search_added AFTER INSERT ON stories BEGIN
    INSERT INTO story_search (rowid, folded) VALUES (new.key, new.folded);
END;
CREATE TRIGGER story_search_changed AFTER UPDATE OF folded ON stories BEGIN
    INSERT INTO story_search (story_search, rowid, folded) VALUES ('delete', old.key, old.folded);
    INSERT INTO story_search (rowid, folded) VALUES (new.key, new.folded);
END;
CREATE TRIGGER story_search_gone AFTER DELETE ON stories BEGIN
    INSERT INTO story_search (story_search, rowid, folded) VALUES ('delete', old.key, old.folded);
END;
