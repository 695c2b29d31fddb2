-- +goose Up
-- Tables that are nothing but their key are kept once by SQLite, not as rows and as an index beside; and a spelling asks no more whether its person
-- is there: it is written with the person, in the same transaction.
ALTER TABLE spelling RENAME TO spelling_rows;
CREATE TABLE spelling (
	county TEXT NOT NULL,
	text   TEXT NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (county, text, person)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO spelling (county, text, person) SELECT county, text, person FROM spelling_rows ORDER BY county, text, person;
DROP TABLE spelling_rows;
ALTER TABLE identity RENAME TO identity_rows;
CREATE TABLE identity (
	lookup TEXT NOT NULL PRIMARY KEY,
	county TEXT NOT NULL,
	person TEXT NOT NULL
) /* sqlite: WITHOUT ROWID */;
INSERT INTO identity (lookup, county, person) SELECT lookup, county, person FROM identity_rows ORDER BY lookup;
DROP TABLE identity_rows;
-- Who may be somebody already registered is asked by the day of birth.
CREATE INDEX person_birth ON person (county, birth, id);
