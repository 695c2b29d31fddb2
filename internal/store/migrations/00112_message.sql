-- +goose Up
-- A text message to a phone, from its making to what became of it.
CREATE TABLE message (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	region  TEXT NOT NULL,
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('renew', 'card', 'campaign')),
	about   TEXT NOT NULL,
	phone   TEXT NOT NULL,
	text    TEXT NOT NULL,
	parts   INTEGER NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed', 'dropped')),
	tries   INTEGER NOT NULL DEFAULT 0,
	next    BIGINT NOT NULL,
	made    BIGINT NOT NULL,
	sent    BIGINT NOT NULL DEFAULT 0,
	ref     TEXT NOT NULL DEFAULT '',
	fault   TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
-- No message twice about one thing.
CREATE UNIQUE INDEX message_about ON message (county, kind, about, person);
CREATE INDEX message_place ON message (county, region, id);
CREATE INDEX message_due ON message (county, next, id) WHERE state = 'queued';
CREATE INDEX message_id ON message (id);

-- Phones to which nothing is sent any more.
CREATE TABLE unwanted (
	county TEXT NOT NULL,
	lookup TEXT NOT NULL,
	id     TEXT NOT NULL,
	region TEXT NOT NULL,
	phone  TEXT NOT NULL,
	day    TEXT NOT NULL,
	author TEXT NOT NULL,
	PRIMARY KEY (county, lookup)
);
CREATE INDEX unwanted_id ON unwanted (county, id);
