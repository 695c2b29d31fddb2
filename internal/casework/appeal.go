package casework

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Appeals is the appeals about one case, with what can be done next.
type Appeals struct {
	Case    store.Case
	Before  appeal.Before // with every appeal about the case
	Today   day.Day
	CanFile bool  // one can be filed by the actor, as far as it is in time
	CanRule bool  // the actor admits and concludes
	Refused error // why none can be filed now

	Runs      []Run // the examinations that were ordered, the oldest first; only for those who rule
	Unordered error // why none can be ordered now
}

// Appeals is the appeals about a case.
func (d *Desk) Appeals(ctx context.Context, by access.Actor, of application.ID) (out Appeals, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		l, err := load(tx, access.AppealRead, of)
		if err != nil {
			return err
		}
		if out.Before, err = before(tx, l); err != nil {
			return err
		}
		if out.Case.Person, err = tx.Person(l.Person); err != nil {
			return err
		}
		out.Case.Application, out.Today = l.Application, tx.Today()
		out.CanFile, out.CanRule = by.Can(access.AppealFile), by.Can(access.AppealConclude)
		if out.Refused = l.Disputable(); out.Refused == nil {
			_, out.Refused = out.Before.Next(out.Today)
		}
		if out.CanRule {
			return out.runs(tx, l)
		}
		return nil
	})
	return out, err
}

// before is what was there before an appeal about the case.
func before(tx *store.Tx, l loaded) (b appeal.Before, err error) {
	b.Result = appeal.Result{Category: l.Category, Level: l.Level}
	b.Learned = l.Assessed
	if l.State == application.Refused {
		b.Learned = l.Since
	}
	if b.Earlier, err = tx.AppealsOf(l.Application); err != nil {
		return b, err
	}
	for _, e := range b.Earlier {
		if e.State == appeal.Upheld || e.State == appeal.Changed {
			b.Learned = max(b.Learned, e.Decided)
		}
	}
	if b.Learned != "" {
		b.Last = l.office.Calendar.After(b.Learned, l.office.Policy.Count(policy.AppealDays))
	}
	all, err := tx.Assessments(l.Application)
	if err != nil {
		return b, err
	}
	for _, c := range all {
		b.Signed = append(b.Signed, c.First, c.Second)
	}
	if l.Session != "" {
		s, err := tx.Session(session.ID(l.Session))
		if err != nil {
			return b, err
		}
		o, err := tx.Org(org.ID(s.Hospital))
		if err != nil {
			return b, err
		}
		b.Hospital = o.Name
	}
	return b, nil
}

// FileAppeal takes an appeal against the result of a case within its days: to the city, and after its conclusion to the province. While it is open the
// case is not decided.
func (d *Desk) FileAppeal(ctx context.Context, by access.Actor, of application.ID, reason string) (appeal.ID, error) {
	a := appeal.Appeal{ID: appeal.ID(id.New()), Application: string(of), Reason: reason}
	return a.ID, d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := load(tx, access.AppealFile, of)
		if err != nil {
			return err
		}
		if err := l.Disputable(); err != nil {
			return err
		}
		b, err := before(tx, l)
		if err != nil {
			return err
		}
		a.Region = l.Region
		if err := a.File(b, tx.Today()); err != nil {
			return err
		}
		if a.No, err = yearly(tx, l.County(), "appeal", "S"); err != nil {
			return err
		}
		return tx.AddAppeal(access.AppealFile, a)
	})
}

// ruling runs fn for an open appeal with its case and what was before.
func (d *Desk) ruling(ctx context.Context, by access.Actor, act access.Act, of appeal.ID, fn func(*store.Tx, *appeal.Appeal, loaded, appeal.Before) error) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := tx.Appeal(of)
		if err != nil {
			return err
		}
		l, err := load(tx, act, application.ID(a.Application))
		if err != nil {
			return err
		}
		if err := tx.Unrelated(l.Person); err != nil {
			return err
		}
		b, err := before(tx, l)
		if err != nil {
			return err
		}
		return fn(tx, &a, l, b)
	})
}

// AdmitAppeal consents to a re-assessment and names its hospital.
func (d *Desk) AdmitAppeal(ctx context.Context, by access.Actor, of appeal.ID, hospital string) error {
	return d.ruling(ctx, by, access.AppealAdmit, of, func(tx *store.Tx, a *appeal.Appeal, _ loaded, b appeal.Before) error {
		if err := a.Admit(hospital, b); err != nil {
			return err
		}
		return tx.SaveAppeal(access.AppealAdmit, *a)
	})
}

// DenyAppeal does not hear an appeal, for a reason.
func (d *Desk) DenyAppeal(ctx context.Context, by access.Actor, of appeal.ID, opinion string) error {
	return d.ruling(ctx, by, access.AppealAdmit, of, func(tx *store.Tx, a *appeal.Appeal, _ loaded, _ appeal.Before) error {
		if err := a.Deny(opinion, tx.Today()); err != nil {
			return err
		}
		return tx.SaveAppeal(access.AppealAdmit, *a)
	})
}

// ConcludeAppeal takes the conclusion of the hospital that was named. Another result takes the place of the first: the case is published again with it,
// or refused; a case that had been refused is taken up again.
func (d *Desk) ConcludeAppeal(ctx context.Context, by access.Actor, of appeal.ID, c appeal.Conclusion) error {
	return d.ruling(ctx, by, access.AppealConclude, of, func(tx *store.Tx, a *appeal.Appeal, l loaded, b appeal.Before) error {
		if err := unexamined(tx, l); err != nil {
			return err
		}
		if err := a.Conclude(c, b, tx.Today()); err != nil {
			return err
		}
		if err := tx.SaveAppeal(access.AppealConclude, *a); err != nil || a.State != appeal.Changed {
			return err
		}
		return replace(tx, *a, l)
	})
}

// replace puts the result of an appeal in the place of the first.
func replace(tx *store.Tx, a appeal.Appeal, l loaded) error {
	p, err := tx.Person(l.Person)
	if err != nil {
		return err
	}
	if l.State == application.Refused {
		if open, err := tx.OpenCase(l.County(), l.Person); err != nil || open != "" {
			if err != nil {
				return err
			}
			return fault.New(fault.Refused, "appeal.other.open")
		}
	}
	if err := l.Revise(a.Result.Category, a.Result.Level, a.Decided, p.Birth, l.office); err != nil {
		return err
	}
	if err := l.save(tx, access.AppealConclude, a.No); err != nil || l.State != application.Refused {
		return err
	}
	return refusalLetter(tx, l.Application, a.Opinion)
}

// undisputed refuses a decision about a case while an appeal is open.
func undisputed(tx *store.Tx, l loaded) error {
	all, err := tx.AppealsOf(l.Application)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.State.Open() {
			return fault.New(fault.Refused, "appeal.pending", a.No)
		}
	}
	return nil
}

// AppealFilter narrows a list of appeals; empty fields do not.
type AppealFilter = store.AppealFilter

// AppealList is one page of appeals, the newest first.
type AppealList struct {
	Appeals []store.Appealed
	Places  map[region.Code]string
	Next    appeal.ID // what After is for the next page, "" on the last
}

// AppealList is the appeals of an area of one county.
func (d *Desk) AppealList(ctx context.Context, by access.Actor, f AppealFilter) (out AppealList, err error) {
	if f.Region, err = by.Scope(access.AppealRead, f.Region); err != nil {
		return out, err
	}
	if f.Region.Level() < region.County {
		return out, fault.New(fault.Refused, "scope.county.wanted")
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.Appeals(f)
		if err != nil {
			return err
		}
		out.Appeals = all[:min(len(all), limit)]
		if len(all) > limit {
			out.Next = out.Appeals[limit-1].ID
		}
		var codes []region.Code
		for _, a := range out.Appeals {
			codes = append(codes, a.Region)
		}
		out.Places, err = tx.RegionNames(codes...)
		return err
	})
	return out, err
}
