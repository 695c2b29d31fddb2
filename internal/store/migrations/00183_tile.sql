-- +goose Up
-- The nodes of each county's tree, 256 hashes a row: at level 0 of the lines, full tiles only; at level n the roots of the tiles below. The sealer
-- makes those of older trees by and by.
CREATE TABLE audit_tile (
	county TEXT NOT NULL,
	level  BIGINT NOT NULL,
	place  BIGINT NOT NULL,
	hashes TEXT NOT NULL,
	PRIMARY KEY (county, level, place)
);
