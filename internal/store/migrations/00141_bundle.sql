-- +goose Up
-- Letters that are printed in the background, part by part.
CREATE TABLE bundle (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	region  TEXT NOT NULL,
	about   TEXT NOT NULL,
	reading TEXT NOT NULL CHECK (reading IN ('', 'large', 'easy')),
	letters INTEGER NOT NULL,
	done    INTEGER NOT NULL DEFAULT 0,
	ended   INTEGER NOT NULL DEFAULT 0,
	state   TEXT NOT NULL CHECK (state IN ('working', 'done', 'failed', 'gone')),
	fault   TEXT NOT NULL DEFAULT '',
	author  TEXT NOT NULL,
	made    BIGINT NOT NULL,
	last    TEXT NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX bundle_place ON bundle (county, region, id);
CREATE INDEX bundle_id ON bundle (id);
CREATE INDEX bundle_last ON bundle (state, last);

-- Which letters, in the order of printing, as they were when it was asked for.
CREATE TABLE bundle_letter (
	county   TEXT NOT NULL,
	bundle   TEXT NOT NULL,
	no       INTEGER NOT NULL,
	reminder TEXT NOT NULL,
	PRIMARY KEY (county, bundle, no),
	FOREIGN KEY (county, bundle) REFERENCES bundle (county, id),
	FOREIGN KEY (county, reminder) REFERENCES reminder (county, id)
);

-- The files that are printed so far.
CREATE TABLE bundle_part (
	county  TEXT NOT NULL,
	bundle  TEXT NOT NULL,
	no      INTEGER NOT NULL,
	letters INTEGER NOT NULL,
	first   TEXT NOT NULL,
	last    TEXT NOT NULL,
	hash    TEXT NOT NULL,
	size    BIGINT NOT NULL,
	PRIMARY KEY (county, bundle, no),
	FOREIGN KEY (county, bundle) REFERENCES bundle (county, id)
);
CREATE INDEX bundle_part_hash ON bundle_part (hash);
