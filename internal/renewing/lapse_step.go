package renewing

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/lapse"
	"hefa/internal/store"
)

// reasonMost is the letters of a reason.
const reasonMost = 500

// put is a lapse that was read, with its certificate.
type put struct {
	lapse.Lapse
	held certificate.Certificate
}

// lapsed reads a lapse and asks whether the actor may do act to it.
func lapsed(tx *store.Tx, act access.Act, of lapse.ID) (put, error) {
	l, err := tx.Lapse(of)
	if err != nil {
		return put{}, err
	}
	if err := tx.By().May(act, l.Region); err != nil {
		return put{}, err
	}
	c, err := tx.Certificate(l.Certificate)
	return put{l, c}, err
}

// ObjectLapse records what somebody says at the counter against a cancellation; it stops until that is decided.
func (d *Desk) ObjectLapse(ctx context.Context, by access.Actor, of lapse.ID, o announcement.Objection) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := lapsed(tx, access.LapseObject, of)
		if err != nil {
			return err
		}
		_, err = l.object(tx, o)
		return err
	})
}

// ObjectPosting takes an objection from the public page against the person in a row of a running list, and answers the number of its receipt.
func (d *Desk) ObjectPosting(ctx context.Context, by access.Actor, posting, row string, o announcement.Objection) (string, error) {
	var no string
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := running(tx, access.LapseObject, posting)
		if err != nil {
			return err
		}
		all, err := public(tx, p)
		if err != nil {
			return err
		}
		for _, r := range all {
			if rowKey(p.ID, r.Lapse.ID) == row {
				no, err = put{Lapse: r.Lapse, held: r.Certificate}.object(tx, o)
				return err
			}
		}
		o.Application = ""
		return o.Check()
	})
	return no, err
}

// object keeps the objection under a number of its own and stops the cancellation.
func (l put) object(tx *store.Tx, o announcement.Objection) (string, error) {
	o.ID, o.Region, o.Notice, o.Application, o.Day = id.New(), l.Region, announcement.ID(l.Posting), string(l.ID), tx.Today()
	o.Name, o.Phone, o.Text = strings.TrimSpace(o.Name), strings.TrimSpace(o.Phone), strings.TrimSpace(o.Text)
	if err := o.Check(); err != nil {
		return "", err
	}
	if l.State == lapse.Announced {
		if err := l.Take(lapse.Object, tx.Today()); err != nil {
			return "", err
		}
	} else if l.State != lapse.Disputed {
		return "", fault.New(fault.Refused, "lapse.step.wrong", l.State)
	}
	var err error
	if o.No, err = numbered(tx, l.County(), "objection", "Y"); err != nil {
		return "", err
	}
	if err := tx.AddLapseObjection(o); err != nil {
		return "", err
	}
	return o.No, tx.SaveLapse(access.LapseObject, l.Lapse)
}

// ResolveLapse decides every open objection to a cancellation at once: upheld takes the certificate off the list, it stays valid; otherwise the public
// notice goes on to its last day.
func (d *Desk) ResolveLapse(ctx context.Context, by access.Actor, of lapse.ID, step lapse.Step, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := lapsed(tx, access.LapseResolve, of)
		if err != nil {
			return err
		}
		var p fault.Problems
		if step != lapse.Uphold && step != lapse.Dismiss {
			p.Add("decision", "lapse.decision.missing")
		}
		if reason = reasoned(&p, reason); len(p) > 0 {
			return p.Fault()
		}
		if err := l.Take(step, tx.Today()); err != nil {
			return err
		}
		all, err := tx.LapseObjections(l.Lapse)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Decision != "" {
				continue
			}
			if o.Decision = "dismissed"; step == lapse.Uphold {
				o.Decision = "upheld"
			}
			o.Reason, o.Decided = reason, tx.Today()
			if err := tx.SaveLapseObjection(o); err != nil {
				return err
			}
		}
		return l.save(tx, access.LapseResolve, reason)
	})
}

// DropLapse takes a certificate off the list, because its holder came or the entry was wrong.
func (d *Desk) DropLapse(ctx context.Context, by access.Actor, of lapse.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := lapsed(tx, access.LapseDrop, of)
		if err != nil {
			return err
		}
		var p fault.Problems
		if reason = reasoned(&p, reason); len(p) > 0 {
			return p.Fault()
		}
		if err := l.Take(lapse.Drop, tx.Today()); err != nil {
			return err
		}
		return l.save(tx, access.LapseDrop, reason)
	})
}

// reasoned is the reason, with a problem when there is none.
func reasoned(p *fault.Problems, reason string) string {
	reason = strings.TrimSpace(reason)
	switch n := len([]rune(reason)); {
	case n == 0:
		p.Add("reason", "lapse.reason.missing")
	case n > reasonMost:
		p.Add("reason", "lapse.reason.long", reasonMost)
	}
	return reason
}

// save keeps the lapse; one that was dropped gives the certificate back as it was, unless that has ended or left otherwise.
func (l put) save(tx *store.Tx, act access.Act, reason string) error {
	if l.State == lapse.Dropped {
		l.Reason = reason
		if err := l.giveBack(tx, act); err != nil {
			return err
		}
	}
	return tx.SaveLapse(act, l.Lapse)
}

// giveBack takes the certificate off the list.
func (l put) giveBack(tx *store.Tx, act access.Act) error {
	if l.held.State != certificate.Announced {
		return nil
	}
	moves, err := tx.DeparturesOf(l.held)
	if err != nil {
		return err
	}
	if err := lapse.GiveBack(&l.held, moves, tx.Today()); err != nil {
		return err
	}
	return tx.SaveCertificate(act, l.held)
}

// LapseOutcome is how one cancellation of several fared; Err is nil when it was done and a fault that a clerk may read when not.
type LapseOutcome struct {
	Name string
	Err  error
}

// CancelLapses cancels several certificates whose public notice has run without objection, each by itself: what cannot be cancelled is told with its
// reason and leaves the others untouched (N42). It fails as a whole only for a defect or when one lies outside the actor's region or role.
func (d *Desk) CancelLapses(ctx context.Context, by access.Actor, ids []lapse.ID) ([]LapseOutcome, error) {
	if len(ids) == 0 {
		var p fault.Problems
		p.Add("ids", "lapse.people.missing")
		return nil, p.Fault()
	}
	var out []LapseOutcome
	for _, of := range ids {
		o := LapseOutcome{}
		err := d.db.Update(ctx, by, func(tx *store.Tx) error {
			l, err := lapsed(tx, access.LapseCancel, of)
			if err != nil {
				return err
			}
			p, err := tx.Person(l.Person)
			if err != nil {
				return err
			}
			o.Name = p.Name
			return l.cancel(tx)
		})
		if err != nil && fault.Of(err) != fault.Refused {
			return out, err
		}
		o.Err = err
		out = append(out, o)
	}
	return out, nil
}

// cancel ends the certificate; nothing more is awaited of its letters.
func (l put) cancel(tx *store.Tx) error {
	today := tx.Today()
	if err := l.Take(lapse.Cancel, today); err != nil {
		return err
	}
	open, err := tx.OpenCase(l.County(), l.Person)
	if err != nil {
		return err
	}
	if open != "" {
		return fault.New(fault.Refused, "lapse.case.open")
	}
	if err := l.held.End(certificate.Unrenewed, today); err != nil {
		return err
	}
	if err := tx.SaveCertificate(access.LapseCancel, l.held); err != nil {
		return err
	}
	if err := tx.SaveLapse(access.LapseCancel, l.Lapse); err != nil {
		return err
	}
	return tx.Enqueue(job.EndReminders{County: string(l.County()), Person: string(l.Person)})
}
