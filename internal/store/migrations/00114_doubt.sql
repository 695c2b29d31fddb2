-- +goose Up
-- Why a sign-in may be another person's than the account's; it can do nothing until its person has said.
ALTER TABLE signin ADD COLUMN doubt TEXT NOT NULL DEFAULT '';

-- What was asked of an account and what its person said; like the accounts, the table belongs to no county.
CREATE TABLE doubt (
	account TEXT NOT NULL,
	id      TEXT NOT NULL,
	kind    TEXT NOT NULL,
	at      BIGINT NOT NULL,
	mine    BOOLEAN NOT NULL,
	PRIMARY KEY (account, id)
);

-- The hashes of passwords that an account had before.
CREATE TABLE former (
	account TEXT NOT NULL,
	id      TEXT NOT NULL,
	hash    TEXT NOT NULL,
	PRIMARY KEY (account, id)
);
