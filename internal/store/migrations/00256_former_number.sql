-- +goose Up
-- Identity numbers that were corrected to another, found by their blind index across counties as the index of identity numbers is. Lists and people go on
-- coming with them. A number may truly be somebody else's: then apart says so.
CREATE TABLE former_number (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	person  TEXT NOT NULL,
	number  TEXT NOT NULL,
	lookup  TEXT NOT NULL,
	day     TEXT NOT NULL,
	apart   BOOLEAN NOT NULL DEFAULT FALSE,
	reason  TEXT NOT NULL DEFAULT '',
	decided TEXT NOT NULL DEFAULT '',
	clerk   TEXT NOT NULL DEFAULT '',
	name    TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX former_number_lookup ON former_number (lookup);
CREATE INDEX former_number_person ON former_number (county, person, id);
-- What was granted before: the blind index is filled in when the program starts.
INSERT INTO former_number (county, id, person, number, lookup, day)
SELECT i.county, k.id, i.person, k.was, '', k.judged
FROM correction k
JOIN person p ON p.county = k.county AND p.id = k.person
JOIN identity i ON i.lookup = p.lookup AND (i.county <> k.county OR i.person = k.person)
WHERE k.state = 'granted';
