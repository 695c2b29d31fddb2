package registry

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/correction"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// CorrectionFilter narrows a list of corrections; empty fields do not.
type CorrectionFilter = store.CorrectionFilter

// CorrectionList is one page of corrected identity numbers, the newest first.
type CorrectionList struct {
	Corrections []store.Corrected
	Places      map[region.Code]string
	Next        string // what After is for the next page, "" on the last
}

// Corrections is the identity numbers that were to be corrected in an area of one county.
func (d *Desk) Corrections(ctx context.Context, by access.Actor, f CorrectionFilter) (l CorrectionList, err error) {
	if f.Region, err = by.Scope(access.CorrectionRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.CorrectionsIn(f)
		if err != nil {
			return err
		}
		l.Corrections = all[:min(len(all), limit)]
		if len(all) > limit {
			l.Next = l.Corrections[limit-1].ID
		}
		var codes []region.Code
		for _, x := range l.Corrections {
			codes = append(codes, x.Region)
		}
		l.Places, err = names(tx, codes)
		return err
	})
	return l, err
}

// CorrectionFile is a person with the corrections of their number and what the reader may do now.
type CorrectionFile struct {
	person.Person
	Place       string
	Corrections []correction.Correction // the newest first
	Formers     []store.Former          // the numbers before, the newest first
	Holders     []Earlier               // who had the number before it was found to be this person's
	CanAsk      bool
	CanJudge    bool
	CanApart    bool
}

// Waiting is the correction that waits for a decision, nil when none does.
func (f CorrectionFile) Waiting() *correction.Correction {
	if len(f.Corrections) == 0 || f.Corrections[0].State != correction.Asked {
		return nil
	}
	return &f.Corrections[0]
}

// Correction is the corrections of a person's identity number.
func (d *Desk) Correction(ctx context.Context, by access.Actor, of person.ID) (f CorrectionFile, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if f.Person, err = load(tx, access.CorrectionRead, of); err != nil {
			return err
		}
		if f.Corrections, err = tx.Corrections(f.Person); err != nil {
			return err
		}
		if f.Formers, err = tx.FormersOf(f.Person); err != nil {
			return err
		}
		if f.Holders, err = holders(tx, f.Person); err != nil {
			return err
		}
		w := f.Waiting()
		f.CanApart = by.Can(access.CorrectionApart)
		f.CanAsk = w == nil && by.Can(access.CorrectionAsk)
		f.CanJudge = w != nil && w.Author != by.Account && by.Can(access.CorrectionJudge)
		f.Place, err = place(tx, f.Person.Region)
		return err
	})
	return f, err
}

// AskCorrection states the right identity number of a person: Person, Number, Cause, Reason and Evidence of x.
func (d *Desk) AskCorrection(ctx context.Context, by access.Actor, x correction.Correction) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.CorrectionAsk, x.Person)
		if err != nil {
			return err
		}
		x.ID, x.Region, x.Was, x.State = id.New(), p.Region, p.Number, correction.Asked
		x.Author, x.AuthorName, x.On = by.Account, by.Name, tx.Today()
		if err := x.Check(); err != nil {
			return err
		}
		if err := free(tx, p, x.Number); err != nil {
			return err
		}
		return tx.AddCorrection(x)
	})
}

// free refuses a number that somebody else has, saying who as far as the actor may know, and one that makes its holder a minor for whom nobody speaks.
func free(tx *store.Tx, p person.Person, n person.Number) error {
	var problems fault.Problems
	if home, own, err := tx.Identity(p.Number); err != nil {
		return err
	} else if home != p.County() || own != p.ID { // moved away, or registered elsewhere: it is corrected where the number leads
		problems.Add("number", "correction.home")
		return problems.Fault()
	}
	county, who, err := tx.Identity(n)
	if err != nil {
		return err
	}
	switch {
	case who == "":
		if f, err := tx.Former(n); err != nil {
			return err
		} else if f != nil && f.Person != p.ID {
			err := tx.Renumbered("number", n)
			if problems = fault.Fields(err); err != nil && len(problems) == 0 {
				return err
			}
		}
	case !tx.By().Region.Contains(county):
		problems.Add("number", "correction.elsewhere")
	default:
		other, err := tx.Person(who)
		if err != nil {
			return err
		}
		where, err := place(tx, other.Region)
		if err != nil {
			return err
		}
		problems.Add("number", "correction.taken", other.Name, where)
	}
	office, err := tx.Office(p.Region)
	if err != nil {
		return err
	}
	if office.Minor(n.Birth()) && p.Guardian.Name == "" {
		problems.Add("number", "correction.guardian")
	}
	return problems.Fault()
}

// JudgeCorrection grants or denies the correction of a person's number that somebody else asked for; granted, the number is theirs from now on, with the sex
// and the day of birth that it tells.
func (d *Desk) JudgeCorrection(ctx context.Context, by access.Actor, of person.ID, v correction.Verdict) error {
	v.Account, v.Name = by.Account, by.Name
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.CorrectionJudge, of)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(p.ID); err != nil {
			return err
		}
		all, err := tx.Corrections(p)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fault.New(fault.Refused, "correction.decided")
		}
		x := all[0]
		if err := x.Decide(v, tx.Today()); err != nil {
			return err
		}
		if err := tx.SaveCorrection(x); err != nil || !v.Grant {
			return err
		}
		if p.Number != x.Was {
			return fault.New(fault.Stale, "record.stale")
		}
		if r, err := tx.Related(staff.ID(by.Account), x.Number); err != nil {
			return err
		} else if r != "" {
			return fault.New(fault.Refused, "relative.block", r)
		}
		err = free(tx, p, x.Number)
		if wrong := fault.Fields(err); len(wrong) > 0 {
			return fault.New(fault.Refused, wrong[0].Key, wrong[0].Args...)
		}
		if err != nil {
			return err
		}
		return tx.RenumberPerson(p, x)
	})
}

// Misfits is the certificates in hand or in the making that bear another identity number than their holder.
func (f File) Misfits() (held, making []certificate.Certificate) {
	for _, c := range f.Certificates {
		switch {
		case c.Number.Person() == f.Number:
		case c.State == certificate.Pending:
			making = append(making, c)
		case c.State.Live():
			held = append(held, c)
		}
	}
	return held, making
}
