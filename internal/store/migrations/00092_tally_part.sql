-- +goose Up
-- A count is kept in parts that are added up when it is asked for: many clerks of one township who save at once do not wait for one row.
ALTER TABLE tally RENAME TO tally_whole;
CREATE TABLE tally (
	county   TEXT NOT NULL,
	township TEXT NOT NULL,
	state    TEXT NOT NULL,
	part     INTEGER NOT NULL,
	n        BIGINT NOT NULL,
	PRIMARY KEY (county, township, state, part)
);
INSERT INTO tally (county, township, state, part, n) SELECT county, township, state, 0, n FROM tally_whole;
DROP TABLE tally_whole;
