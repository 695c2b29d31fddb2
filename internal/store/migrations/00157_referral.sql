-- +goose Up
-- Cases of people who are registered in another county. A column is exchanged because a CHECK cannot be changed in one SQL text.
DROP INDEX application_open;
DROP INDEX application_tray;
DROP INDEX application_town;
DROP INDEX application_state;
ALTER TABLE application ADD COLUMN state_157 TEXT NOT NULL DEFAULT 'draft'
	CHECK (state_157 IN ('draft', 'submitted', 'returned', 'accepted', 'scheduled', 'assessed', 'announced', 'disputed', 'ready', 'forwarded', 'review',
		'reviewed', 'approved', 'printing', 'printed', 'dispatched', 'delivered', 'closed', 'declined', 'refused', 'withdrawn'));
UPDATE application SET state_157 = state;
ALTER TABLE application DROP COLUMN state;
ALTER TABLE application RENAME COLUMN state_157 TO state;
CREATE UNIQUE INDEX application_open ON application (county, person)
	WHERE state NOT IN ('closed', 'declined', 'refused', 'withdrawn');
CREATE INDEX application_tray ON application (county, state, due, id, region);
CREATE INDEX application_town ON application (county, SUBSTR(region, 1, 9), state, due, id, region);
CREATE INDEX application_state ON application (county, state, id);
ALTER TABLE application ADD COLUMN home TEXT NOT NULL DEFAULT '';

-- The letter that tells what another county decided.
ALTER TABLE letter ADD COLUMN kind_157 TEXT NOT NULL DEFAULT 'return' CHECK (kind_157 IN ('return', 'decline', 'refuse', 'outcome'));
UPDATE letter SET kind_157 = kind;
ALTER TABLE letter DROP COLUMN kind;
ALTER TABLE letter RENAME COLUMN kind_157 TO kind;

-- A case that one county takes and another decides; each of the two keeps its own record.
CREATE TABLE referral (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	side        TEXT NOT NULL CHECK (side IN ('host', 'home')),
	region      TEXT NOT NULL,
	abroad      TEXT NOT NULL,
	twin        TEXT NOT NULL,
	application TEXT NOT NULL DEFAULT '',
	parcel      TEXT NOT NULL,
	sign_key    TEXT NOT NULL,
	signature   TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('sent', 'taken', 'returned', 'recalled', 'declined', 'refused', 'posted', 'arrived', 'done')),
	backs       INTEGER NOT NULL,
	sent        TEXT NOT NULL,
	due         TEXT NOT NULL,
	decided     TEXT NOT NULL DEFAULT '',
	decider     TEXT NOT NULL DEFAULT '',
	receipt     TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	post        TEXT NOT NULL DEFAULT '',
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX referral_application ON referral (county, application) WHERE application <> '';
CREATE INDEX referral_state ON referral (county, side, state, due, id);
CREATE INDEX referral_place ON referral (county, region, id);
CREATE INDEX referral_id ON referral (id);
