-- +goose Up
-- The last day whose round has begun, in one row, so that a clock that leaps is noticed before it acts.
CREATE TABLE daybook (
	id  INTEGER PRIMARY KEY CHECK (id = 1),
	day TEXT NOT NULL
);
