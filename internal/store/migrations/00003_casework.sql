-- +goose Up
CREATE TABLE application (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	region   TEXT NOT NULL,
	no       TEXT NOT NULL DEFAULT '',
	person   TEXT NOT NULL,
	matter   TEXT NOT NULL CHECK (matter IN ('new', 'renew')),
	previous TEXT NOT NULL DEFAULT '',
	origin   TEXT NOT NULL,
	wanted   TEXT NOT NULL DEFAULT '',
	state    TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'accepted', 'scheduled', 'assessed', 'announced', 'disputed', 'review',
		'reviewed', 'approved', 'printing', 'printed', 'dispatched', 'delivered', 'closed', 'declined', 'refused', 'withdrawn')),
	since    TEXT NOT NULL,
	due      TEXT NOT NULL DEFAULT '9999-12-31',
	opened   TEXT NOT NULL,
	accepted TEXT NOT NULL DEFAULT '',
	approved TEXT NOT NULL DEFAULT '',
	session  TEXT NOT NULL DEFAULT '',
	notice   TEXT NOT NULL DEFAULT '',
	batch    TEXT NOT NULL DEFAULT '',
	category TEXT NOT NULL DEFAULT '',
	level    TEXT NOT NULL DEFAULT '',
	assessed TEXT NOT NULL DEFAULT '',
	handler  TEXT NOT NULL DEFAULT '',
	urged    TEXT NOT NULL DEFAULT '',
	urges    INTEGER NOT NULL DEFAULT 0,
	reviewer TEXT NOT NULL DEFAULT '',
	reread   BOOLEAN NOT NULL DEFAULT FALSE,
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
CREATE UNIQUE INDEX application_open ON application (county, person)
	WHERE state NOT IN ('closed', 'declined', 'refused', 'withdrawn');
-- With the region, so that a search by name in a township passes over the county's other cases without reading them.
CREATE INDEX application_person ON application (county, person, id, region);
CREATE INDEX application_tray ON application (county, state, due, id, region);
-- The same for one township, so that its officers' trays do not walk over the whole county's.
CREATE INDEX application_town ON application (county, SUBSTR(region, 1, 9), state, due, id, region);
CREATE INDEX application_state ON application (county, state, id);
CREATE INDEX application_place ON application (county, region, id);
CREATE INDEX application_township ON application (county, SUBSTR(region, 1, 9), id);
CREATE INDEX application_category ON application (county, category, id);
-- Not "due <": SQLite would prepare every statement that compares due with a parameter anew, to see whether the index can serve it.
CREATE INDEX application_due ON application (county, due, id) WHERE due <> '9999-12-31';
CREATE INDEX application_handler ON application (county, handler, id) WHERE handler <> '';
CREATE INDEX application_no ON application (county, no);
CREATE INDEX application_session ON application (county, session);
CREATE INDEX application_notice ON application (county, notice);
CREATE INDEX application_batch ON application (county, batch);

-- How many cases stand in each state per township; kept with every move, so that a tray's counts cost nothing.
CREATE TABLE tally (
	county   TEXT NOT NULL,
	township TEXT NOT NULL,
	state    TEXT NOT NULL,
	n        BIGINT NOT NULL,
	PRIMARY KEY (county, township, state)
);

-- Which papers of the checklist were seen in the original.
CREATE TABLE sighted (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	paper       TEXT NOT NULL,
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, application, paper),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);

CREATE TABLE attachment (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	application TEXT NOT NULL,
	paper       TEXT NOT NULL,
	name        TEXT NOT NULL,
	type        TEXT NOT NULL,
	size        BIGINT NOT NULL,
	hash        TEXT NOT NULL,
	original    TEXT NOT NULL DEFAULT '',
	flaws       TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX attachment_application ON attachment (county, application, id);

-- What a letter said when it was decided: missing papers, reasons; letters are printed from here.
CREATE TABLE letter (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	application TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('return', 'decline', 'refuse')),
	no          TEXT NOT NULL,
	day         TEXT NOT NULL,
	missing     TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	clerk       TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX letter_application ON letter (county, application, id);

CREATE TABLE session (
	county   TEXT NOT NULL,
	id       TEXT NOT NULL,
	region   TEXT NOT NULL,
	hospital TEXT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('central', 'clinic', 'home')),
	day      TEXT NOT NULL,
	place    TEXT NOT NULL DEFAULT '',
	capacity INTEGER NOT NULL,
	taken    INTEGER NOT NULL DEFAULT 0 CHECK (taken <= capacity),
	version  INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE INDEX session_day ON session (county, day, id);
CREATE INDEX session_hospital ON session (hospital, day, id);

CREATE TABLE assessment (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	application TEXT NOT NULL,
	session     TEXT NOT NULL,
	findings    TEXT NOT NULL,
	doctor      TEXT NOT NULL,
	first       TEXT NOT NULL,
	second      TEXT NOT NULL,
	day         TEXT NOT NULL,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX assessment_application ON assessment (county, application, id);

-- What single doctors found before the last of them signs for all; emptied by the signature.
CREATE TABLE finding (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	category    TEXT NOT NULL,
	finding     TEXT NOT NULL,
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, application, category),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);

CREATE TABLE notice (
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
CREATE INDEX notice_ends ON notice (county, ends, id);

CREATE TABLE objection (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	no          TEXT NOT NULL DEFAULT '',
	notice      TEXT NOT NULL,
	application TEXT NOT NULL,
	name        TEXT NOT NULL DEFAULT '',
	phone       TEXT NOT NULL DEFAULT '',
	text        TEXT NOT NULL,
	day         TEXT NOT NULL,
	decision    TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'dismissed', 'reassess', 'upheld')),
	reason      TEXT NOT NULL DEFAULT '',
	decided     TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX objection_application ON objection (county, application, id);

CREATE TABLE batch (
	county     TEXT NOT NULL,
	id         TEXT NOT NULL,
	region     TEXT NOT NULL,
	no         TEXT NOT NULL,
	cards      INTEGER NOT NULL,
	made       TEXT NOT NULL,
	dispatched TEXT NOT NULL DEFAULT '',
	version    INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);

CREATE TABLE card (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	batch       TEXT NOT NULL,
	application TEXT NOT NULL,
	certificate TEXT NOT NULL,
	face        TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('frozen', 'good', 'dispatched', 'delivered')),
	spoiled     INTEGER NOT NULL DEFAULT 0,
	serial      TEXT NOT NULL DEFAULT '',
	printed     TEXT NOT NULL DEFAULT '',
	receiver    TEXT NOT NULL DEFAULT '',
	relation    TEXT NOT NULL DEFAULT '',
	recalled    BOOLEAN NOT NULL DEFAULT FALSE,
	note        TEXT NOT NULL DEFAULT '',
	delivered   TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, batch) REFERENCES batch (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE UNIQUE INDEX card_application ON card (county, application);
CREATE INDEX card_batch ON card (county, batch, id);
CREATE UNIQUE INDEX card_serial ON card (county, serial) WHERE serial <> '';

CREATE TABLE casefile (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	no          TEXT NOT NULL,
	place       TEXT NOT NULL DEFAULT '',
	day         TEXT NOT NULL,
	PRIMARY KEY (county, application),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);

-- Officers above the county, and the public, find a record's county by its id first.
CREATE INDEX application_id ON application (id);
CREATE INDEX session_id ON session (id);
CREATE INDEX notice_id ON notice (id);
CREATE INDEX batch_id ON batch (id);
CREATE INDEX card_id ON card (id);
