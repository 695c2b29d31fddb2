package assessing

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/reassessment"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Blind is a re-assessment as its doctors see it: it holds nothing of the case but whom they examine for what.
type Blind struct {
	reassessment.Reassessment
	Hospital org.Org
	Licensed []certificate.Category // what this doctor may assess of what is wanted
	Measure  assessment.Measure

	office application.Office
	doctor store.Doctor
}

// reassessmentsMost is the most re-assessments that a doctor's list shows.
const reassessmentsMost = 200

// Reassessments is those for which the actor is named, the waiting ones first.
func (d *Desk) Reassessments(ctx context.Context, by access.Actor) (out []reassessment.Reassessment, err error) {
	if err := by.May(access.ReassessmentRead, by.Region); err != nil {
		return nil, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = tx.MyReassessments("", reassessmentsMost)
		return err
	})
	return out, err
}

// Reassessment is one for which the actor is named.
func (d *Desk) Reassessment(ctx context.Context, by access.Actor, id reassessment.ID) (out Blind, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = blind(tx, access.ReassessmentRead, id)
		return err
	})
	return out, err
}

// blind reads a re-assessment for which the actor is named; to everybody else it does not exist, wherever they work.
func blind(tx *store.Tx, act access.Act, id reassessment.ID) (b Blind, err error) {
	if err := tx.By().May(act, tx.By().Region); err != nil {
		return b, err
	}
	if b.Reassessment, err = tx.MyReassessment(id); err != nil {
		return b, err
	}
	if b.office, err = tx.Office(b.Region); err != nil {
		return b, err
	}
	if b.Hospital, err = tx.Org(b.Reassessment.Hospital); err != nil {
		return b, err
	}
	if b.doctor, err = tx.Doctor(staff.ID(tx.By().Account)); err != nil {
		return b, err
	}
	for _, c := range b.Wanted {
		if slices.Contains(b.doctor.Categories, c) && slices.Contains(b.Hospital.Categories, c) {
			b.Licensed = append(b.Licensed, c)
		}
	}
	b.Measure = assessment.Measure{Age: b.Examinee.Birth.Age(max(b.Day, tx.Today())), Policy: b.office.Policy}
	return b, nil
}

// examining runs fn for a re-assessment that the actor may work on today, and saves what became of it: the papers hold (N19, N20), the person is no
// relative (N22), the day has come.
func (d *Desk) examining(ctx context.Context, by access.Actor, act access.Act, id reassessment.ID, fn func(*store.Tx, *Blind) error) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := blind(tx, act, id)
		if err != nil {
			return err
		}
		if b.doctor.Org != b.Hospital.ID {
			return fault.New(fault.Refused, "doctor.left")
		}
		if err := b.doctor.MayAssess(tx.Today()); err != nil {
			return err
		}
		r, err := tx.Related(staff.ID(by.Account), b.Examinee.Number)
		if err != nil {
			return err
		}
		if r != "" {
			return fault.New(fault.Refused, "relative.block", r)
		}
		if tx.Today() < b.Day {
			return fault.New(fault.Refused, "reassessment.day.early", b.Day)
		}
		if err := fn(tx, &b); err != nil {
			return err
		}
		return tx.SaveReassessment(act, b.Reassessment)
	})
}

// findings makes c the doctor's own, joined with what colleagues kept, and weighs it; it is refused when it was written beside a newer one.
func (b Blind) findings(tx *store.Tx, c assessment.Conclusion) (assessment.Conclusion, error) {
	if c.Version != 0 && c.Version != b.Version {
		return c, fault.New(fault.Stale, "assessment.stale")
	}
	by := tx.By()
	c.Doctor, c.First, c.Second, c.Findings = by.Account, by.Name, "", authored(tx, c.Findings)
	if c.On == "" {
		c.On = tx.Today()
	}
	var p fault.Problems
	if c.On < b.Day {
		p.Add("on", "assessment.day.early", b.Day)
	}
	if c.On > tx.Today() {
		p.Add("on", "assessment.day.future")
	}
	if err := p.Fault(); err != nil {
		return c, err
	}
	if err := c.CheckValues(); err != nil {
		return c, err
	}
	return c.Weigh(b.measure(c)), nil
}

func (b Blind) measure(c assessment.Conclusion) assessment.Measure {
	return assessment.Measure{Age: b.Examinee.Birth.Age(c.On), Policy: b.office.Policy}
}

// KeepReassessment keeps what one of the doctors found until somebody signs.
func (d *Desk) KeepReassessment(ctx context.Context, by access.Actor, id reassessment.ID, c assessment.Conclusion) error {
	return d.examining(ctx, by, access.ReassessmentKeep, id, func(tx *store.Tx, b *Blind) error {
		c, err := b.findings(tx, c)
		if err != nil {
			return err
		}
		if err := c.CheckFindings(b.Licensed); err != nil {
			return err
		}
		return b.Keep(c.Join(b.Conclusion.Findings))
	})
}

// SignReassessment is the first signature under what this doctor found and what colleagues kept; every wanted category must have been examined.
func (d *Desk) SignReassessment(ctx context.Context, by access.Actor, id reassessment.ID, c assessment.Conclusion) error {
	return d.examining(ctx, by, access.ReassessmentSign, id, func(tx *store.Tx, b *Blind) error {
		c, err := b.findings(tx, c)
		if err != nil {
			return err
		}
		kept := b.Conclusion.Findings
		whole := c.Join(kept)
		if err := whole.CheckFirst(answerable(c, kept, b.Licensed)); err != nil {
			return err
		}
		if lacking := whole.Lacking(b.Wanted); len(lacking) > 0 {
			return fault.New(fault.Refused, "assessment.lacking", words(lacking))
		}
		m := b.measure(whole)
		whole = whole.Weigh(m)
		if err := whole.CheckFirstWeight(m); err != nil {
			return err
		}
		return b.Sign(whole)
	})
}

// CountersignReassessment is another named doctor's signature under the findings of their categories.
func (d *Desk) CountersignReassessment(ctx context.Context, by access.Actor, id reassessment.ID) error {
	return d.examining(ctx, by, access.ReassessmentSign, id, func(tx *store.Tx, b *Blind) error {
		if err := b.Countersign(by.Account, by.Name, b.Licensed); err != nil {
			return err
		}
		return senior(tx, b.Hospital.ID, b.Conclusion, b.office.Policy)
	})
}

// ReturnReassessment gives a signed conclusion back to whoever found it, with a reason.
func (d *Desk) ReturnReassessment(ctx context.Context, by access.Actor, id reassessment.ID, reason string) error {
	return d.examining(ctx, by, access.ReassessmentSign, id, func(_ *store.Tx, b *Blind) error {
		return b.SendBack(by.Account, reason)
	})
}
