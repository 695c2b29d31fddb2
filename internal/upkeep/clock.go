package upkeep

import (
	"context"
	"strings"
	"unicode/utf8"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/store"
)

// Clock is how the office's day stands against the last daily round.
type Clock struct {
	Today, Last day.Day // Last is "" before the first round
	Leap        job.Leap
}

// ReasonMost is how many characters may say why a clock is right.
const ReasonMost = 400

// TrustClock has the daily rounds go on from today, because somebody who looked says that the clock is right. Where nothing is in doubt it is refused.
func (d *Desk) TrustClock(ctx context.Context, by access.Actor, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := widest(tx, access.ClockTrust); err != nil {
			return err
		}
		c, err := clockOf(tx)
		switch {
		case err != nil:
			return err
		case c.Leap == job.Steady:
			return fault.New(fault.Refused, "clock.steady")
		}
		reason = strings.TrimSpace(reason)
		var p fault.Problems
		switch n := utf8.RuneCountInString(reason); {
		case n == 0:
			p.Add("reason", "clock.reason.missing")
		case n > ReasonMost:
			p.Add("reason", "clock.reason.long", ReasonMost)
		}
		if err := p.Fault(); err != nil {
			return err
		}
		return tx.TrustClock(reason)
	})
}

func clockOf(tx *store.Tx) (Clock, error) {
	last, err := tx.LastRound()
	return Clock{tx.Today(), last, job.LeapOf(last, tx.Today())}, err
}
