package store

import (
	"fmt"
	"strings"

	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/region"
)

// StackFilter is which part of the work in one state is asked for. Handler leaves out what is in other hands; After is the last case of the page before.
type StackFilter struct {
	Region  region.Code
	State   application.State
	Handler string
	After   *application.Application
	Limit   int
}

// Stack is the work that fits, the most urgent first.
func (tx *Tx) Stack(f StackFilter) ([]Case, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, id := "", ""
	if f.After != nil {
		from, id = stored(f.After.Due), string(f.After.ID)
	}
	town, args := a.town(`a.region`, []any{a.county, string(f.State), from, from, id, a.from, a.to, f.Handler, f.Limit})
	return list(tx, tx.scanLine, `
		SELECT `+applicationColumns+`, `+lineColumns+`
		FROM application a
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE a.county = $1 AND a.state = $2 AND a.due >= $3 AND (a.due > $4 OR a.id > $5) AND a.region >= $6 AND a.region < $7
			AND ($8 = '' OR a.handler = '' OR a.handler = $8) AND `+town+`
		ORDER BY a.due, a.id
		LIMIT $9`, args...)
}

// Urgency is how many cases of a state are late and how many soon will be.
type Urgency struct{ Late, Soon int }

// Urgencies counts the late cases of each state, and those that are due up to soon, each up to most, so that a tray of any size answers at once.
func (tx *Tx) Urgencies(where region.Code, states []application.State, soon day.Day, most int) (map[application.State]Urgency, error) {
	a, err := tx.area(where)
	if err != nil || len(states) == 0 {
		return nil, err
	}
	town, args := a.town(`region`, []any{a.county, string(tx.Today()), string(soon), a.from, a.to, most})
	var parts []string
	for _, s := range states {
		args = append(args, string(s))
		parts = append(parts, strings.NewReplacer("$n", fmt.Sprintf("$%d", len(args)), "$town", town).Replace(`
			SELECT CAST($n AS TEXT),
				(SELECT COUNT(*) FROM (SELECT 1 FROM application
					WHERE county = $1 AND state = $n AND due < $2 AND region >= $4 AND region < $5 AND $town LIMIT $6) late),
				(SELECT COUNT(*) FROM (SELECT 1 FROM application
					WHERE county = $1 AND state = $n AND due >= $2 AND due <= $3 AND region >= $4 AND region < $5 AND $town LIMIT $6) soon)`))
	}
	type row struct {
		state application.State
		u     Urgency
	}
	rows, err := list(tx, func(r *row) []any { return []any{&r.state, &r.u.Late, &r.u.Soon} }, strings.Join(parts, " UNION ALL "), args...)
	out := map[application.State]Urgency{}
	for _, r := range rows {
		out[r.state] = r.u
	}
	return out, err
}

// Load is how many cases of one county stand in a state.
type Load struct {
	County region.Code
	State  application.State
	Count  int
}

// Loads is the open and closed cases of every county of the actor's region, by county.
func (tx *Tx) Loads() ([]Load, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(l *Load) []any { return []any{&l.County, &l.State, &l.Count} }, `
		SELECT county, state, CAST(SUM(n) AS BIGINT)
		FROM tally
		WHERE county >= $1 AND county < $2
		GROUP BY county, state
		ORDER BY county, state`, from, to)
}
