-- +goose Up
-- The grave acts that a token was issued for; one that was issued before this names none.
ALTER TABLE token ADD COLUMN grave TEXT NOT NULL DEFAULT '';
