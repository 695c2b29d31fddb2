-- +goose Up
-- Who died and holds no certificate, but has a case under way, is kept with certificate ''.
ALTER TABLE departure RENAME TO departure_246;
DROP INDEX departure_open;
DROP INDEX departure_place;
DROP INDEX departure_certificate;
DROP INDEX departure_id;
DROP INDEX departure_decided;
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
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
INSERT INTO departure (county, id, region, list, kind, person, certificate, named, happened, whither, state, decided, reason, version)
SELECT county, id, region, list, kind, person, certificate, named, happened, whither, state, decided, reason, version FROM departure_246;
DROP TABLE departure_246;
-- A certificate is proposed once at a time, and so is a person without one.
CREATE UNIQUE INDEX departure_open ON departure (county, certificate) WHERE certificate <> '' AND state IN ('proposed', 'frozen');
CREATE UNIQUE INDEX departure_bare ON departure (county, person) WHERE certificate = '' AND state IN ('proposed', 'frozen');
CREATE INDEX departure_place ON departure (county, region, id);
CREATE INDEX departure_certificate ON departure (county, certificate, id);
CREATE INDEX departure_person ON departure (county, person, id);
CREATE INDEX departure_id ON departure (id);
CREATE INDEX departure_decided ON departure (county, state, decided, id);
