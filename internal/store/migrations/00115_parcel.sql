-- +goose Up
-- How a batch travels, and what the township found in it.
ALTER TABLE batch ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN bearer TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN receipt TEXT NOT NULL DEFAULT '{}';
