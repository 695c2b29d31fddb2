-- +goose Up
-- A doctor's specimen signature is a scanned paper like the others; its owner is the doctor.
ALTER TABLE deed RENAME TO deed_172;
CREATE TABLE deed (
	county TEXT NOT NULL,
	kind   TEXT NOT NULL CHECK (kind IN ('agreement', 'designation', 'specimen')),
	owner  TEXT NOT NULL,
	no     INTEGER NOT NULL,
	type   TEXT NOT NULL,
	size   BIGINT NOT NULL,
	pages  INTEGER NOT NULL DEFAULT 0,
	hash   TEXT NOT NULL,
	author TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (county, kind, owner, no)
);
INSERT INTO deed (county, kind, owner, no, type, size, pages, hash, author, at)
SELECT county, kind, owner, no, type, size, pages, hash, author, at FROM deed_172;
DROP TABLE deed_172;
