-- +goose Up
-- How a person lives; people of one household carry the same name of it.
CREATE TABLE life (
	county          TEXT NOT NULL,
	person          TEXT NOT NULL,
	household       TEXT NOT NULL DEFAULT '',
	marital         TEXT NOT NULL DEFAULT '',
	education       TEXT NOT NULL DEFAULT '',
	lives           TEXT NOT NULL DEFAULT '',
	lives_at        TEXT NOT NULL DEFAULT '',
	guardian_number TEXT NOT NULL DEFAULT '',
	version         INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, person),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE INDEX life_household ON life (county, household, person);

-- A support that a person's household had from a day to a day.
CREATE TABLE support (
	county TEXT NOT NULL,
	id     TEXT NOT NULL,
	person TEXT NOT NULL,
	kind   TEXT NOT NULL CHECK (kind IN ('registered', 'lifted', 'watched', 'allowance')),
	begun  TEXT NOT NULL,
	ended  TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
-- A person has a support of a kind once at a time.
CREATE UNIQUE INDEX support_open ON support (county, person, kind) WHERE ended = '';
CREATE INDEX support_person ON support (county, person, id);

-- Who helps a household, from a day to a day.
CREATE TABLE helper (
	county    TEXT NOT NULL,
	id        TEXT NOT NULL,
	region    TEXT NOT NULL,
	household TEXT NOT NULL,
	role      TEXT NOT NULL CHECK (role IN ('team', 'contact', 'neighbour')),
	name      TEXT NOT NULL,
	unit      TEXT NOT NULL DEFAULT '',
	phone     TEXT NOT NULL DEFAULT '',
	begun     TEXT NOT NULL,
	ended     TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, id)
);
CREATE INDEX helper_household ON helper (county, household, id);
CREATE INDEX helper_place ON helper (county, region, id);
