-- +goose Up
-- The hash of the small picture of a photo, for pages; '' until there is one.
ALTER TABLE attachment ADD COLUMN small TEXT NOT NULL DEFAULT '';
