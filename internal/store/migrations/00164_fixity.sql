-- +goose Up
-- When each kept file was last read to its end, and how it was then. One content may belong to several counties, so it stands once for the installation.
CREATE TABLE fixity (
	hash  TEXT PRIMARY KEY,
	at    BIGINT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('good', 'missing', 'changed'))
);
CREATE INDEX fixity_at ON fixity (at, hash);
CREATE INDEX fixity_bad ON fixity (state, at) WHERE state <> 'good';
