-- +goose Up
-- How a card came into the hand, and how often its holder was told to fetch it.
ALTER TABLE card ADD COLUMN means TEXT NOT NULL DEFAULT '';
ALTER TABLE card ADD COLUMN papers TEXT NOT NULL DEFAULT '';
ALTER TABLE card ADD COLUMN tracking TEXT NOT NULL DEFAULT '';
ALTER TABLE card ADD COLUMN notified TEXT NOT NULL DEFAULT '';
ALTER TABLE card ADD COLUMN notices INTEGER NOT NULL DEFAULT 0;
