-- +goose Up
-- What a county told of the columns of a source, by the words over them.
CREATE TABLE reading (
	county  TEXT NOT NULL,
	layout  TEXT NOT NULL,
	titles  TEXT NOT NULL,
	means   TEXT NOT NULL,
	source  TEXT NOT NULL,
	author  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, layout)
);
-- How a list's columns were read when it was judged, so that it is entered as it was judged.
ALTER TABLE roster ADD COLUMN reading TEXT NOT NULL DEFAULT '{}';
