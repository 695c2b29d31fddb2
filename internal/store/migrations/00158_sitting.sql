-- +goose Up
-- Since when a doctor has the form of findings of a case open, and how long they had it open until they wrote something down. Instants and spans in
-- microseconds; opened is 0 while the form is closed, spent -1 until the first writing after an opening.
CREATE TABLE sitting (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	doctor      TEXT NOT NULL,
	region      TEXT NOT NULL,
	opened      BIGINT NOT NULL DEFAULT 0,
	spent       BIGINT NOT NULL DEFAULT -1,
	closed      BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (county, application, doctor),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX sitting_doctor ON sitting (doctor, closed);

-- How many seconds the doctor of a finding took for the case; -1 when nobody knows.
ALTER TABLE graded ADD COLUMN seconds INTEGER NOT NULL DEFAULT -1;
