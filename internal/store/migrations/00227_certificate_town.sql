-- +goose Up
-- A township reads its certificates by expiry: without this every certificate of the county that ends earlier is passed over.
CREATE INDEX certificate_town ON certificate (county, SUBSTR(region, 1, 9), expires, id);
