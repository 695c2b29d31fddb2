-- +goose Up
-- A published list of certificates to be cancelled.
CREATE TABLE posting (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	region  TEXT NOT NULL,
	no      TEXT NOT NULL,
	starts  TEXT NOT NULL,
	ends    TEXT NOT NULL,
	people  INTEGER NOT NULL,
	phone   TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX posting_place ON posting (county, region, id);
CREATE INDEX posting_id ON posting (id);

-- One certificate on such a list.
CREATE TABLE lapse (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	certificate TEXT NOT NULL,
	person      TEXT NOT NULL,
	cause       TEXT NOT NULL CHECK (cause IN ('expired', 'review')),
	state       TEXT NOT NULL CHECK (state IN ('announced', 'disputed', 'cancelled', 'dropped')),
	posting     TEXT NOT NULL,
	ends        TEXT NOT NULL,
	decided     TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, certificate) REFERENCES certificate (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id),
	FOREIGN KEY (county, posting) REFERENCES posting (county, id)
);
-- A certificate is put up once at a time.
CREATE UNIQUE INDEX lapse_open ON lapse (county, certificate) WHERE state IN ('announced', 'disputed');
CREATE INDEX lapse_place ON lapse (county, region, id);
CREATE INDEX lapse_posting ON lapse (county, posting, region, id);
CREATE INDEX lapse_decided ON lapse (county, state, decided, id);
CREATE INDEX lapse_id ON lapse (id);

-- What somebody says against a certificate's cancellation.
CREATE TABLE lapse_objection (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	region   TEXT NOT NULL,
	no       TEXT NOT NULL,
	posting  TEXT NOT NULL,
	lapse    TEXT NOT NULL,
	name     TEXT NOT NULL DEFAULT '',
	phone    TEXT NOT NULL DEFAULT '',
	text     TEXT NOT NULL,
	day      TEXT NOT NULL,
	decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'dismissed', 'upheld')),
	reason   TEXT NOT NULL DEFAULT '',
	decided  TEXT NOT NULL DEFAULT '',
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, lapse) REFERENCES lapse (county, id)
);
CREATE INDEX lapse_objection_lapse ON lapse_objection (county, lapse, id);
