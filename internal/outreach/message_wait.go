package outreach

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// waitingAtOnce is how many cards one transaction looks at: each has its own note in the course of its case.
const waitingAtOnce = 100

// TextWaiting reminds the holders of cards that have lain at their township for the days of policy, of a county or with "" everywhere, by a message where
// policy wants messages and the person has a mobile phone; whom no message reaches stays on the list of those to be reminded. It reads what is there, so
// days that were missed are caught up, and nobody is told twice within the days (M65).
func (d *Desk) TextWaiting(ctx context.Context, by access.Actor, where region.Code) (made int, err error) {
	counties, err := d.counties(ctx, by, where)
	if err != nil {
		return 0, err
	}
	for _, c := range counties {
		var after *application.Application
		for more := true; more; {
			n := 0
			err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
				n, after, err = remindSome(tx, c, after)
				return err
			})
			if err != nil {
				return made, err
			}
			made, more = made+n, after != nil
		}
	}
	return made, nil
}

// remindSome reminds the holders of some cards after one; last is nil when no more follow.
func remindSome(tx *store.Tx, county region.Code, after *application.Application) (made int, last *application.Application, err error) {
	all, err := tx.Handouts(store.HandoutFilter{Region: county, After: after, Limit: waitingAtOnce})
	if err != nil {
		return 0, nil, err
	}
	for _, p := range all {
		here, err := tx.Office(p.Case.Application.Region) // a township may have days of its own, and messages where the county has none
		if err != nil {
			return 0, nil, err
		}
		if !here.Policy.Is(policy.MessageOn) || !card.WaitsOn(here.Today, here.Calendar, here.Policy).Urges(p.Case.Application.Since, p.Card.Notified) {
			continue
		}
		ok, err := textWaiting(tx, p.Case.Application)
		if err != nil {
			return 0, nil, err
		}
		if ok {
			made++
		}
	}
	if len(all) == waitingAtOnce {
		last = &all[len(all)-1].Case.Application
	}
	return made, last, nil
}
