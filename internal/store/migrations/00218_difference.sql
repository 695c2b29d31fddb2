-- +goose Up
-- What this register and another one tell differently of a holder, one row a field; an open or decided one is kept until both tell the same.
CREATE TABLE difference (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	roster      TEXT NOT NULL,
	line        INTEGER NOT NULL,
	person      TEXT NOT NULL,
	certificate TEXT NOT NULL DEFAULT '',
	field       TEXT NOT NULL CHECK (field IN ('name', 'number', 'place', 'nation', 'address', 'phone', 'guardian', 'issued', 'expires', 'standing')),
	ours        TEXT NOT NULL,
	theirs      TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('open', 'theirs', 'ours', 'send', 'settled')),
	reason      TEXT NOT NULL DEFAULT '',
	clerk       TEXT NOT NULL DEFAULT '',
	decided     TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, roster) REFERENCES roster (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
-- The two registers differ once at a time in one field of one person.
CREATE UNIQUE INDEX difference_once ON difference (county, person, field) WHERE state IN ('open', 'ours', 'send');
CREATE INDEX difference_place ON difference (county, region, id);
CREATE INDEX difference_id ON difference (id);
