package casework

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Colleague is somebody into whose hand a case can go.
type Colleague struct {
	ID   staff.ID
	Name string
	Role access.Role
}

// HandOverApplication puts a case into a colleague's hand, or into the actor's own; everybody's tray then shows who has it.
func (d *Desk) HandOverApplication(ctx context.Context, by access.Actor, id application.ID, to staff.ID, note string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationHandover, id)
		if err != nil {
			return err
		}
		note = strings.TrimSpace(note)
		if err := application.Brief("note", note); err != nil {
			return err
		}
		all, err := tx.Colleagues(a.Region, a.State.Stage().Turn)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(c staff.Account) bool { return c.ID == to })
		if i < 0 {
			return stranger()
		}
		if err := a.HandOver(by, all[i].Actor("")); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationHandover, passed(all[i].Name, note))
	})
}

// stranger refuses a colleague who cannot take the case.
func stranger() error {
	var p fault.Problems
	p.Add("to", "application.handover.to")
	return p.Fault()
}

// passed is what the timeline says of a hand-over.
func passed(name, note string) string {
	if note == "" {
		return "→ " + name
	}
	return "→ " + name + "：" + note
}

// Colleagues is everybody who can take the case as it stands now, the actor among them.
func (d *Desk) Colleagues(ctx context.Context, by access.Actor, id application.ID) ([]Colleague, error) {
	var out []Colleague
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationHandover, id)
		if err != nil {
			return err
		}
		out, err = colleagues(tx, a.Application)
		return err
	})
	return out, err
}
