-- +goose Up
-- An examination by named doctors of another hospital who see nothing of the first.
CREATE TABLE reassessment (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	appeal      TEXT NOT NULL,
	application TEXT NOT NULL,
	person      TEXT NOT NULL,
	hospital    TEXT NOT NULL,
	wanted      TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('ordered', 'signed', 'done', 'decided', 'dropped')),
	day         TEXT NOT NULL,
	ordered     TEXT NOT NULL,
	examinee    TEXT NOT NULL,
	conclusion  TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, appeal) REFERENCES appeal (county, id)
);
-- An appeal has one examination under way at a time.
CREATE UNIQUE INDEX reassessment_open ON reassessment (county, appeal) WHERE state IN ('ordered', 'signed', 'done');
CREATE INDEX reassessment_application ON reassessment (county, application, id);
CREATE INDEX reassessment_person ON reassessment (county, person);

-- The doctors who are named for it, by account.
CREATE TABLE reassessor (
	county       TEXT NOT NULL,
	reassessment TEXT NOT NULL,
	account      TEXT NOT NULL,
	name         TEXT NOT NULL,
	place        INTEGER NOT NULL,
	PRIMARY KEY (county, reassessment, account),
	FOREIGN KEY (county, reassessment) REFERENCES reassessment (county, id)
);
CREATE INDEX reassessor_account ON reassessor (account, county, reassessment);

-- Whether the person disputes the result or the federation checks it.
ALTER TABLE appeal ADD COLUMN origin TEXT NOT NULL DEFAULT 'person' CHECK (origin IN ('person', 'office'));
-- Where a conclusion was signed that no session called for.
ALTER TABLE assessment ADD COLUMN hospital TEXT NOT NULL DEFAULT '';
