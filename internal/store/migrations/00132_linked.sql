-- +goose Up
-- Whom a province's single sign-on knows an account as: its issuer and the subject there; like the accounts, the table belongs to no county.
CREATE TABLE linked (
	account TEXT PRIMARY KEY REFERENCES account (id),
	subject TEXT NOT NULL,
	lookup  TEXT NOT NULL,
	since   BIGINT NOT NULL,
	used    BIGINT NOT NULL DEFAULT 0,
	version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX linked_lookup ON linked (lookup);
