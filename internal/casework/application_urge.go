package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// UrgeApplication asks whoever's turn it is to hurry: the case stands out in their tray until it moves, and the note stays in its course.
func (d *Desk) UrgeApplication(ctx context.Context, by access.Actor, id application.ID, note string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationUrge, id)
		if err != nil {
			return err
		}
		note = strings.TrimSpace(note)
		if err := application.Brief("note", note); err != nil {
			return err
		}
		if err := a.Urge(a.office); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationUrge, note)
	})
}
