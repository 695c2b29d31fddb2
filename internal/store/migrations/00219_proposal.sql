-- +goose Up
-- What of a person a case asks to change; it becomes so when the case is approved, and never when it comes to nothing.
CREATE TABLE proposal (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	changes     TEXT NOT NULL,
	PRIMARY KEY (county, application),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
