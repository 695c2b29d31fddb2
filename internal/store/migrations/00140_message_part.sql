-- +goose Up
-- Since when a carrier has a message without having answered; 0 when it has not.
ALTER TABLE message ADD COLUMN given BIGINT NOT NULL DEFAULT 0;

-- The parts of a message that a carrier took, by the carrier's name for each.
CREATE TABLE message_part (
	county  TEXT NOT NULL,
	message TEXT NOT NULL,
	part    INTEGER NOT NULL,
	ref     TEXT NOT NULL,
	lookup  TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('taken', 'delivered', 'failed')),
	at      BIGINT NOT NULL,
	PRIMARY KEY (county, message, part),
	FOREIGN KEY (county, message) REFERENCES message (county, id)
);
CREATE INDEX message_part_ref ON message_part (ref);
CREATE INDEX message_part_lookup ON message_part (lookup);
