-- +goose Up
-- What another register holds comes in as a list too. A column is exchanged because a CHECK cannot be changed in one SQL text.
ALTER TABLE roster ADD COLUMN kind_110 TEXT NOT NULL DEFAULT 'expired' CHECK (kind_110 IN ('expired', 'suspected', 'register'));
UPDATE roster SET kind_110 = kind;
ALTER TABLE roster DROP COLUMN kind;
ALTER TABLE roster RENAME COLUMN kind_110 TO kind;

-- The newest list of another register on which a certificate stood.
ALTER TABLE certificate ADD COLUMN reconciled TEXT NOT NULL DEFAULT '';
