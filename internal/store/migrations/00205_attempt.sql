-- +goose Up
-- Who went to win a person over, when, by which way, and what came of it. A person is asked once a day by one way.
CREATE TABLE attempt (
	county TEXT NOT NULL,
	id     TEXT NOT NULL,
	region TEXT NOT NULL,
	person TEXT NOT NULL,
	day    TEXT NOT NULL,
	way    TEXT NOT NULL CHECK (way IN ('visit', 'meeting', 'phone', 'message')),
	party  TEXT NOT NULL,
	result TEXT NOT NULL CHECK (result IN ('agreed', 'dead', 'moved', 'away', 'bedridden', 'alone', 'unaware', 'refuses', 'unreachable', 'other')),
	note   TEXT NOT NULL DEFAULT '',
	author TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE UNIQUE INDEX attempt_once ON attempt (county, person, day, way);
