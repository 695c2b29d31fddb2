-- +goose Up
-- The agreements of a county with the hospitals that assess its people.
CREATE TABLE agreement (
	county     TEXT NOT NULL,
	id         TEXT NOT NULL,
	hospital   TEXT NOT NULL,
	number     TEXT NOT NULL DEFAULT '',
	parties    TEXT NOT NULL,
	since      TEXT NOT NULL,
	until      TEXT NOT NULL,
	categories TEXT NOT NULL DEFAULT '',
	duties     TEXT NOT NULL DEFAULT '',
	doctors    TEXT NOT NULL DEFAULT '',
	version    INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX agreement_hospital ON agreement (county, hospital, until);
