-- +goose Up
-- A card that left before its batch is on no list of the batch and not in its bag.
ALTER TABLE card ADD COLUMN ahead BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE card
SET ahead = TRUE
WHERE state IN ('dispatched', 'delivered') AND EXISTS (SELECT 1 FROM batch b WHERE b.county = card.county AND b.id = card.batch AND b.dispatched = '');

-- What was printed and is not in the hand.
CREATE INDEX card_way ON card (county, printed) WHERE delivered = '' AND printed <> '';
