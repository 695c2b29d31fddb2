-- +goose Up
-- The way on which somebody comes before a hospital; what stands behind the choice is sealed.
CREATE TABLE pathway (
	county      TEXT NOT NULL,
	application TEXT NOT NULL,
	region      TEXT NOT NULL,
	path        TEXT NOT NULL CHECK (path IN ('central', 'records', 'batch', 'trip', 'home', 'remote')),
	detail      TEXT NOT NULL,
	consent     TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, application),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX pathway_place ON pathway (county, region, application);

-- A piece of evidence: an attachment with when and by whom it was taken.
CREATE TABLE evidence (
	county      TEXT NOT NULL,
	attachment  TEXT NOT NULL,
	application TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('photo', 'video', 'document')),
	taken       BIGINT NOT NULL,
	received    BIGINT NOT NULL,
	call        TEXT NOT NULL DEFAULT '',
	detail      TEXT NOT NULL,
	PRIMARY KEY (county, attachment),
	FOREIGN KEY (county, attachment) REFERENCES attachment (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX evidence_application ON evidence (county, application, attachment);

-- What a doctor asks for beyond the evidence, and the township's answer.
CREATE TABLE evidence_request (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	application TEXT NOT NULL,
	asked       BIGINT NOT NULL,
	doctor      TEXT NOT NULL,
	hospital    TEXT NOT NULL,
	reason      TEXT NOT NULL,
	answered    BIGINT NOT NULL DEFAULT 0,
	reply       TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, application) REFERENCES application (county, id)
);
CREATE INDEX evidence_request_application ON evidence_request (county, application, id);
CREATE UNIQUE INDEX evidence_request_open ON evidence_request (county, application) WHERE answered = 0;

-- A hospital's day may be one on which it looks at evidence.
ALTER TABLE session ADD COLUMN kind_125 TEXT NOT NULL DEFAULT 'central' CHECK (kind_125 IN ('central', 'clinic', 'home', 'remote'));
UPDATE session SET kind_125 = kind;
ALTER TABLE session DROP COLUMN kind;
ALTER TABLE session RENAME COLUMN kind_125 TO kind;
