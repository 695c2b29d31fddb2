-- +goose Up
-- Numbered papers that are signed outside of a case: survey sheets, statements of giving up, pledges. Each is kept once; who is on it stands beside it.
CREATE TABLE statement (
	county     TEXT NOT NULL,
	id         TEXT NOT NULL,
	issue      TEXT NOT NULL,
	region     TEXT NOT NULL,
	no         TEXT NOT NULL,
	kind       TEXT NOT NULL CHECK (kind IN ('survey', 'waiver', 'pledge')),
	signer     TEXT NOT NULL DEFAULT '',
	post       TEXT NOT NULL DEFAULT '',
	state      TEXT NOT NULL CHECK (state IN ('out', 'back', 'void', 'revoked')),
	printed    TEXT NOT NULL,
	clerk      TEXT NOT NULL,
	received   TEXT NOT NULL DEFAULT '',
	proof      TEXT NOT NULL DEFAULT '',
	proof_type TEXT NOT NULL DEFAULT '',
	pages      INTEGER NOT NULL DEFAULT 0,
	version    INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX statement_no ON statement (county, no);
CREATE INDEX statement_issue ON statement (county, issue, id);
CREATE INDEX statement_place ON statement (county, region, id);

CREATE TABLE statement_person (
	county    TEXT NOT NULL,
	statement TEXT NOT NULL,
	person    TEXT NOT NULL,
	PRIMARY KEY (county, statement, person),
	FOREIGN KEY (county, statement) REFERENCES statement (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE INDEX statement_of ON statement_person (county, person, statement);

-- A paper of a pile may be one of them.
ALTER TABLE piece RENAME TO piece_177;
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
	kind    TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'slip', 'case', 'dossier', 'statement')),
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
SELECT county, id, pile, region, ord, state, code, pages, kind, subject, no, paper, why, reason, hash, type, clerk, version FROM piece_177;
DROP TABLE piece_177;
CREATE INDEX piece_pile ON piece (county, pile, ord, id);
