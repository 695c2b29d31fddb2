-- +goose Up
-- The desk's day in whose count a blank's last step stands; a loss that is entered while an earlier day is still open counts in that one.
ALTER TABLE blank ADD COLUMN booked TEXT NOT NULL DEFAULT '';
UPDATE blank SET booked = moved;

-- The last day on which each printing desk worked, whatever became of its blanks since.
CREATE TABLE blank_desk (
	county TEXT NOT NULL,
	desk   TEXT NOT NULL,
	worked TEXT NOT NULL,
	PRIMARY KEY (county, desk)
);
INSERT INTO blank_desk (county, desk, worked)
SELECT county, desk, MAX(moved)
FROM blank
WHERE desk <> ''
GROUP BY county, desk;

-- What went back to the store is at no desk.
UPDATE blank SET desk = '' WHERE state IN ('stock', 'returned');
