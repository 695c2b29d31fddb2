-- +goose Up
-- What of a backup was written; the rest lay in the folder already.
ALTER TABLE backup ADD COLUMN wrote BIGINT NOT NULL DEFAULT 0;
UPDATE backup SET wrote = bytes;
