-- +goose Up
-- The card that bears a certificate.
CREATE INDEX card_certificate ON card (county, certificate);
