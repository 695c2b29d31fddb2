-- +goose Up
-- Backups that were taken or failed, and what became of restoring each into a scratch place.
CREATE TABLE backup (
	id        TEXT PRIMARY KEY,
	at        BIGINT NOT NULL,
	place     TEXT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('good', 'failed')),
	trouble   TEXT NOT NULL DEFAULT '',
	lines     BIGINT NOT NULL DEFAULT 0,
	files     BIGINT NOT NULL DEFAULT 0,
	fresh     BIGINT NOT NULL DEFAULT 0,
	bytes     BIGINT NOT NULL DEFAULT 0,
	took      BIGINT NOT NULL DEFAULT 0,
	rehearsed BIGINT NOT NULL DEFAULT 0,
	outcome   TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'good', 'failed')),
	lesson    TEXT NOT NULL DEFAULT '',
	opened    BIGINT NOT NULL DEFAULT 0,
	lasted    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX backup_at ON backup (at, id);
