-- +goose Up
-- Old cards that were destroyed together, before two witnesses.
CREATE TABLE destruction (
	county TEXT NOT NULL,
	id     TEXT NOT NULL,
	region TEXT NOT NULL,
	no     TEXT NOT NULL,
	day    TEXT NOT NULL,
	way    TEXT NOT NULL,
	first  TEXT NOT NULL,
	second TEXT NOT NULL,
	clerk  TEXT NOT NULL,
	cards  INTEGER NOT NULL,
	PRIMARY KEY (county, id)
);
CREATE INDEX destruction_id ON destruction (id);

-- The destruction of the old card that was handed in when this one was fetched, '' while it is kept.
ALTER TABLE card ADD COLUMN destruction TEXT NOT NULL DEFAULT '';
CREATE INDEX card_recalled ON card (county, destruction, delivered, id) WHERE recalled;
