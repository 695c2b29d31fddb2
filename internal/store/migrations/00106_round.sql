-- +goose Up
-- When a session begins, who goes, in what, and with what: as text, sealed.
ALTER TABLE session ADD COLUMN round TEXT NOT NULL DEFAULT '';
