-- +goose Up
-- Cards of cancelled certificates that were found not to be obtained: few among all that are cancelled.
CREATE INDEX surrender_lost ON surrender (county, day, certificate) WHERE NOT obtained;
