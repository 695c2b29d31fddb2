-- +goose Up
-- Lists with whole numbers that somebody asked for, somebody else decided about, and that were taken out.
CREATE TABLE disclosure (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	no          TEXT NOT NULL,
	filter      TEXT NOT NULL,
	columns     TEXT NOT NULL,
	rows_then   INTEGER NOT NULL,
	reason      TEXT NOT NULL,
	receiver    TEXT NOT NULL,
	author      TEXT NOT NULL,
	author_name TEXT NOT NULL,
	day         TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'denied')),
	judge       TEXT NOT NULL DEFAULT '' CHECK (judge <> author),
	judge_name  TEXT NOT NULL DEFAULT '',
	judged      TEXT NOT NULL DEFAULT '',
	opinion     TEXT NOT NULL DEFAULT '',
	until       TEXT NOT NULL DEFAULT '',
	left_over   INTEGER NOT NULL DEFAULT 0 CHECK (left_over >= 0),
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX disclosure_id ON disclosure (id);
-- What waits for a decision.
CREATE INDEX disclosure_asked ON disclosure (county, region, id) WHERE state = 'asked';
