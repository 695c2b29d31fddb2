package renewing

import (
	"context"
	"fmt"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/lapse"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// roundAtOnce is how many reminders one transaction of the round makes or ends, so that no clerk waits behind it.
const roundAtOnce = 500

// Rounds is what a daily round did.
type Rounds struct{ Made, Ended int }

// RemindAll is the daily round of a place, "" for the whole country: it ends reminders from which nothing is awaited any more, then makes one for every
// certificate and step that is due. Both are read from the state of the day, never from a list of the day before; so days on which the program did not
// run are caught up, and a second round finds nothing. Nobody is reminded twice for one step (N39, N40).
func (d *Desk) RemindAll(ctx context.Context, by access.Actor, where region.Code) (Rounds, error) {
	var counties []region.Code
	var sum Rounds
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ReminderMake, where); err != nil {
			return err
		}
		var err error
		if where.Level() >= region.County {
			counties = []region.Code{where.County()}
			return nil
		}
		counties, err = tx.CountiesWithCertificates()
		return err
	})
	if err != nil {
		return sum, err
	}
	for _, c := range counties {
		if err := d.remindCounty(ctx, by, c, &sum); err != nil {
			return sum, fmt.Errorf("reminding in %s: %w", c, err)
		}
	}
	return sum, nil
}

// remindCounty is the round of one county, in many short transactions.
func (d *Desk) remindCounty(ctx context.Context, by access.Actor, county region.Code, sum *Rounds) error {
	for n := roundAtOnce; n == roundAtOnce; sum.Ended += n {
		var err error
		if n, err = d.endSome(ctx, by, county, ""); err != nil {
			return err
		}
	}
	if err := d.dropAnswered(ctx, by, county, ""); err != nil {
		return err
	}
	for n := roundAtOnce; n == roundAtOnce; sum.Made += n {
		var err error
		if n, err = d.remindSome(ctx, by, county); err != nil {
			return err
		}
	}
	return nil
}

// remindSome makes up to roundAtOnce reminders in one transaction.
func (d *Desk) remindSome(ctx context.Context, by access.Actor, county region.Code) (int, error) {
	made := 0
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		made = 0
		office, err := tx.Office(county)
		if err != nil {
			return err
		}
		var all []reminder.Reminder
		for _, w := range reminder.Windows(office.Today, reminder.Steps(office.Policy.List(policy.RemindMonths))) {
			due, err := tx.DueReminders(county, w, roundAtOnce-len(all))
			if err != nil {
				return err
			}
			for _, c := range due {
				all = append(all, reminder.Reminder{ID: reminder.ID(id.New()), Region: c.Region, Kind: reminder.Renew, Step: strconv.Itoa(w.Step),
					Person: c.Person, Certificate: c.Certificate, State: reminder.Made, Made: office.Today, Months: reminder.Left(office.Today, c.Expires),
					Due: c.Expires})
			}
			if len(all) == roundAtOnce {
				break
			}
		}
		if len(all) == 0 {
			return nil
		}
		if err := tx.NumberReminders(county, all); err != nil {
			return err
		}
		made = len(all)
		return tx.AddReminders(all)
	})
	return made, err
}

// EndReminders ends the reminders of one person at once, when a case was opened or the certificate left the hand, and takes the certificate of
// somebody who applied, died or left off the list of those to be cancelled (N40, N42).
func (d *Desk) EndReminders(ctx context.Context, by access.Actor, county region.Code, who person.ID) error {
	if err := by.May(access.ReminderEnd, county); err != nil {
		return err
	}
	if _, err := d.endSome(ctx, by, county, who); err != nil {
		return err
	}
	return d.dropAnswered(ctx, by, county, who)
}

// dropAnswered takes off the lists of those to be cancelled who came, and whose certificate has ended or left otherwise; who as AnsweredLapses has it.
func (d *Desk) dropAnswered(ctx context.Context, by access.Actor, county region.Code, who person.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, err := tx.AnsweredLapses(county, who)
		if err != nil {
			return err
		}
		for _, l := range all {
			p, err := lapsed(tx, access.LapseDrop, l.ID)
			if err != nil {
				return err
			}
			why := lang.T("lapse.came")
			if !p.held.State.Live() {
				why = lang.T("lapse.gone", lang.T(p.held.State.Word()))
			}
			if err := p.Take(lapse.Drop, tx.Today()); err != nil {
				return err
			}
			if err := p.save(tx, access.LapseDrop, why); err != nil {
				return err
			}
		}
		return nil
	})
}

// endSome ends up to roundAtOnce reminders in one transaction.
func (d *Desk) endSome(ctx context.Context, by access.Actor, county region.Code, who person.ID) (int, error) {
	n := 0
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, err := tx.EndedReminders(county, who, roundAtOnce)
		if err != nil {
			return err
		}
		n = len(all)
		for _, e := range all {
			state := reminder.Stopped
			if e.Came {
				state = reminder.Kept
			}
			if err := e.Reminder.End(state); err != nil {
				return err
			}
			if err := tx.SaveReminder(access.ReminderEnd, e.Reminder); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}
