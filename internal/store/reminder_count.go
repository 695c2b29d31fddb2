package store

import (
	"hefa/internal/region"
	"hefa/internal/reminder"
)

// latest is the condition that r is the latest letter of its kind about its certificate to its person: of several the last one is watched.
const latest = `NOT EXISTS (
	SELECT 1
	FROM reminder n
	WHERE n.county = r.county AND n.person = r.person AND n.kind = r.kind AND n.certificate = r.certificate AND n.id > r.id)`

// ReminderLoad is what waits of the reminders of a place, each figure up to most.
type ReminderLoad struct{ Made, Sent, Overdue int }

// ReminderLoad counts what is to be handed over, whose slip is awaited, and whose last day has passed, each up to most, so that a tray of any size
// answers at once.
func (tx *Tx) ReminderLoad(where region.Code, most int) (ReminderLoad, error) {
	a, err := tx.area(where)
	if err != nil {
		return ReminderLoad{}, err
	}
	return one(tx, func(l *ReminderLoad) []any { return []any{&l.Made, &l.Sent, &l.Overdue} }, `
		SELECT
			(SELECT COUNT(*) FROM (SELECT 1 FROM reminder
				WHERE county = $1 AND state = 'made' AND region >= $2 AND region < $3 LIMIT $4) made),
			(SELECT COUNT(*) FROM (SELECT 1 FROM reminder
				WHERE county = $1 AND state = 'sent' AND region >= $2 AND region < $3 LIMIT $4) sent),
			(SELECT COUNT(*) FROM (SELECT 1 FROM reminder r
				WHERE county = $1 AND state IN ('made', 'sent', 'received') AND region >= $2 AND region < $3 AND due < $5 AND `+latest+` LIMIT $4) overdue)`,
		a.county, a.from, a.to, most, string(tx.Today()))
}

// Standing is how many reminders of a village stand in each state, for the worker who answers for it.
type Standing struct {
	Village                                                region.Code
	Made, Sent, Received, Promised, Overdue, Kept, Stopped int
}

// Standings is the figures of each village of the area, by code; kind narrows to one letter, "" does not. What is overdue is counted once a
// certificate, as the list shows it.
func (tx *Tx) Standings(where region.Code, kind reminder.Kind) ([]Standing, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	return list(tx, func(s *Standing) []any {
		return []any{&s.Village, &s.Made, &s.Sent, &s.Received, &s.Promised, &s.Overdue, &s.Kept, &s.Stopped}
	}, `
		SELECT r.region, COUNT(*) FILTER (WHERE state = 'made'), COUNT(*) FILTER (WHERE state = 'sent'), COUNT(*) FILTER (WHERE state = 'received'),
			COUNT(*) FILTER (WHERE promised <> '' AND state = 'received'),
			COUNT(*) FILTER (WHERE state IN ('made', 'sent', 'received') AND due < $1 AND `+latest+`),
			COUNT(*) FILTER (WHERE state = 'kept'), COUNT(*) FILTER (WHERE state = 'stopped')
		FROM reminder r
		WHERE county = $2 AND region >= $3 AND region < $4 AND ($5 = '' OR kind = $5)
		GROUP BY r.region
		ORDER BY r.region
		LIMIT 1000`, string(tx.Today()), a.county, a.from, a.to, string(kind))
}

// ReasonCount is how many people of a place who are still awaited do not come for a reason; "" is that nobody knows one.
type ReasonCount struct {
	Place  region.Code
	Reason reminder.Reason
	Count  int
}

// ReasonCounts counts the latest open letters of a kind, or of every kind when it is "", by reason, for each township of a county, for each village of a township.
func (tx *Tx) ReasonCounts(where region.Code, kind reminder.Kind) ([]ReasonCount, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	length := 9
	if where.Level() >= region.Township {
		length = 12
	}
	return list(tx, func(c *ReasonCount) []any { return []any{&c.Place, &c.Reason, &c.Count} }, `
		SELECT x.place, x.why, COUNT(*)
		FROM (
			SELECT SUBSTR(r.region, 1, $5) AS place, `+why+` AS why
			FROM reminder r
			WHERE r.county = $1 AND r.region >= $2 AND r.region < $3 AND ($4 = '' OR r.kind = $4) AND r.state IN ('made', 'sent', 'received') AND `+latest+`) x
		GROUP BY x.place, x.why
		ORDER BY x.place, x.why`, a.county, a.from, a.to, string(kind), length)
}
