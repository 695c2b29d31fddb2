-- +goose Up
-- A letter with a tear-off slip to one person.
CREATE TABLE reminder (
	county      TEXT NOT NULL,
	id          TEXT NOT NULL,
	region      TEXT NOT NULL,
	no          TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('flow', 'renew', 'review')),
	step        TEXT NOT NULL,
	person      TEXT NOT NULL,
	certificate TEXT NOT NULL DEFAULT '',
	state       TEXT NOT NULL CHECK (state IN ('made', 'sent', 'received', 'kept', 'stopped')),
	made        TEXT NOT NULL,
	months      INTEGER NOT NULL DEFAULT 0,
	channel     TEXT NOT NULL DEFAULT '' CHECK (channel IN ('', 'hand', 'post', 'sms', 'phone', 'read')),
	sent        TEXT NOT NULL DEFAULT '',
	received    TEXT NOT NULL DEFAULT '',
	promised    TEXT NOT NULL DEFAULT '',
	due         TEXT NOT NULL DEFAULT '9999-12-31',
	signer      TEXT NOT NULL DEFAULT '' CHECK (signer IN ('', 'self', 'guardian', 'refused')),
	witness     TEXT NOT NULL DEFAULT '',
	proof       TEXT NOT NULL DEFAULT '',
	proof_type  TEXT NOT NULL DEFAULT '',
	reason      TEXT NOT NULL DEFAULT '',
	remark      TEXT NOT NULL DEFAULT '',
	urged       TEXT NOT NULL DEFAULT '',
	urges       INTEGER NOT NULL DEFAULT 0,
	version     INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (county, id),
	FOREIGN KEY (county, person) REFERENCES person (county, id)
);
-- No letter twice for one step.
CREATE UNIQUE INDEX reminder_step ON reminder (county, kind, person, certificate, step);
-- One open letter of the kinds that have no steps.
CREATE UNIQUE INDEX reminder_open ON reminder (county, kind, person) WHERE kind <> 'renew' AND state IN ('made', 'sent', 'received');
CREATE INDEX reminder_certificate ON reminder (county, certificate, kind, step);
CREATE INDEX reminder_person ON reminder (county, person, id);
CREATE INDEX reminder_no ON reminder (county, no);
CREATE INDEX reminder_place ON reminder (county, region, id);
CREATE INDEX reminder_state ON reminder (county, state, due, id);

-- Officers above the county find a record's county by its id first.
CREATE INDEX reminder_id ON reminder (id);

-- The provincial rule of document 宛残联〔2022〕24号; other provinces set theirs on the policy page.
INSERT INTO policy (key, region, effective, value, basis, at)
VALUES ('local.rule', '41', '2018-01-01', '《河南省实施〈中华人民共和国残疾人证管理办法〉细则》', '宛残联〔2022〕24号', 0),
	('renew.quote', '41', '2018-01-01', '残疾人证十年到期的，必须经过重新残疾评定才能换发新的残疾人证', '宛残联〔2022〕24号附件5', 0);
