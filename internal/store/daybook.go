package store

import (
	"hefa/internal/access"
	"hefa/internal/day"
)

// LastRound is the last day whose round has begun, "" when none ever did.
func (tx *Tx) LastRound() (day.Day, error) {
	all, err := list(tx, func(d *day.Day) []any { return []any{d} }, `SELECT day FROM daybook WHERE id = 1`)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

const turnPage = `INSERT INTO daybook (id, day) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET day = excluded.day`

// BeginRound notes that the round of today has begun.
func (tx *Tx) BeginRound() error {
	_, err := tx.exec(turnPage, string(tx.Today()))
	return err
}

// TrustClock notes that today is right, whatever the last round's day was, and why somebody says so.
func (tx *Tx) TrustClock(reason string) error {
	return tx.write(access.ClockTrust, Subject{Kind: "clock", ID: string(tx.Today()), Region: tx.by.Region, Note: reason}, turnPage, string(tx.Today()))
}
