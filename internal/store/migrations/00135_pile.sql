-- +goose Up
-- A scanned pile of papers on its way into cases, letters and files. The same pile is taken once.
CREATE TABLE pile (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	region   TEXT NOT NULL,
	name     TEXT NOT NULL,
	digest   TEXT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('reading', 'filing', 'open', 'done', 'failed')),
	trouble  TEXT NOT NULL DEFAULT '',
	pages    INTEGER NOT NULL,
	taken    INTEGER NOT NULL DEFAULT 0 CHECK (taken <= pages),
	waiting  INTEGER NOT NULL DEFAULT 0,
	filed    INTEGER NOT NULL DEFAULT 0,
	dropped  INTEGER NOT NULL DEFAULT 0,
	received TEXT NOT NULL,
	signer   TEXT NOT NULL CHECK (signer IN ('self', 'guardian')),
	account  TEXT NOT NULL,
	author   TEXT NOT NULL,
	at       BIGINT NOT NULL,
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX pile_digest ON pile (county, region, digest) WHERE state <> 'failed';
CREATE INDEX pile_place ON pile (county, region, id);

-- The files that a pile was sent as.
CREATE TABLE source (
	county TEXT NOT NULL,
	pile  TEXT NOT NULL,
	no     INTEGER NOT NULL,
	hash   TEXT NOT NULL,
	type   TEXT NOT NULL,
	size   BIGINT NOT NULL,
	pages  INTEGER NOT NULL,
	PRIMARY KEY (county, pile, no),
	FOREIGN KEY (county, pile) REFERENCES pile (county, id)
);

-- Its pages.
CREATE TABLE leaf (
	county  TEXT NOT NULL,
	pile   TEXT NOT NULL,
	no      INTEGER NOT NULL,
	source  INTEGER NOT NULL,
	page    INTEGER NOT NULL,
	piece   TEXT NOT NULL DEFAULT '',
	ord     INTEGER NOT NULL DEFAULT 0,
	turn    INTEGER NOT NULL DEFAULT 0 CHECK (turn IN (0, 90, 180, 270)),
	picture TEXT NOT NULL DEFAULT '',
	code    TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, pile, no),
	FOREIGN KEY (county, pile) REFERENCES pile (county, id)
);
CREATE INDEX leaf_piece ON leaf (county, pile, piece, ord);

-- The papers that the pages make up, and where each went.
CREATE TABLE piece (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	pile   TEXT NOT NULL,
	region  TEXT NOT NULL,
	ord     INTEGER NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('waiting', 'filed', 'discarded')),
	code    TEXT NOT NULL DEFAULT '',
	pages   INTEGER NOT NULL,
	kind    TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'slip', 'case', 'dossier')),
	subject TEXT NOT NULL DEFAULT '',
	no      TEXT NOT NULL DEFAULT '',
	paper   TEXT NOT NULL DEFAULT '',
	why     TEXT NOT NULL DEFAULT '',
	reason  TEXT NOT NULL DEFAULT '',
	hash    TEXT NOT NULL DEFAULT '',
	type    TEXT NOT NULL DEFAULT '',
	clerk   TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, pile) REFERENCES pile (county, id)
);
CREATE INDEX piece_pile ON piece (county, pile, ord, id);
CREATE INDEX letter_no ON letter (county, no);

-- How many pages a scan has; 0 when nobody counted.
ALTER TABLE attachment ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
