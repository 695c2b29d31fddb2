-- +goose Up
-- Two people who look alike in the register and were found to be two; first is the smaller id.
CREATE TABLE likeness (
	county      TEXT NOT NULL,
	first       TEXT NOT NULL,
	second      TEXT NOT NULL,
	application TEXT NOT NULL,
	day         TEXT NOT NULL,
	clerk       TEXT NOT NULL,
	reason      TEXT NOT NULL,
	PRIMARY KEY (county, first, second),
	CHECK (first < second),
	FOREIGN KEY (county, first) REFERENCES person (county, id),
	FOREIGN KEY (county, second) REFERENCES person (county, id)
);
