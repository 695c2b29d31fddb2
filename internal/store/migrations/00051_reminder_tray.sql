-- +goose Up
-- The tray counts what is to be handed over, awaited and overdue in a township or village.
CREATE INDEX reminder_tray ON reminder (county, state, region, due);
