-- +goose Up
-- The signed papers of institutions as they were scanned: of an agreement, and of the province's designation of a hospital. A new scan is a row more;
-- the newest counts. county is that of the agreement, or the hospital's own or its wider area.
CREATE TABLE deed (
	county TEXT NOT NULL,
	kind   TEXT NOT NULL CHECK (kind IN ('agreement', 'designation')),
	owner  TEXT NOT NULL,
	no     INTEGER NOT NULL,
	type   TEXT NOT NULL,
	size   BIGINT NOT NULL,
	pages  INTEGER NOT NULL DEFAULT 0,
	hash   TEXT NOT NULL,
	author TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (county, kind, owner, no)
);
