-- +goose Up
-- Every matter, and what it needs to know. A column is exchanged because a CHECK cannot be changed in one SQL text.
ALTER TABLE application ADD COLUMN matter_30 TEXT NOT NULL DEFAULT 'new'
	CHECK (matter_30 IN ('new', 'renew', 'replace', 'update', 'reissue', 'regrade', 'move', 'cancel', 'check'));
UPDATE application SET matter_30 = matter;
ALTER TABLE application DROP COLUMN matter;
ALTER TABLE application RENAME COLUMN matter_30 TO matter;
ALTER TABLE application ADD COLUMN cause TEXT NOT NULL DEFAULT ''
	CHECK (cause IN ('', 'death', 'recovered', 'wish', 'gone', 'fraud', 'unmoved', 'unrenewed', 'twice'));
ALTER TABLE application ADD COLUMN stated TEXT NOT NULL DEFAULT '';
ALTER TABLE application ADD COLUMN target TEXT NOT NULL DEFAULT '';

-- The whole life of a certificate.
DROP INDEX certificate_live;
DROP INDEX certificate_pending;
ALTER TABLE certificate ADD COLUMN state_30 TEXT NOT NULL DEFAULT 'valid'
	CHECK (state_30 IN ('pending', 'valid', 'lost', 'frozen', 'moving', 'review', 'announced', 'cancelled', 'replaced'));
UPDATE certificate SET state_30 = state;
ALTER TABLE certificate DROP COLUMN state;
ALTER TABLE certificate RENAME COLUMN state_30 TO state;
CREATE UNIQUE INDEX certificate_live ON certificate (county, person) WHERE state IN ('valid', 'lost', 'frozen', 'moving', 'review', 'announced');
CREATE UNIQUE INDEX certificate_pending ON certificate (county, person) WHERE state = 'pending';
ALTER TABLE certificate ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN reason TEXT NOT NULL DEFAULT ''
	CHECK (reason IN ('', 'death', 'recovered', 'wish', 'gone', 'fraud', 'unmoved', 'unrenewed', 'twice'));
ALTER TABLE certificate ADD COLUMN kind TEXT NOT NULL DEFAULT 'book' CHECK (kind IN ('book', 'card'));
ALTER TABLE certificate ADD COLUMN graded TEXT NOT NULL DEFAULT '' CHECK (graded IN ('', 'hospital', 'sight'));
ALTER TABLE certificate ADD COLUMN remarks TEXT NOT NULL DEFAULT '';
CREATE INDEX certificate_state ON certificate (county, state, since, id);
