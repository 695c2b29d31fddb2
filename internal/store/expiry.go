package store

import (
	"hefa/internal/day"
	"hefa/internal/region"
)

// Expiry is how many certificates in the hands of a township end in a month, YYYY-MM.
type Expiry struct {
	Town  region.Code
	Month string
	Count int
}

// Expiries counts the certificates of the area that end from one day to before another, by township and month.
func (tx *Tx) Expiries(where region.Code, from, before day.Day) ([]Expiry, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	return list(tx, func(e *Expiry) []any { return []any{&e.Town, &e.Month, &e.Count} }, `
		SELECT SUBSTR(region, 1, 9), SUBSTR(expires, 1, 7), COUNT(*)
		FROM certificate
		WHERE county = $1 AND region >= $2 AND region < $3 AND expires >= $4 AND expires < $5 AND state IN ('valid', 'frozen', 'review', 'announced')
		GROUP BY SUBSTR(region, 1, 9), SUBSTR(expires, 1, 7)
		ORDER BY 1, 2`, a.county, a.from, a.to, string(from), string(before))
}

// Holding is what became of the certificates of an area that ended in a span of days.
type Holding struct{ Renewed, Lost int }

// Holding counts what became of the certificates of the area that ended from one day to before another: exchanged, or neither exchanged nor ended for
// another reason.
func (tx *Tx) Holding(where region.Code, from, before day.Day) (Holding, error) {
	a, err := tx.area(where)
	if err != nil {
		return Holding{}, err
	}
	return one(tx, func(h *Holding) []any { return []any{&h.Renewed, &h.Lost} }, `
		SELECT COUNT(*) FILTER (WHERE state = 'replaced'),
			COUNT(*) FILTER (WHERE state IN ('valid', 'frozen', 'review', 'announced') OR state = 'cancelled' AND reason = 'unrenewed')
		FROM certificate
		WHERE county = $1 AND region >= $2 AND region < $3 AND expires >= $4 AND expires < $5`, a.county, a.from, a.to, string(from), string(before))
}
