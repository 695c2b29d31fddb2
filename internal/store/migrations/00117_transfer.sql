-- +goose Up
-- A certificate that another county has taken over stays as a stub. A column is exchanged because a CHECK cannot be changed in one SQL text.
DROP INDEX certificate_live;
DROP INDEX certificate_pending;
DROP INDEX certificate_state;
ALTER TABLE certificate ADD COLUMN state_117 TEXT NOT NULL DEFAULT 'valid'
	CHECK (state_117 IN ('pending', 'valid', 'lost', 'frozen', 'moving', 'review', 'announced', 'cancelled', 'replaced', 'left'));
UPDATE certificate SET state_117 = state;
ALTER TABLE certificate DROP COLUMN state;
ALTER TABLE certificate RENAME COLUMN state_117 TO state;
CREATE UNIQUE INDEX certificate_live ON certificate (county, person) WHERE state IN ('valid', 'lost', 'frozen', 'moving', 'review', 'announced');
CREATE UNIQUE INDEX certificate_pending ON certificate (county, person) WHERE state = 'pending';
CREATE INDEX certificate_state ON certificate (county, state, since, id);

-- A certificate on its way from county to county; each of the two keeps its own record.
CREATE TABLE transfer (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	way         TEXT NOT NULL CHECK (way IN ('in', 'out')),
	region      TEXT NOT NULL,
	abroad      TEXT NOT NULL,
	twin        TEXT NOT NULL,
	person      TEXT NOT NULL DEFAULT '',
	certificate TEXT NOT NULL DEFAULT '',
	application TEXT NOT NULL DEFAULT '',
	parcel      TEXT NOT NULL,
	sign_key    TEXT NOT NULL,
	signature   TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('sent', 'taken', 'returned', 'recalled')),
	sent        TEXT NOT NULL,
	due         TEXT NOT NULL,
	decided     TEXT NOT NULL DEFAULT '',
	decider     TEXT NOT NULL DEFAULT '',
	receipt     TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
-- A certificate is on one way at a time.
CREATE UNIQUE INDEX transfer_open ON transfer (county, certificate) WHERE way = 'out' AND state = 'sent';
CREATE INDEX transfer_state ON transfer (county, way, state, due, id);
CREATE INDEX transfer_place ON transfer (county, region, id);
CREATE INDEX transfer_person ON transfer (county, person, id);
CREATE INDEX transfer_id ON transfer (id);
