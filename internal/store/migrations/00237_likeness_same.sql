-- +goose Up
-- Two entries that were found to be one person, and who found it.
ALTER TABLE likeness ADD COLUMN same BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE likeness ADD COLUMN name TEXT NOT NULL DEFAULT '';
CREATE INDEX likeness_second ON likeness (county, second, first);
