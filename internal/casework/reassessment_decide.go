package casework

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/assessment"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/reassessment"
	"hefa/internal/store"
)

// running runs fn for the open examination of an appeal that the actor may order, and saves it.
func (d *Desk) running(ctx context.Context, by access.Actor, act access.Act, of appeal.ID, fn func(*store.Tx, *reassessment.Reassessment, *appeal.Appeal, loaded) error) error {
	return d.ruling(ctx, by, act, of, func(tx *store.Tx, a *appeal.Appeal, l loaded, _ appeal.Before) error {
		if err := staged(tx, *a); err != nil {
			return err
		}
		all, err := tx.ReassessmentsOf(l.Application)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(r reassessment.Reassessment) bool { return r.Appeal == string(a.ID) && r.State.Open() })
		if i < 0 {
			return fault.New(fault.Refused, "reassessment.none.open")
		}
		if err := fn(tx, &all[i], a, l); err != nil {
			return err
		}
		return tx.SaveReassessment(act, all[i])
	})
}

// DropReassessment gives an examination up, for a reason; another can be ordered for the same appeal, while a check of the office's own ends with it.
func (d *Desk) DropReassessment(ctx context.Context, by access.Actor, of appeal.ID, reason string) error {
	return d.running(ctx, by, access.ReassessmentOrder, of, func(tx *store.Tx, r *reassessment.Reassessment, a *appeal.Appeal, _ loaded) error {
		if err := r.Drop(reason); err != nil || a.Origin == appeal.Person {
			return err
		}
		a.GiveUp(r.Reason, tx.Today())
		return tx.SaveAppeal(access.ReassessmentOrder, *a)
	})
}

// DecideReassessment ends an appeal on what the named doctors signed: their result takes the place of the first, or the first stands.
func (d *Desk) DecideReassessment(ctx context.Context, by access.Actor, of appeal.ID, adopt bool, opinion string) error {
	return d.running(ctx, by, access.AppealConclude, of, func(tx *store.Tx, r *reassessment.Reassessment, a *appeal.Appeal, l loaded) error {
		if err := r.Decide(); err != nil {
			return err
		}
		b, err := before(tx, l)
		if err != nil {
			return err
		}
		got := appeal.Second{Doctors: names(r.Conclusion), Adopt: adopt, Opinion: opinion}
		if c, level, met := r.Conclusion.Result(); met {
			got.Result = appeal.Result{Category: c, Level: level}
		}
		if err := a.Decide(got, b, tx.Today()); err != nil {
			return err
		}
		if err := tx.SaveAppeal(access.AppealConclude, *a); err != nil || a.State != appeal.Changed {
			return err
		}
		if err := second(tx, l, *r); err != nil {
			return err
		}
		return replace(tx, *a, l)
	})
}

// Run is an examination with the name of its hospital and the conclusion that it is compared with.
type Run struct {
	reassessment.Reassessment
	HospitalName string
	First        *assessment.Conclusion
}

// runs is the examinations of a case for those who order them.
func (out *Appeals) runs(tx *store.Tx, l loaded) error {
	signed, err := tx.Assessments(l.Application)
	if err != nil {
		return err
	}
	all, err := tx.ReassessmentsOf(l.Application)
	if err != nil {
		return err
	}
	for i, r := range all {
		h, err := tx.Org(r.Hospital)
		if err != nil {
			return err
		}
		run := Run{Reassessment: r, HospitalName: h.Name}
		for j, c := range signed {
			later := func(x reassessment.Reassessment) bool { return c.Session == "" && string(x.Hospital) == c.Hospital }
			if !slices.ContainsFunc(all[i:], later) {
				run.First = &signed[j]
			}
		}
		out.Runs = append(out.Runs, run)
	}
	if _, err := orderable(tx, l); err != nil {
		out.Unordered = err
	}
	return nil
}

// names is who signed a conclusion.
func names(c assessment.Conclusion) []string {
	return append([]string{c.First}, strings.Split(c.Second, "、")...)
}

// second keeps the conclusion beside the first ones of its case, so that certificate, papers and the watch over grades rest on it.
func second(tx *store.Tx, l loaded, r reassessment.Reassessment) error {
	c := r.Conclusion
	c.Hospital = string(r.Hospital)
	g := store.Graded{Assessment: id.New(), Hospital: r.Hospital}
	if l.Previous != "" {
		held, err := tx.Certificate(l.Previous)
		if err != nil {
			return err
		}
		g.Before = held.Grades
	}
	if err := tx.AddAssessment(l.Application, g.Assessment, c); err != nil {
		return err
	}
	return tx.AddGrades(l.Application, g, c)
}
