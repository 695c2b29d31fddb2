-- +goose Up
-- The day on which a card left for its township; '' while it is at the county, and of what left before.
ALTER TABLE card ADD COLUMN left_on TEXT NOT NULL DEFAULT '';
