-- +goose Up
-- A hospital's designation by the province, when it examines, and how many people a day.
ALTER TABLE org ADD COLUMN designation TEXT NOT NULL DEFAULT '';
ALTER TABLE org ADD COLUMN weekdays TEXT NOT NULL DEFAULT '';
ALTER TABLE org ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE org ADD COLUMN daily INTEGER NOT NULL DEFAULT 0;
