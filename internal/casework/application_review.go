package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/store"
)

// noteMost is the letters of a note that an officer leaves in the course.
const noteMost = 500

// ReviewApplication is the first officer's word that papers, conclusion and notice are in order; the note stands in the course.
func (d *Desk) ReviewApplication(ctx context.Context, by access.Actor, id application.ID, note string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationReview, id)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(a.Person); err != nil {
			return err
		}
		if err := a.Review(by.Account, a.office); err != nil {
			return err
		}
		if err := short("note", note); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationReview, strings.TrimSpace(note))
	})
}

// RereviewApplication is the city's word before the approval, where policy wants it of every case or of a more severe level.
func (d *Desk) RereviewApplication(ctx context.Context, by access.Actor, id application.ID, note string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRereview, id)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(a.Person); err != nil {
			return err
		}
		held, err := a.held(tx)
		if err != nil {
			return err
		}
		if err := a.Rereview(held, a.office); err != nil {
			return err
		}
		if err := short("note", note); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationRereview, strings.TrimSpace(note))
	})
}

// short refuses a text at a field that is too long for the course.
func short(field, text string) error {
	var p fault.Problems
	if len([]rune(text)) > noteMost {
		p.Add(field, "review.long", noteMost)
	}
	return p.Fault()
}
