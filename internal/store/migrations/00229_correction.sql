-- +goose Up
-- Identity numbers of the register that are wrong: what is right by one officer, and what another said to it.
CREATE TABLE correction (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	person      TEXT NOT NULL,
	was         TEXT NOT NULL,
	number      TEXT NOT NULL,
	cause       TEXT NOT NULL CHECK (cause IN ('typed', 'listed', 'police')),
	reason      TEXT NOT NULL,
	evidence    TEXT NOT NULL,
	author      TEXT NOT NULL,
	author_name TEXT NOT NULL,
	day         TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'denied')),
	judge       TEXT NOT NULL DEFAULT '' CHECK (judge <> author),
	judge_name  TEXT NOT NULL DEFAULT '',
	judged      TEXT NOT NULL DEFAULT '',
	opinion     TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE INDEX correction_person ON correction (county, person, id);
-- One at a time of a person; what waits for a decision.
CREATE UNIQUE INDEX correction_asked ON correction (county, person) WHERE state = 'asked';
CREATE INDEX correction_waits ON correction (county, region, id) WHERE state = 'asked';
