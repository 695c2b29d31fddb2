package renewing

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// TellLapsed makes the call to the review for everybody of a township or village whose certificate ran out and to whom no letter was ever made: those who
// lapsed before the program was there, whom no round reminded (N41, N42). It is done in many short transactions and may be asked for again: nobody gets
// two. It returns how many letters were made.
func (d *Desk) TellLapsed(ctx context.Context, by access.Actor, where region.Code) (int, error) {
	sum := 0
	for n := roundAtOnce; n == roundAtOnce; sum += n {
		err := d.db.Update(ctx, by, func(tx *store.Tx) error {
			var err error
			n, err = tellSome(tx, where)
			return err
		})
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// tellSome makes up to roundAtOnce letters.
func tellSome(tx *store.Tx, where region.Code) (int, error) {
	where, err := tx.By().Scope(access.ReminderMake, where)
	if err != nil {
		return 0, err
	}
	if where.Level() < region.Township {
		return 0, fault.New(fault.Refused, "lapse.new.choose")
	}
	office, err := tx.Office(where)
	if err != nil {
		return 0, err
	}
	late, err := tx.LapseCandidates(store.LapsingFilter{Region: where, Before: office.Today.Add(-office.Policy.Count(policy.LapseGrace)), Letters: store.LettersNone, Limit: roundAtOnce})
	if err != nil {
		return 0, err
	}
	var all []reminder.Reminder
	for _, c := range late {
		all = append(all, reminder.Reminder{ID: reminder.ID(id.New()), Region: c.Person.Region, Kind: reminder.Review, Step: string(office.Today), Person: c.Person.ID,
			Certificate: c.Certificate.ID, State: reminder.Made, Made: office.Today})
	}
	if err := tx.NumberReminders(where.County(), all); err != nil || len(all) == 0 {
		return 0, err
	}
	return len(all), tx.AddReminders(all)
}
