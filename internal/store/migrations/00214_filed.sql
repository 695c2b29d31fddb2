-- +goose Up
-- In which state a case was when its papers were filed: one that ended without a card may be taken up again and is then filed anew.
ALTER TABLE casefile ADD COLUMN state TEXT NOT NULL DEFAULT 'closed';

-- What came to an end outside of a case and lies in its person's file: a cancellation of which nobody asked, a death or a move by a list, a letter with its slip.
CREATE TABLE filed (
	county  TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('lapse', 'departure', 'letter')),
	subject TEXT NOT NULL,
	person  TEXT NOT NULL,
	day     TEXT NOT NULL,
	lacking TEXT NOT NULL DEFAULT '',
	reason  TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, kind, subject),
	FOREIGN KEY (county, person) REFERENCES dossier (county, person)
);

-- Slips that came back, and cancellations, are looked for among those that are not filed.
CREATE INDEX reminder_received ON reminder (county, received, id) WHERE received <> '';
CREATE INDEX departure_decided ON departure (county, state, decided, id);
