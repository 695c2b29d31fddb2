package assessing

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Summons is the notice of one person when and where to come.
func (d *Desk) Summons(ctx context.Context, by access.Actor, id application.ID) (paper.Letter, error) {
	var out paper.Summons
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		if a.State != application.Scheduled {
			return fault.New(fault.Refused, "letter.none")
		}
		day, err := sessionDay(tx, session.ID(a.Session))
		if err != nil {
			return err
		}
		out, err = summonsOf(tx, day, slices.DeleteFunc(day.Expected(), func(c Case) bool { return c.Application.ID != id }))
		return err
	})
	return out, err
}
