-- +goose Up
-- Boxes on the shelves; filled is the last order given in the box.
CREATE TABLE box (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	no      TEXT NOT NULL,
	year    INTEGER NOT NULL,
	term    TEXT NOT NULL CHECK (term IN ('Y', 'D30', 'D10')),
	room    TEXT NOT NULL DEFAULT '',
	rack    TEXT NOT NULL DEFAULT '',
	shelf   TEXT NOT NULL DEFAULT '',
	holds   INTEGER NOT NULL,
	filled  INTEGER NOT NULL DEFAULT 0 CHECK (filled <= holds),
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX box_no ON box (county, no);
CREATE INDEX box_open ON box (county, year, term, id) WHERE filled < holds;

-- One file a person.
CREATE TABLE dossier (
	county  TEXT NOT NULL,
	person  TEXT NOT NULL,
	region  TEXT NOT NULL,
	no      TEXT NOT NULL,
	year    INTEGER NOT NULL,
	term    TEXT NOT NULL CHECK (term IN ('Y', 'D30', 'D10')),
	box     TEXT NOT NULL DEFAULT '',
	ord     INTEGER NOT NULL DEFAULT 0,
	place   TEXT NOT NULL DEFAULT '',
	opened  TEXT NOT NULL,
	closed  TEXT NOT NULL,
	state   TEXT NOT NULL DEFAULT 'shelved' CHECK (state IN ('shelved', 'out', 'destroyed')),
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, person),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE UNIQUE INDEX dossier_no ON dossier (county, no);
CREATE UNIQUE INDEX dossier_box ON dossier (county, box, ord) WHERE box <> '';
CREATE INDEX dossier_place ON dossier (county, region, no);

-- The papers of a file.
CREATE TABLE item (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	person      TEXT NOT NULL,
	application TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('form', 'assessment', 'transfer', 'change', 'supplement', 'decision', 'notice', 'receipt')),
	title       TEXT NOT NULL,
	author      TEXT NOT NULL DEFAULT '',
	number      TEXT NOT NULL DEFAULT '',
	day         TEXT NOT NULL,
	pages       INTEGER NOT NULL DEFAULT 1,
	origin      TEXT NOT NULL CHECK (origin IN ('born', 'scan', 'paper')),
	hash        TEXT NOT NULL DEFAULT '',
	note        TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES dossier (county, person)
);
CREATE INDEX item_person ON item (county, person, id);

-- A file in somebody's hand.
CREATE TABLE loan (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	person   TEXT NOT NULL,
	region   TEXT NOT NULL,
	borrower TEXT NOT NULL,
	unit     TEXT NOT NULL,
	reason   TEXT NOT NULL,
	asked    TEXT NOT NULL,
	asked_by TEXT NOT NULL,
	decided  TEXT NOT NULL DEFAULT '',
	answer   TEXT NOT NULL DEFAULT '',
	taken    TEXT NOT NULL DEFAULT '',
	due      TEXT NOT NULL DEFAULT '',
	back     TEXT NOT NULL DEFAULT '',
	state    TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'denied', 'lent', 'returned')),
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES dossier (county, person)
);
CREATE UNIQUE INDEX loan_open ON loan (county, person) WHERE state IN ('asked', 'granted', 'lent');
CREATE INDEX loan_state ON loan (county, state, id);

-- What was found in a box when it was counted.
CREATE TABLE stocktaking (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	box     TEXT NOT NULL,
	day     TEXT NOT NULL,
	clerk   TEXT NOT NULL,
	found   INTEGER NOT NULL,
	missing TEXT NOT NULL,
	strange TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, box) REFERENCES box (county, id)
);
CREATE INDEX stocktaking_box ON stocktaking (county, box, id);

-- What a case's file lacked when it was closed, and why it was closed all the same.
ALTER TABLE casefile ADD COLUMN lacking TEXT NOT NULL DEFAULT '';
ALTER TABLE casefile ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- Files from before there were boxes keep the number of their first case and the place that was written down.
INSERT INTO dossier (county, person, region, no, year, term, place, opened, closed)
SELECT c.county, a.person, MIN(a.region), MIN(c.no), CAST(SUBSTR(MIN(c.day), 1, 4) AS INTEGER), 'D30', MAX(c.place), MIN(c.day), MAX(c.day)
FROM casefile c
JOIN application a ON a.county = c.county AND a.id = c.application
GROUP BY c.county, a.person;
