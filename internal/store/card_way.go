package store

import (
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/region"
)

// CardWay is how many cards of a township were printed on one day and handed over on another.
type CardWay struct {
	Township region.Code
	card.Walked
}

// CardWays is the ways of the cards of an area, by township and day: those that were handed over since a day, and those that are on their way.
func (tx *Tx) CardWays(where region.Code, since day.Day) ([]CardWay, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	return list(tx, func(w *CardWay) []any { return []any{&w.Township, &w.Printed, &w.Delivered, &w.Cards} }, `
		SELECT SUBSTR(region, 1, 9), printed, delivered, COUNT(*)
		FROM card
		WHERE `+wide+` county = $1 AND region >= $2 AND region < $3 AND printed <> '' AND state <> 'void' AND (delivered = '' OR delivered >= $4)
		GROUP BY SUBSTR(region, 1, 9), printed, delivered
		ORDER BY 1, 2, 3`, a.county, a.from, a.to, string(since))
}

// CardsUnderWay is how many cards of each county of an area were printed on which day and are not in the hand; the township of each is the county.
func (tx *Tx) CardsUnderWay(where region.Code) ([]CardWay, error) {
	from, to := where.Range()
	return list(tx, func(w *CardWay) []any { return []any{&w.Township, &w.Printed, &w.Cards} }, `
		SELECT county, printed, COUNT(*)
		FROM card
		WHERE county >= $1 AND county < $2 AND delivered = '' AND printed <> '' AND state <> 'void'
		GROUP BY county, printed
		ORDER BY county, printed`, from, to)
}
