package renewing

import (
	"context"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// MakeReminder makes a letter by hand: how to apply, for somebody who may be disabled and holds no certificate (N36); or a call to the review, for a
// holder whose condition is no longer what the certificate says (N41). Reminders of expiry are made by the round alone.
func (d *Desk) MakeReminder(ctx context.Context, by access.Actor, who person.ID, kind reminder.Kind) (reminder.ID, error) {
	made := reminder.ID(id.New())
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := tx.Person(who)
		if err != nil {
			return err
		}
		if err := by.May(access.ReminderMake, p.Region); err != nil {
			return err
		}
		held, err := inHand(tx, p)
		if err != nil {
			return err
		}
		r := reminder.Reminder{ID: made, Region: p.Region, Kind: kind, Step: string(tx.Today()), Person: who, State: reminder.Made, Made: tx.Today()}
		switch {
		case kind == reminder.Flow && held == "":
		case kind == reminder.Review && held != "":
			r.Certificate = held
		case kind == reminder.Flow:
			return fault.New(fault.Refused, "reminder.flow.holder")
		case kind == reminder.Review:
			return fault.New(fault.Refused, "reminder.review.nothing")
		default:
			return fault.New(fault.Refused, "reminder.kind.wrong")
		}
		if open, err := tx.OpenCase(p.County(), p.ID); err != nil || open != "" {
			return orRefused(err, "reminder.case.open")
		}
		all := []reminder.Reminder{r}
		if err := tx.NumberReminders(p.County(), all); err != nil {
			return err
		}
		return tx.AddReminder(all[0])
	})
	if err != nil {
		return "", err
	}
	return made, nil
}

func orRefused(err error, key string) error {
	if err != nil {
		return fmt.Errorf("looking for an open case: %w", err)
	}
	return fault.New(fault.Refused, key)
}

// inHand is the certificate that a person holds, "" for none.
func inHand(tx *store.Tx, p person.Person) (certificate.ID, error) {
	all, err := tx.CertificatesOf(p.County(), p.ID)
	for _, c := range all {
		if c.State == certificate.Valid {
			return c.ID, err
		}
	}
	return "", err
}
