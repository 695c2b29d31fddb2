-- +goose Up
-- A case may end between its approval and the hand-over: its card is void and its certificate never was in a hand. Columns are exchanged because a CHECK
-- cannot be changed in one SQL text. Of the cards of a case one at most is not void.
DROP INDEX card_application;
ALTER TABLE card ADD COLUMN state_206 TEXT NOT NULL DEFAULT 'frozen' CHECK (state_206 IN ('frozen', 'good', 'dispatched', 'delivered', 'void'));
UPDATE card SET state_206 = state;
ALTER TABLE card DROP COLUMN state;
ALTER TABLE card RENAME COLUMN state_206 TO state;
CREATE UNIQUE INDEX card_application ON card (county, application) WHERE state <> 'void';
CREATE INDEX card_case ON card (county, application);
ALTER TABLE certificate ADD COLUMN reason_206 TEXT NOT NULL DEFAULT ''
	CHECK (reason_206 IN ('', 'death', 'recovered', 'wish', 'gone', 'fraud', 'unmoved', 'unrenewed', 'twice', 'void'));
UPDATE certificate SET reason_206 = reason WHERE reason <> '';
ALTER TABLE certificate DROP COLUMN reason;
ALTER TABLE certificate RENAME COLUMN reason_206 TO reason;
