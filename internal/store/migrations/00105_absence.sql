-- +goose Up
-- Who did not come to a session, and why; the case waits for another.
CREATE TABLE absence (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	application TEXT NOT NULL,
	session     TEXT NOT NULL,
	day         TEXT NOT NULL,
	why         TEXT NOT NULL CHECK (why IN ('ill', 'immobile', 'away', 'unreached', 'unwilling', 'other')),
	note        TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id),
	FOREIGN KEY (county, session) REFERENCES session (county, id)
);
CREATE INDEX absence_case ON absence (county, application, id);
CREATE INDEX absence_session ON absence (county, session, id);
