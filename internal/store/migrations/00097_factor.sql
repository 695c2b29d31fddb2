-- +goose Up
-- The second factor of an account: the secret of its one-time codes, and the recovery codes that are left.
CREATE TABLE factor (
	account TEXT PRIMARY KEY REFERENCES account (id),
	secret  TEXT NOT NULL,
	since   BIGINT NOT NULL DEFAULT 0,
	step    BIGINT NOT NULL DEFAULT 0,
	spare   TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1
);
-- A sign-in whose code is still wanted.
ALTER TABLE signin ADD COLUMN half BOOLEAN NOT NULL DEFAULT FALSE;
