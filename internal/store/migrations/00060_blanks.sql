-- +goose Up

-- Each numbered blank from its delivery to its end. A serial exists once in a county, and one card is made of one blank only.
CREATE TABLE blank (
	county  TEXT NOT NULL,
	serial  TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('book-red', 'book-green', 'card-red', 'card-blue')),
	state   TEXT NOT NULL CHECK (state IN ('stock', 'issued', 'used', 'spoiled', 'lost', 'returned')),
	desk    TEXT NOT NULL DEFAULT '',
	card    TEXT NOT NULL DEFAULT '',
	reason  TEXT NOT NULL DEFAULT '',
	witness TEXT NOT NULL DEFAULT '',
	moved   TEXT NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, serial)
);
CREATE UNIQUE INDEX blank_card ON blank (county, card) WHERE state = 'used';
CREATE INDEX blank_state ON blank (county, state, kind, desk, serial);

-- What was delivered, as a whole.
CREATE TABLE blank_receipt (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	day      TEXT NOT NULL,
	kind     TEXT NOT NULL,
	first    TEXT NOT NULL,
	last     TEXT NOT NULL,
	count    INTEGER NOT NULL,
	supplier TEXT NOT NULL,
	clerk    TEXT NOT NULL,
	PRIMARY KEY (county, id)
);

-- A desk's day that was counted, agreed and closed.
CREATE TABLE blank_day (
	county  TEXT NOT NULL,
	desk    TEXT NOT NULL,
	day     TEXT NOT NULL,
	held    TEXT NOT NULL,
	used    INTEGER NOT NULL,
	spoiled INTEGER NOT NULL,
	lost    INTEGER NOT NULL,
	clerk   TEXT NOT NULL,
	PRIMARY KEY (county, desk, day)
);
