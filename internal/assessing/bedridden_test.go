package assessing_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/attempt"
	"hefa/internal/certificate"
	"hefa/internal/id"
	"hefa/internal/pathway"
	"hefa/internal/reminder"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestWhoIsMarkedBedriddenIsProposedAVisit: those who went there say so on a letter or after an attempt; the list of ways counts them until they apply, and their
// case begins with it (M29).
func TestWhoIsMarkedBedriddenIsProposedAVisit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		by := testbed.As(access.Township)
		proposed := func(of string, want pathway.Path) {
			t.Helper()
			a := c.wants(t, "1961-05-04", certificate.Physical)
			c.Update(t, access.Township, func(tx *store.Tx) error {
				x, err := tx.Application(a)
				if err != nil {
					return err
				}
				p, err := tx.Person(x.Person)
				if err != nil {
					return err
				}
				switch of {
				case "attempt":
					return tx.AddAttempt(attempt.Attempt{ID: id.New(), Region: p.Region, Person: p.ID, Day: c.Today(), Way: attempt.Visit, Result: attempt.Result(reminder.Bedridden)}, p)
				case "letter", "agreed":
					if of == "agreed" {
						x := attempt.Attempt{ID: id.New(), Region: p.Region, Person: p.ID, Day: c.Today(), Way: attempt.Visit, Result: attempt.Agreed}
						if err := tx.AddAttempt(x, p); err != nil {
							return err
						}
					}
					all := []reminder.Reminder{{ID: reminder.ID(id.New()), Region: p.Region, Kind: reminder.Flow, Step: string(c.Today()), Person: p.ID, State: reminder.Made, Made: c.Today()}}
					if err := tx.NumberReminders(p.County(), all); err != nil {
						return err
					}
					if err := tx.AddReminder(all[0]); err != nil {
						return err
					}
					all[0].Version = 1
					if err := all[0].Answer(reminder.Bedridden, ""); err != nil {
						return err
					}
					return tx.SaveReminder(access.ReminderAnswer, all[0])
				}
				return nil
			})
			w, err := c.Pathway(t.Context(), by, a)
			if err != nil || w.Proposed.Path != want || w.Way.Facts.Immobile != (want == pathway.Home) {
				t.Errorf("%q: %s is proposed: %v", of, w.Proposed.Path, err)
			}
		}
		usual := func() pathway.Path {
			w, err := c.Pathway(t.Context(), by, c.wants(t, "1961-05-04", certificate.Physical))
			if err != nil {
				t.Fatal(err)
			}
			return w.Proposed.Path
		}()
		proposed("", usual)
		proposed("attempt", pathway.Home)
		proposed("letter", pathway.Home)
		proposed("agreed", pathway.Home)
		l, err := c.Pathways(t.Context(), by, assessing.PathwayFilter{Limit: 9})
		if err != nil || l.Bedridden != 2 {
			t.Errorf("%d are marked: %v", l.Bedridden, err)
		}
	})
}
