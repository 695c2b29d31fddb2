-- +goose Up
-- Which paper of its case an attachment is that the program itself wrote (archive.Sources); "" for what somebody handed in. Each is kept once.
ALTER TABLE attachment ADD COLUMN source TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX attachment_source ON attachment (county, application, source) WHERE source <> '';
