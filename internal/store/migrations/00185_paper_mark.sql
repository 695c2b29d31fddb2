-- +goose Up
-- What is wrong with a paper of a case or of a file, until it is lifted; paper is its name among those of its case (archive.Names).
CREATE TABLE paper_mark (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	person      TEXT NOT NULL,
	application TEXT NOT NULL DEFAULT '',
	paper       TEXT NOT NULL,
	kind        TEXT NOT NULL,
	title       TEXT NOT NULL,
	flaw        TEXT NOT NULL CHECK (flaw IN ('unsigned', 'unreadable', 'wrong')),
	reason      TEXT NOT NULL,
	day         TEXT NOT NULL,
	clerk       TEXT NOT NULL,
	lifted      TEXT NOT NULL DEFAULT '',
	lifter      TEXT NOT NULL DEFAULT '',
	answer      TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
-- A paper bears one mark at a time.
CREATE UNIQUE INDEX paper_mark_open ON paper_mark (county, person, application, paper) WHERE lifted = '';
CREATE INDEX paper_mark_list ON paper_mark (county, id) WHERE lifted = '';
