package store

import (
	"hefa/internal/region"
	"hefa/internal/session"
)

// SessionNeeds is how many accepted cases of each township wait for a seat, and by when the first of them should have one.
func (tx *Tx) SessionNeeds(county region.Code) ([]session.Need, error) {
	a, err := tx.area(county)
	if err != nil {
		return nil, err
	}
	return list(tx, func(n *session.Need) []any { return []any{&n.Region, &n.Waiting, &n.Due} }, `
		SELECT SUBSTR(region, 1, 9), COUNT(*), MIN(due)
		FROM application
		WHERE county = $1 AND state = 'accepted' AND region >= $2 AND region < $3
		GROUP BY SUBSTR(region, 1, 9)
		ORDER BY SUBSTR(region, 1, 9)`, a.county, a.from, a.to)
}
