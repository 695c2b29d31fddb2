-- +goose Up
-- What a witness outside answered when it took a head of a county's audit.
CREATE TABLE head_receipt (
	county  TEXT NOT NULL,
	size    BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	receipt TEXT NOT NULL,
	PRIMARY KEY (county, size)
);
