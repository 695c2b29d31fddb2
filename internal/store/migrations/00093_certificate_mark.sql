-- +goose Up
-- A keyed digest of what a certificate's row says, so that a row that a disk has changed is never taken for what was saved.
ALTER TABLE certificate ADD COLUMN mark TEXT NOT NULL DEFAULT '';
