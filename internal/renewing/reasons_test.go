package renewing_test

import (
	"fmt"
	"testing"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// letter puts a letter to renew to somebody of a village, as the round makes it.
func letter(t *testing.T, o *testbed.Office, p person.Person, step string, why reminder.Reason) reminder.ID {
	t.Helper()
	var id reminder.ID
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		all, err := tx.CertificatesOf(p.County(), p.ID)
		if err != nil {
			return err
		}
		r := []reminder.Reminder{{ID: reminder.ID(fmt.Sprintf("%s-%s", p.ID, step)), Region: p.Region, Kind: reminder.Renew, Step: step, Person: p.ID, Certificate: all[0].ID, State: reminder.Made, Made: o.Today()}}
		id = r[0].ID
		if err := tx.NumberReminders(p.County(), r); err != nil {
			return err
		}
		if err := tx.AddReminder(r[0]); err != nil {
			return err
		}
		if why == "" {
			return nil
		}
		r[0].Version = 1
		if err := r[0].Answer(why, "说明"); err != nil {
			return err
		}
		return tx.SaveReminder(access.ReminderAnswer, r[0])
	})
	return id
}

// TestReasonsAreCountedByPlaceAndEachFigureIsItsList is M9: everybody who is still awaited is counted once, under the reason that is known.
func TestReasonsAreCountedByPlaceAndEachFigureIsItsList(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Clerk)
		person := func() person.Person {
			p := o.Person(t)
			o.Certificate(t, p, day.Day("2020-09-01"))
			return p
		}
		away, again, silent, came := person(), person(), person(), person()
		letter(t, o, away, "6", reminder.Away)
		letter(t, o, again, "3", reminder.Bedridden) // known from the letter before
		letter(t, o, again, "6", "")
		letter(t, o, silent, "6", "")
		done := letter(t, o, came, "6", reminder.Refuses)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			r, err := tx.Reminder(done)
			if err != nil {
				return err
			}
			if err := r.End(reminder.Kept); err != nil {
				return err
			}
			return tx.SaveReminder(access.ReminderEnd, r)
		})
		want := map[reminder.Reason]int{reminder.Away: 1, reminder.Bedridden: 1, reminder.Unsaid: 1}
		for _, where := range []struct{ at, place region.Code }{{"", testbed.Township}, {testbed.Township, testbed.Village}} {
			got, err := desk.Reasons(t.Context(), clerk, where.at, "")
			if err != nil || len(got.Places) != 1 || got.Places[0].Code != where.place || got.Sum.Total != 3 || fmt.Sprint(got.Sum.Counts) != fmt.Sprint(want) {
				t.Fatalf("%s: %+v %v", where.at, got, err)
			}
			for why, n := range got.Places[0].Counts {
				l, err := desk.Reminders(t.Context(), clerk, renewing.Filter{Region: got.Places[0].Code, Kind: reminder.Renew, Reason: why, Open: true, Latest: true, Limit: 9})
				if err != nil || len(l.Reminders) != n {
					t.Errorf("%s: %d stand on the list, %d are counted: %v", why, len(l.Reminders), n, err)
				}
			}
		}
		if got, err := desk.Reasons(t.Context(), clerk, "", reminder.Review); err != nil || got.Sum.Total != 0 || len(got.Places) != 0 {
			t.Errorf("nobody was called to a review: %+v %v", got, err)
		}
	})
}
