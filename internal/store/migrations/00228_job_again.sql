-- +goose Up
-- Work that is left while the same is being done is done once more: it may have read before the reason for it was written.
ALTER TABLE job ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE;
