-- How often a stopped or killed process left a job running, since it last came to an end of its own.
ALTER TABLE jobs ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0;
