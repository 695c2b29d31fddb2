-- +goose Up
-- Who is asked for the second signature, in the clear, so that a doctor's own come first in a list that is paged; '' for whoever can.
ALTER TABLE signature ADD COLUMN seconder TEXT NOT NULL DEFAULT '';
DROP INDEX signature_hospital;
CREATE INDEX signature_hospital ON signature (hospital, since, application);
