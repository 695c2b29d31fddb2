package fieldwork

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/attempt"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/store"
)

// Mobilising is every time that somebody tried to win a person over, with what a statement of giving up still wants.
type Mobilising struct {
	Person   person.Person
	Attempts []attempt.Attempt  // the first first
	Visits   int                // days on which somebody went to their home
	Wanted   int                // of these before a statement is printed, by policy
	Helpers  []household.Helper // who helps the household now, to be ticked; only for who may read households
	Today    day.Day
	CanAdd   bool
}

// Attempts is what was tried with a person (N37).
func (d *Desk) Attempts(ctx context.Context, by access.Actor, of person.ID) (m Mobilising, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if m.Person, err = tx.Person(of); err != nil {
			return err
		}
		if err := by.May(access.ReminderRead, m.Person.Region); err != nil {
			return err
		}
		m.Today, m.CanAdd = tx.Today(), by.Can(access.ReminderUrge)
		if m.Attempts, m.Wanted, err = visits(tx, m.Person); err != nil {
			return err
		}
		m.Visits = len(attempt.Visits(m.Attempts, m.Today))
		if m.CanAdd && by.Can(access.HouseholdRead) {
			m.Helpers, err = helping(tx, m.Person)
		}
		return err
	})
	return m, err
}

// visits is what was tried with a person, and how many visits a statement of giving up wants.
func visits(tx *store.Tx, p person.Person) ([]attempt.Attempt, int, error) {
	office, err := tx.Office(p.Region)
	if err != nil {
		return nil, 0, err
	}
	all, err := tx.Attempts(p)
	return all, office.Policy.Count(policy.WaiverVisits), err
}

// helping is who helps a person's household now.
func helping(tx *store.Tx, p person.Person) (out []household.Helper, err error) {
	life, err := tx.Life(p)
	if err != nil || life.Household == "" {
		return nil, err
	}
	all, err := tx.HelpersOf(p.County(), life.Household)
	for _, h := range all {
		if h.Open() {
			out = append(out, h)
		}
	}
	return out, err
}

// mobilised refuses a statement of giving up of somebody to whose home nobody went as often as the plan wants (N37, attachment 4).
func mobilised(tx *store.Tx, p person.Person) error {
	all, wanted, err := visits(tx, p)
	if err != nil {
		return err
	}
	if n := len(attempt.Visits(all, tx.Today())); n < wanted {
		return fault.New(fault.Refused, "attempt.few", p.Name, wanted, n, wanted-n)
	}
	return nil
}

// RecordAttempt keeps that somebody tried to win a person over (N37). It is an urging of every letter from which something is still awaited of the person, and
// tells it why the person does not come.
func (d *Desk) RecordAttempt(ctx context.Context, by access.Actor, a attempt.Attempt) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := tx.Person(a.Person)
		if err != nil {
			return err
		}
		if err := by.May(access.ReminderUrge, p.Region); err != nil {
			return err
		}
		if err := a.Check(tx.Today()); err != nil {
			return err
		}
		a.ID, a.Region, a.Author = id.New(), p.Region, by.Name
		if err := tx.AddAttempt(a, p); err != nil {
			return err
		}
		letters, err := tx.RemindersOf(p.County(), p.ID)
		if err != nil {
			return err
		}
		for _, r := range letters {
			if !r.Urge(a.Day, a.Result.Reason(), a.Note) {
				continue
			}
			if err := tx.SaveReminder(access.ReminderUrge, r); err != nil {
				return err
			}
		}
		return nil
	})
}
