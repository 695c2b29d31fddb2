-- +goose Up
-- How the printers of a county lay certificates on their sheets, and how far they are off, in tenths of a millimetre.
CREATE TABLE printer (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	name     TEXT NOT NULL,
	make     TEXT NOT NULL CHECK (make IN ('book', 'card')),
	width    INTEGER NOT NULL,
	height   INTEGER NOT NULL,
	places   TEXT NOT NULL,
	front    TEXT NOT NULL,
	back     TEXT NOT NULL,
	mirrored BOOLEAN NOT NULL,
	retired  BOOLEAN NOT NULL,
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
-- Two printers of one name would be taken for each other.
CREATE UNIQUE INDEX printer_name ON printer (county, name);
