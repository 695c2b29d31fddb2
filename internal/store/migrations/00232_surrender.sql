-- +goose Up
-- Cards of cancelled certificates: given back on the day, or found on it not to be obtained, with the reason.
CREATE TABLE surrender (
	county      TEXT NOT NULL,
	certificate TEXT NOT NULL,
	day         TEXT NOT NULL,
	obtained    BOOLEAN NOT NULL,
	reason      TEXT NOT NULL,
	clerk       TEXT NOT NULL,
	destruction TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, certificate),
	FOREIGN KEY (county, certificate) REFERENCES certificate (county, id)
);
CREATE INDEX surrender_kept ON surrender (county, destruction, day, certificate) WHERE obtained;
