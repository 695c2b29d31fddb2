-- +goose Up
-- How a person is found besides by the beginning of the name: other parts of it, its pinyin, and the blind index of telephone numbers.
-- Rows of people of an older schema are filled in at the next start.
CREATE TABLE spelling (
	county TEXT NOT NULL,
	text   TEXT NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (county, text, person),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
DROP INDEX person_given;
CREATE INDEX person_place ON person (county, region, id);
