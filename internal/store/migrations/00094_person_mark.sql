-- +goose Up
-- The same for a person's row.
ALTER TABLE person ADD COLUMN mark TEXT NOT NULL DEFAULT '';
