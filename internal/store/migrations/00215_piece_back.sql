-- +goose Up
-- Where a scanned paper was filed before it was taken back, with the hash of what lay there.
CREATE TABLE piece_back (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	pile    TEXT NOT NULL,
	piece   TEXT NOT NULL,
	kind    TEXT NOT NULL,
	subject TEXT NOT NULL,
	no      TEXT NOT NULL,
	paper   TEXT NOT NULL DEFAULT '',
	hash    TEXT NOT NULL,
	reason  TEXT NOT NULL,
	day     TEXT NOT NULL,
	clerk   TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, pile) REFERENCES pile (county, id)
);
CREATE INDEX piece_back_pile ON piece_back (county, pile, id);
