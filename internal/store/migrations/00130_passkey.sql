-- +goose Up
-- A key (WebAuthn) that proves an account beside its password; like the accounts, the table belongs to no county.
CREATE TABLE passkey (
	account    TEXT NOT NULL REFERENCES account (id),
	id         TEXT NOT NULL,
	name       TEXT NOT NULL,
	handle     TEXT NOT NULL,
	credential TEXT NOT NULL,
	since      BIGINT NOT NULL,
	used       BIGINT NOT NULL DEFAULT 0,
	doubled    BIGINT NOT NULL DEFAULT 0,
	version    INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (account, id)
);
CREATE UNIQUE INDEX passkey_handle ON passkey (handle);
-- What a key was last asked under a sign-in, good for one answer.
ALTER TABLE signin ADD COLUMN asked TEXT NOT NULL DEFAULT '';
