-- +goose Up
-- What lets a doctor assess beside the account: the papers that the health commission keeps. county is that of the account, or its wider area.
CREATE TABLE practice (
	county   TEXT NOT NULL,
	doctor   TEXT NOT NULL,
	licence  TEXT NOT NULL DEFAULT '',
	training TEXT NOT NULL DEFAULT '',
	until    TEXT NOT NULL DEFAULT '',
	standing TEXT NOT NULL CHECK (standing IN ('employed', 'retired', 'left')),
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, doctor)
);
