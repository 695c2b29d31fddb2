-- +goose Up
-- What an applicant needs on the day on which they are examined: a sealed list of words.
CREATE TABLE aid (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	needs       TEXT NOT NULL,
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, application),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
