-- +goose Up
-- A line's place in its county's tree, from 0 once it is sealed, and a keyed digest of the line and its place.
ALTER TABLE audit ADD COLUMN leaf BIGINT NOT NULL DEFAULT -1;
ALTER TABLE audit ADD COLUMN mark TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_leaf ON audit (county, leaf) WHERE leaf >= 0;
CREATE INDEX audit_fresh ON audit (county, id) WHERE leaf < 0;

-- The signed heads of each county's tree: the last one of every hour.
CREATE TABLE audit_head (
	county    TEXT NOT NULL,
	size      BIGINT NOT NULL,
	root      TEXT NOT NULL,
	edge      TEXT NOT NULL,
	at        BIGINT NOT NULL,
	suite     TEXT NOT NULL,
	key       TEXT NOT NULL,
	signature TEXT NOT NULL,
	PRIMARY KEY (county, size)
);
