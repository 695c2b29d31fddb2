-- +goose Up
-- What a file that was closed for a reason still lacks: lacking without what was filed since. closed is made when the file is closed and sorts by it, as ids do; a paper
-- that was put in by hand and sorts after it may be the one that was lacking; not a letter's slip.
ALTER TABLE casefile ADD COLUMN wanting TEXT NOT NULL DEFAULT '';
ALTER TABLE casefile ADD COLUMN closed TEXT NOT NULL DEFAULT '';
ALTER TABLE filed ADD COLUMN wanting TEXT NOT NULL DEFAULT '';
ALTER TABLE filed ADD COLUMN closed TEXT NOT NULL DEFAULT '';

UPDATE filed SET closed = subject;
UPDATE casefile SET closed = application;
-- What was made for the case went into the file as it was closed, and its ids tell when: what was put in by hand since may be what was lacking.
UPDATE casefile SET closed = (SELECT MAX(i.id) FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.application = a.id AND i.origin = 'born')
WHERE lacking <> '' AND EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.application = a.id AND i.origin = 'born');

-- A paper that is there and does not count has its mark, and is not among these.
UPDATE filed SET wanting =
	CASE WHEN ',' || lacking || ',' LIKE '%,form,%' THEN ',form' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,assessment,%' THEN ',assessment' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,transfer,%' THEN ',transfer' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,change,%' THEN ',change' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,supplement,%' THEN ',supplement' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,decision,%' THEN ',decision' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,notice,%' THEN ',notice' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,receipt,%' THEN ',receipt' ELSE '' END
WHERE lacking <> '';
UPDATE casefile SET wanting =
	CASE WHEN ',' || lacking || ',' LIKE '%,form,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'form' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',form' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,assessment,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'assessment' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',assessment' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,transfer,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'transfer' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',transfer' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,change,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'change' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',change' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,supplement,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'supplement' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',supplement' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,decision,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'decision' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',decision' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,notice,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'notice' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',notice' ELSE '' END ||
	CASE WHEN ',' || lacking || ',' LIKE '%,receipt,%' AND NOT EXISTS (SELECT 1 FROM item i JOIN application a ON a.county = i.county AND a.person = i.person WHERE i.county = casefile.county AND a.county = casefile.county AND a.id = casefile.application AND i.kind = 'receipt' AND (i.application = a.id OR i.application = '' AND i.id > casefile.closed AND (i.origin = 'paper' OR i.origin = 'scan' AND i.number = '') AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = i.county AND r.person = i.person AND r.no = i.number AND r.no <> ''))) THEN ',receipt' ELSE '' END
WHERE lacking <> '';
UPDATE filed SET wanting = SUBSTR(wanting, 2) WHERE wanting <> '';
UPDATE casefile SET wanting = SUBSTR(wanting, 2) WHERE wanting <> '';

CREATE INDEX casefile_wanting ON casefile (county, closed, application) WHERE wanting <> '';
CREATE INDEX filed_wanting ON filed (county, closed, person) WHERE wanting <> '';
CREATE INDEX filed_person ON filed (county, person) WHERE lacking <> '';
