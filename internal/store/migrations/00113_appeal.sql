-- +goose Up
-- A re-assessment that somebody asks for who disputes the result of a case.
CREATE TABLE appeal (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	no          TEXT NOT NULL,
	application TEXT NOT NULL,
	level       TEXT NOT NULL CHECK (level IN ('city', 'province')),
	state       TEXT NOT NULL CHECK (state IN ('filed', 'admitted', 'denied', 'upheld', 'changed')),
	filed       TEXT NOT NULL,
	reason      TEXT NOT NULL,
	hospital    TEXT NOT NULL DEFAULT '',
	doctors     TEXT NOT NULL DEFAULT '[]',
	category    TEXT NOT NULL DEFAULT '',
	grade       TEXT NOT NULL DEFAULT '',
	decided     TEXT NOT NULL DEFAULT '',
	opinion     TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
-- A case has one open appeal at a time.
CREATE UNIQUE INDEX appeal_open ON appeal (county, application) WHERE state IN ('filed', 'admitted');
CREATE INDEX appeal_application ON appeal (county, application, id);
CREATE INDEX appeal_place ON appeal (county, region, id);
CREATE INDEX appeal_id ON appeal (id);
