-- +goose Up
-- The hash of a kept content by the suite of the installation (SM3, or SHA-256 outside 密评), beside the name under which it is kept. It is written once and stays with
-- the line of a paper that was destroyed.
CREATE TABLE digest (
	hash  TEXT PRIMARY KEY,
	suite TEXT NOT NULL,
	sum   TEXT NOT NULL,
	at    BIGINT NOT NULL
);
