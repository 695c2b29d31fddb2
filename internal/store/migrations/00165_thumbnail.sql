-- +goose Up
-- The picture of a page as lists show it, made once; pages of before have none and are made smaller each time.
ALTER TABLE leaf ADD COLUMN small TEXT NOT NULL DEFAULT '';
