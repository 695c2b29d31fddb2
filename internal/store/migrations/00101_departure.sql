-- +goose Up
-- A list of deaths or moves as it was handed in; of its lines only the counts are kept.
CREATE TABLE departure_list (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	region   TEXT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('death', 'move')),
	source   TEXT NOT NULL,
	name     TEXT NOT NULL,
	author   TEXT NOT NULL,
	day      TEXT NOT NULL,
	lines    INTEGER NOT NULL,
	rejected INTEGER NOT NULL,
	unknown  INTEGER NOT NULL,
	idle     INTEGER NOT NULL,
	matched  INTEGER NOT NULL,
	PRIMARY KEY (county, id)
);

-- What a list says of one holder of a live certificate.
CREATE TABLE departure (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	list        TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('death', 'move')),
	person      TEXT NOT NULL,
	certificate TEXT NOT NULL,
	named       TEXT NOT NULL,
	happened    TEXT NOT NULL DEFAULT '',
	whither     TEXT NOT NULL DEFAULT '',
	state       TEXT NOT NULL CHECK (state IN ('proposed', 'frozen', 'cancelled', 'dismissed')),
	decided     TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, list) REFERENCES departure_list (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id),
	FOREIGN KEY (county, certificate) REFERENCES certificate (county, id)
);
-- A certificate is proposed once at a time.
CREATE UNIQUE INDEX departure_open ON departure (county, certificate) WHERE state IN ('proposed', 'frozen');
CREATE INDEX departure_place ON departure (county, region, id);
CREATE INDEX departure_certificate ON departure (county, certificate, id);
CREATE INDEX departure_id ON departure (id);
