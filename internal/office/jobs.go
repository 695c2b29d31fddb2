package office

import (
	"context"
	"errors"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/store"
)

// NextJobs takes up to limit jobs of the kinds that are due and holds each for lease; only the program itself does work that was left for later.
func (d *Desk) NextJobs(ctx context.Context, by access.Actor, kinds []string, limit int) ([]job.Row, error) {
	if err := itself(by); err != nil {
		return nil, err
	}
	if idle, err := d.db.Idle(ctx); err != nil || idle {
		return nil, err
	}
	return d.db.Claim(ctx, kinds, limit, job.Lease)
}

// HoldJob keeps a job that is still being done.
func (d *Desk) HoldJob(ctx context.Context, by access.Actor, r job.Row) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.Hold(ctx, r, job.Lease)
}

// FinishJob ends a job; one that failed is tried again later.
func (d *Desk) FinishJob(ctx context.Context, by access.Actor, r job.Row, failed error) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.Finish(ctx, r, failed)
}

// ReleaseJob gives a job back because the program stops.
func (d *Desk) ReleaseJob(ctx context.Context, by access.Actor, r job.Row) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.Release(ctx, r)
}

// doneKept is how long jobs that were done stay for an operator to see.
const doneKept = 7 * 24 * time.Hour

// DailyRound leaves the work of a new day: the backup and what died though a record waits for it, and unless the clock has leapt, what is due by the calendar. With a clock in doubt letters would
// go out a year too early and notices come down before their time, so that waits, refused, until the clock is right again or an administrator says that it
// is (upkeep.TrustClock). A demonstration's day, moved on purpose, is never in doubt, nor does it count for the days after.
func (d *Desk) DailyRound(ctx context.Context, by access.Actor, moved bool) error {
	if err := itself(by); err != nil {
		return err
	}
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		return errors.Join(tx.ReviveJobs(job.Owed), tx.Enqueue(job.TakeBackup{Day: string(tx.Today())}))
	})
	if err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		last, err := tx.LastRound()
		if err != nil {
			return err
		}
		switch leap := job.LeapOf(last, tx.Today()); {
		case moved:
		case leap == job.Back:
			return fault.New(fault.Refused, "clock.back", string(tx.Today()), string(last))
		case leap == job.Ahead:
			return fault.New(fault.Refused, "clock.leap", string(tx.Today()), string(last), tx.Today().Sub(last))
		}
		if err := tx.ForgetJobs(tx.Now().Add(-doneKept)); err != nil {
			return err
		}
		if err := tx.Enqueue(job.CloseNotices{Day: string(tx.Today())}); err != nil {
			return err
		}
		if err := tx.Enqueue(job.RemindAll{Day: string(tx.Today())}); err != nil {
			return err
		}
		if err := tx.Enqueue(job.CheckFixity{Day: string(tx.Today())}); err != nil {
			return err
		}
		if moved {
			return nil
		}
		return tx.BeginRound()
	})
}

// LeaveMessages leaves the text messages beside the letters of a round that has ended.
func (d *Desk) LeaveMessages(ctx context.Context, by access.Actor) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.Enqueue(job.TextReminders{Day: string(tx.Today())}) })
}

// Work is signalled when somebody in this process left a job.
func (d *Desk) Work() <-chan struct{} { return d.db.Wake() }

// Today is the office's day, by which the worker knows a new one.
func (d *Desk) Today() day.Day { return day.Of(d.db.Now(), day.Beijing) }

func itself(by access.Actor) error {
	if by.Role != access.System {
		return fault.New(fault.Missing, "record.missing")
	}
	return nil
}

// Acting is the officer of a sign-in name, for work on the command line in that officer's name.
func (d *Desk) Acting(ctx context.Context, by access.Actor, login string) (who access.Actor, err error) {
	if err := itself(by); err != nil {
		return who, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := tx.AccountByLogin(login)
		if fault.Of(err) == fault.Missing || a.Disabled {
			return fault.New(fault.Missing, "office.login.unknown", login)
		}
		who = a.Actor("")
		return err
	})
	return who, err
}
