-- +goose Up
-- The instant at which the holder last promised to keep what they see to themselves, microseconds; 0 for never.
ALTER TABLE account ADD COLUMN pledged BIGINT NOT NULL DEFAULT 0;
