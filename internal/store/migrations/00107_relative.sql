-- +goose Up
-- Whom officers and doctors declared as related; like the accounts, the table belongs to no county.
CREATE TABLE relative (
	account  TEXT NOT NULL,
	id       TEXT NOT NULL,
	name     TEXT NOT NULL,
	number   TEXT NOT NULL,
	lookup   TEXT NOT NULL,
	relation TEXT NOT NULL,
	declared TEXT NOT NULL,
	ended    TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (account, id)
);
-- Nobody is declared twice by one account at a time.
CREATE UNIQUE INDEX relative_open ON relative (account, lookup) WHERE ended = '';
CREATE INDEX relative_lookup ON relative (lookup);
