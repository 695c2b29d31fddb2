-- +goose Up
CREATE TABLE person (
	county            TEXT NOT NULL,
	id                TEXT NOT NULL,
	region            TEXT NOT NULL,
	name              TEXT NOT NULL,
	given             TEXT NOT NULL,
	initials          TEXT NOT NULL,
	number            TEXT NOT NULL,
	lookup            TEXT NOT NULL,
	sex               TEXT NOT NULL CHECK (sex IN ('male', 'female')),
	birth             TEXT NOT NULL,
	nation            TEXT NOT NULL DEFAULT '',
	address           TEXT NOT NULL DEFAULT '',
	phone             TEXT NOT NULL DEFAULT '',
	guardian          TEXT NOT NULL DEFAULT '',
	guardian_relation TEXT NOT NULL DEFAULT '',
	guardian_phone    TEXT NOT NULL DEFAULT '',
	poor              BOOLEAN NOT NULL DEFAULT FALSE,
	version           INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX person_name ON person (county, name, id);
CREATE INDEX person_given ON person (county, given, id);
CREATE INDEX person_initials ON person (county, initials, id);
CREATE INDEX person_lookup ON person (county, lookup, id);

-- Which person an identity number belongs to, in the whole country: the one look-up that crosses counties.
CREATE TABLE identity (
	lookup TEXT PRIMARY KEY,
	county TEXT NOT NULL,
	person TEXT NOT NULL
);

CREATE TABLE certificate (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	person      TEXT NOT NULL,
	number      TEXT NOT NULL,
	lookup      TEXT NOT NULL,
	category    TEXT NOT NULL CHECK (category IN ('1', '2', '3', '4', '5', '6', '7')),
	level       TEXT NOT NULL CHECK (level IN ('1', '2', '3', '4')),
	grades      TEXT NOT NULL DEFAULT '[]',
	state       TEXT NOT NULL CHECK (state IN ('pending', 'valid', 'replaced')),
	issued      TEXT NOT NULL DEFAULT '',
	expires     TEXT NOT NULL,
	issuer      TEXT NOT NULL DEFAULT '',
	application TEXT NOT NULL DEFAULT '',
	previous    TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE UNIQUE INDEX certificate_live ON certificate (county, person) WHERE state = 'valid';
CREATE UNIQUE INDEX certificate_pending ON certificate (county, person) WHERE state = 'pending';
CREATE INDEX certificate_person ON certificate (county, person);
CREATE INDEX certificate_expires ON certificate (county, expires, id);
CREATE INDEX certificate_lookup ON certificate (lookup);

CREATE TABLE roster (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	region   TEXT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('expired', 'suspected')),
	name     TEXT NOT NULL,
	hash     TEXT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('checking', 'ready', 'storing', 'stored', 'unreadable', 'dropped')),
	fault    TEXT NOT NULL DEFAULT '',
	header   INTEGER NOT NULL DEFAULT 0,
	rows     INTEGER NOT NULL DEFAULT 0,
	good     INTEGER NOT NULL DEFAULT 0,
	done     INTEGER NOT NULL DEFAULT 0,
	added    INTEGER NOT NULL DEFAULT 0,
	changed  INTEGER NOT NULL DEFAULT 0,
	known    INTEGER NOT NULL DEFAULT 0,
	declined INTEGER NOT NULL DEFAULT 0,
	titles   TEXT NOT NULL DEFAULT '[]',
	sample   TEXT NOT NULL DEFAULT '[]',
	account  TEXT NOT NULL,
	author   TEXT NOT NULL,
	at       BIGINT NOT NULL,
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX roster_region ON roster (county, region, id);

-- What was wrong with a row of a list; kept so that it can be corrected and sent again.
CREATE TABLE rejected (
	county  TEXT NOT NULL,
	roster  TEXT NOT NULL,
	row     INTEGER NOT NULL,
	col     TEXT NOT NULL,
	value   TEXT NOT NULL,
	reason  TEXT NOT NULL,
	message TEXT NOT NULL DEFAULT '',
	same_as INTEGER NOT NULL DEFAULT 0,
	cells   TEXT NOT NULL DEFAULT '[]',
	PRIMARY KEY (county, roster, row),
	FOREIGN KEY (county, roster) REFERENCES roster (county, id)
);

-- A person on a list who waits for an application: the open list that must go to zero.
CREATE TABLE listed (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('expired', 'suspected')),
	roster      TEXT NOT NULL,
	row         INTEGER NOT NULL,
	person      TEXT NOT NULL,
	certificate TEXT NOT NULL DEFAULT '',
	condition   TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	remark      TEXT NOT NULL DEFAULT '',
	village     TEXT NOT NULL DEFAULT '',
	application TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE UNIQUE INDEX listed_person ON listed (county, kind, person);
CREATE INDEX listed_region ON listed (county, kind, region, id);

-- Officers above the county find a record's county by its id first.
CREATE INDEX person_id ON person (id);
CREATE INDEX certificate_id ON certificate (id);
CREATE INDEX roster_id ON roster (id);
