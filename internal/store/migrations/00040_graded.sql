-- +goose Up
-- What each signed finding says beside what the standard suggested, in the clear, for watching the grades; the findings themselves stay sealed.
CREATE TABLE graded (
	county      TEXT NOT NULL,
	assessment  TEXT NOT NULL,
	category    TEXT NOT NULL,
	region      TEXT NOT NULL,
	application TEXT NOT NULL,
	hospital    TEXT NOT NULL,
	doctor      TEXT NOT NULL,
	day         TEXT NOT NULL,
	level       TEXT NOT NULL DEFAULT '',
	suggested   TEXT NOT NULL DEFAULT '',
	outcome     TEXT NOT NULL DEFAULT '',
	before      TEXT NOT NULL DEFAULT '',
	differs     BOOLEAN NOT NULL DEFAULT FALSE,
	PRIMARY KEY (county, assessment, category)
);
CREATE INDEX graded_day ON graded (county, day, assessment, category);
