-- +goose Up
-- The sheets on which whoever takes a card of a batch home signs, as they were printed, with whose card stands on which page, and the scans of their pages.
CREATE TABLE register (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	region  TEXT NOT NULL,
	batch   TEXT NOT NULL,
	no      TEXT NOT NULL,
	pages   INTEGER NOT NULL,
	printed TEXT NOT NULL,
	clerk   TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, batch) REFERENCES batch (county, id)
);
CREATE UNIQUE INDEX register_no ON register (county, no);
CREATE INDEX register_batch ON register (county, batch, id);

CREATE TABLE register_line (
	county   TEXT NOT NULL,
	register TEXT NOT NULL,
	line     INTEGER NOT NULL,
	page     INTEGER NOT NULL,
	card     TEXT NOT NULL,
	PRIMARY KEY (county, register, line),
	FOREIGN KEY (county, register) REFERENCES register (county, id),
	FOREIGN KEY (county, card) REFERENCES card (county, id)
);
CREATE INDEX register_card ON register_line (county, card, register);

CREATE TABLE register_scan (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	register TEXT NOT NULL,
	page     INTEGER NOT NULL,
	hash     TEXT NOT NULL,
	type     TEXT NOT NULL,
	pages    INTEGER NOT NULL,
	received TEXT NOT NULL,
	clerk    TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, register) REFERENCES register (county, id)
);
CREATE UNIQUE INDEX register_scan_page ON register_scan (county, register, page, hash);

-- A paper of a pile may be a page of one.
ALTER TABLE piece RENAME TO piece_252;
DROP INDEX piece_pile;
CREATE TABLE piece (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	pile    TEXT NOT NULL,
	region  TEXT NOT NULL,
	ord     INTEGER NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('waiting', 'filed', 'discarded')),
	code    TEXT NOT NULL DEFAULT '',
	pages   INTEGER NOT NULL,
	kind    TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'slip', 'case', 'dossier', 'statement', 'register')),
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
INSERT INTO piece (county, id, pile, region, ord, state, code, pages, kind, subject, no, paper, why, reason, hash, type, clerk, version)
SELECT county, id, pile, region, ord, state, code, pages, kind, subject, no, paper, why, reason, hash, type, clerk, version FROM piece_252;
DROP TABLE piece_252;
CREATE INDEX piece_pile ON piece (county, pile, ord, id);
