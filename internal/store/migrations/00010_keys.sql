-- +goose Up
-- The keys that personal data is sealed with, each wrapped by the master key, which lies elsewhere.
CREATE TABLE sealkey (
	id      TEXT PRIMARY KEY,
	suite   TEXT NOT NULL CHECK (suite IN ('sm', 'aes')),
	purpose TEXT NOT NULL CHECK (purpose IN ('data', 'index', 'sign')),
	state   TEXT NOT NULL CHECK (state IN ('current', 'old')),
	wrapped TEXT NOT NULL,
	public  TEXT NOT NULL DEFAULT '',
	master  TEXT NOT NULL,
	created BIGINT NOT NULL
);
CREATE UNIQUE INDEX sealkey_current ON sealkey (purpose) WHERE state = 'current';

-- Which columns hold nothing clear any more; 'scrub' while pages of the file may still hold what was clear.
CREATE TABLE sealed (
	part TEXT PRIMARY KEY,
	at   BIGINT NOT NULL
);
