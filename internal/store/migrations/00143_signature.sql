-- +goose Up
-- A conclusion that its first doctor has signed, while a second one reads it, or after that one sent it back.
CREATE TABLE signature (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	region      TEXT NOT NULL,
	session     TEXT NOT NULL,
	hospital    TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('waiting', 'returned')),
	conclusion  TEXT NOT NULL,
	reason      TEXT NOT NULL DEFAULT '',
	returner    TEXT NOT NULL DEFAULT '',
	since       BIGINT NOT NULL,
	PRIMARY KEY (county, application),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX signature_hospital ON signature (hospital, county, since);
