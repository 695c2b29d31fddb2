-- +goose Up
-- What became what of a person, sealed; who did it and when stands beside it.
CREATE TABLE person_change (
	county TEXT NOT NULL,
	id     TEXT NOT NULL,
	person TEXT NOT NULL,
	at     BIGINT NOT NULL,
	name   TEXT NOT NULL,
	field  TEXT NOT NULL,
	was    TEXT NOT NULL,
	became TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE INDEX person_change_person ON person_change (county, person, id);
