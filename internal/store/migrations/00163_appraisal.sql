-- +goose Up
-- The yearly list of files whose retention has run out, what was found of each, who approved it and before whom they were destroyed.
CREATE TABLE appraisal (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	no          TEXT NOT NULL,
	year        INTEGER NOT NULL,
	day         TEXT NOT NULL,
	clerk       TEXT NOT NULL,
	head        TEXT NOT NULL,
	members     TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('drawn', 'proposed', 'approved', 'done')),
	proposed    TEXT NOT NULL DEFAULT '',
	proposed_by TEXT NOT NULL DEFAULT '',
	decided     TEXT NOT NULL DEFAULT '',
	decider     TEXT NOT NULL DEFAULT '',
	answer      TEXT NOT NULL DEFAULT '',
	destroyed   TEXT NOT NULL DEFAULT '',
	way         TEXT NOT NULL DEFAULT '',
	first       TEXT NOT NULL DEFAULT '',
	second      TEXT NOT NULL DEFAULT '',
	destroyer   TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX appraisal_no ON appraisal (county, no);

CREATE TABLE appraised (
	county    TEXT NOT NULL,
	appraisal TEXT NOT NULL,
	person    TEXT NOT NULL,
	no        TEXT NOT NULL,
	pages     INTEGER NOT NULL,
	verdict   TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'keep', 'destroy')),
	until     TEXT NOT NULL DEFAULT '',
	reason    TEXT NOT NULL DEFAULT '',
	clerk     TEXT NOT NULL DEFAULT '',
	open      BOOLEAN NOT NULL DEFAULT TRUE,
	PRIMARY KEY (county, appraisal, person),
	FOREIGN KEY (county, appraisal) REFERENCES appraisal (county, id),
	FOREIGN KEY (county, person) REFERENCES dossier (county, person)
);
CREATE UNIQUE INDEX appraised_open ON appraised (county, person) WHERE open;
CREATE INDEX appraised_no ON appraised (county, appraisal, no);

-- The contents that went with a list of destroyed files, and what became of each: one that another file holds too stays.
CREATE TABLE shredded (
	county    TEXT NOT NULL,
	appraisal TEXT NOT NULL,
	hash      TEXT NOT NULL,
	state     TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'gone', 'shared')),
	PRIMARY KEY (county, appraisal, hash),
	FOREIGN KEY (county, appraisal) REFERENCES appraisal (county, id)
);

-- Until when an appraisal kept a file; by which one its papers were destroyed.
ALTER TABLE dossier ADD COLUMN kept_until TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN destroyed TEXT NOT NULL DEFAULT '';
ALTER TABLE attachment ADD COLUMN destroyed TEXT NOT NULL DEFAULT '';
CREATE INDEX dossier_ended ON dossier (county, closed, person) WHERE state = 'shelved';
