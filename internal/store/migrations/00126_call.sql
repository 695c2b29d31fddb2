-- +goose Up
-- Live video between a village and a hospital: who joined, how their browsers find each other (sealed), what became of it.
CREATE TABLE call (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	application TEXT NOT NULL,
	region      TEXT NOT NULL,
	near        TEXT NOT NULL DEFAULT '',
	far         TEXT NOT NULL DEFAULT '',
	round       INTEGER NOT NULL DEFAULT 0,
	opened      BIGINT NOT NULL,
	ended       BIGINT NOT NULL DEFAULT 0,
	outcome     TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'held', 'weak')),
	detail      TEXT NOT NULL,
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX call_application ON call (county, application, id);
