package casework

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/reassessment"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Ordering is what the page of an order needs to know.
type Ordering struct {
	Case       store.Case
	Appeal     *appeal.Appeal // that waits for an examination, nil for a check of the office's own
	Hospitals  []org.Org
	Hospital   org.ID // that is chosen, "" for none
	Candidates []reassessment.Candidate
	Wanted     []certificate.Category
	Today      day.Day
}

// Order is what the city or the province orders.
type Order struct {
	Hospital org.ID
	Doctors  []staff.ID
	Day      day.Day // on which the person is to come
	Reason   string  // of a check
}

// candidatesMost is the most doctors of a hospital that can be chosen among.
const candidatesMost = 200

// Ordering is what can be ordered for a case, and at the hospital who can be named.
func (d *Desk) Ordering(ctx context.Context, by access.Actor, of application.ID, hospital org.ID) (out Ordering, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		l, err := load(tx, access.ReassessmentOrder, of)
		if err != nil {
			return err
		}
		if out.Appeal, err = orderable(tx, l); err != nil {
			return err
		}
		out.Case.Application, out.Today, out.Hospital = l.Application, tx.Today(), hospital
		if out.Case.Person, err = tx.Person(l.Person); err != nil {
			return err
		}
		if out.Wanted, err = wanted(tx, l); err != nil {
			return err
		}
		if out.Hospitals, err = tx.Orgs(by.Region, org.Hospital); err != nil || hospital == "" {
			return err
		}
		before, err := earlier(tx, l)
		if err != nil {
			return err
		}
		out.Candidates, err = candidates(tx, hospital, before, out)
		return err
	})
	return out, err
}

// orderable is the appeal that waits for an examination, nil when the case can be checked without one. The second stage is the province's (art. 25).
func orderable(tx *store.Tx, l loaded) (*appeal.Appeal, error) {
	if err := tx.Unrelated(l.Person); err != nil {
		return nil, err
	}
	all, err := tx.AppealsOf(l.Application)
	if err != nil {
		return nil, err
	}
	if err := unexamined(tx, l); err != nil {
		return nil, err
	}
	for i, a := range all {
		if a.State.Open() {
			return &all[i], staged(tx, a)
		}
	}
	return nil, l.Disputable()
}

// unexamined refuses while doctors of another hospital examine the person.
func unexamined(tx *store.Tx, l loaded) error {
	runs, err := tx.ReassessmentsOf(l.Application)
	if err == nil && slices.ContainsFunc(runs, func(r reassessment.Reassessment) bool { return r.State.Open() }) {
		err = fault.New(fault.Refused, "reassessment.running")
	}
	return err
}

// staged leaves the second stage to the province.
func staged(tx *store.Tx, a appeal.Appeal) error {
	if a.Level == appeal.Province && tx.By().Region.Level() > region.Province {
		return fault.New(fault.Refused, "reassessment.province")
	}
	return nil
}

// wanted is the categories that are examined: those that were asked for, else those of the first result.
func wanted(tx *store.Tx, l loaded) ([]certificate.Category, error) {
	out := slices.DeleteFunc(slices.Clone(l.Wanted), func(c certificate.Category) bool { return c == certificate.Multiple })
	if len(out) > 0 {
		return out, nil
	}
	all, err := tx.Assessments(l.Application)
	if len(all) > 0 {
		for _, f := range all[len(all)-1].Findings {
			out = append(out, f.Category)
		}
	}
	if err == nil && len(out) == 0 {
		err = fault.New(fault.Refused, "reassessment.wanted.none")
	}
	return out, err
}

// earlier is who assessed the case before, and where.
func earlier(tx *store.Tx, l loaded) (e reassessment.Earlier, err error) {
	all, err := tx.Assessments(l.Application)
	if err != nil {
		return e, err
	}
	runs, err := tx.ReassessmentsOf(l.Application)
	if err != nil {
		return e, err
	}
	for _, r := range runs {
		if r.State == reassessment.Decided {
			r.Conclusion.Hospital = string(r.Hospital)
			all = append(all, r.Conclusion)
		}
	}
	for _, c := range all {
		e = took(e, c)
		at, err := signedAt(tx, c)
		if err != nil {
			return e, err
		}
		e.Hospitals = append(e.Hospitals, at)
	}
	return e, nil
}

// took adds those who signed or found something in c.
func took(e reassessment.Earlier, c assessment.Conclusion) reassessment.Earlier {
	known := []string{}
	for _, f := range c.Findings {
		e.Accounts = append(e.Accounts, f.Doctor, f.Confirmer)
		known = append(known, f.Name, f.Confirmed)
	}
	e.Accounts = append(e.Accounts, c.Doctor)
	for name := range strings.SplitSeq(c.Second, "、") {
		if name != "" && !slices.Contains(known, name) {
			e.Names = append(e.Names, name)
		}
	}
	return e
}

// signedAt is the hospital at which a conclusion was signed.
func signedAt(tx *store.Tx, c assessment.Conclusion) (org.ID, error) {
	if c.Session == "" {
		return org.ID(c.Hospital), nil
	}
	s, err := tx.Session(session.ID(c.Session))
	return s.Hospital, err
}

// candidates is the doctors of a hospital with what speaks against each.
func candidates(tx *store.Tx, hospital org.ID, before reassessment.Earlier, o Ordering) ([]reassessment.Candidate, error) {
	all, err := tx.Doctors(store.DoctorFilter{Org: hospital, Limit: candidatesMost})
	if err != nil {
		return nil, err
	}
	var out []reassessment.Candidate
	for _, d := range all {
		if d.Disabled {
			continue
		}
		relation, err := tx.Related(d.Doctor, o.Case.Person.Number)
		if err != nil {
			return nil, err
		}
		c := reassessment.Candidate{Practice: d.Practice, Name: d.Name}
		c.Weigh(before, o.Wanted, relation, tx.Today())
		out = append(out, c)
	}
	return out, nil
}

// OrderReassessment has a person examined anew by named doctors of another hospital who see nothing of the first result: for an appeal, which it admits, or
// of the office's own accord.
func (d *Desk) OrderReassessment(ctx context.Context, by access.Actor, of application.ID, o Order) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := load(tx, access.ReassessmentOrder, of)
		if err != nil {
			return err
		}
		a, err := orderable(tx, l)
		if err != nil {
			return err
		}
		r, hospital, err := named(tx, l, o)
		if err != nil {
			return err
		}
		if r.Appeal, err = admitted(tx, l, a, hospital, o.Reason); err != nil {
			return err
		}
		return tx.AddReassessment(r)
	})
}

// named is the examination with those who were chosen for it.
func named(tx *store.Tx, l loaded, o Order) (r reassessment.Reassessment, hospital org.Org, err error) {
	page := Ordering{}
	if page.Case.Person, err = tx.Person(l.Person); err != nil {
		return r, hospital, err
	}
	if page.Wanted, err = wanted(tx, l); err != nil {
		return r, hospital, err
	}
	before, err := earlier(tx, l)
	if err != nil {
		return r, hospital, err
	}
	hospitals, err := tx.Orgs(tx.By().Region, org.Hospital)
	if err != nil {
		return r, hospital, err
	}
	if i := slices.IndexFunc(hospitals, func(h org.Org) bool { return h.ID == o.Hospital }); i >= 0 && o.Hospital != "" {
		hospital = hospitals[i]
	}
	all, err := candidates(tx, hospital.ID, before, page)
	if err != nil {
		return r, hospital, err
	}
	all = slices.DeleteFunc(all, func(c reassessment.Candidate) bool { return hospital.ID == "" || !slices.Contains(o.Doctors, c.Doctor) })
	p := page.Case.Person
	r = reassessment.Reassessment{ID: reassessment.ID(id.New()), Region: l.Region, Application: string(l.ID), Person: l.Person, Wanted: page.Wanted, Day: o.Day,
		Examinee: reassessment.Examinee{Name: p.Name, Number: p.Number, Sex: p.Sex, Birth: p.Birth, Phone: p.Phone}}
	return r, hospital, r.Name(hospital, all, before, tx.Today())
}

// admitted is the appeal that the examination belongs to: admitted now, moved to another hospital, or begun by the office itself.
func admitted(tx *store.Tx, l loaded, a *appeal.Appeal, hospital org.Org, reason string) (string, error) {
	b, err := before(tx, l)
	if err != nil {
		return "", err
	}
	if a == nil {
		c := appeal.Appeal{ID: appeal.ID(id.New()), Region: l.Region, Application: string(l.ID), Reason: reason}
		if err := c.Check(hospital.Name, b, tx.Today()); err != nil {
			return "", err
		}
		if c.No, err = yearly(tx, l.County(), "appeal", "S"); err != nil {
			return "", err
		}
		return string(c.ID), tx.AddAppeal(access.ReassessmentOrder, c)
	}
	if a.State == appeal.Filed {
		err = a.Admit(hospital.Name, b)
	} else {
		err = a.Move(hospital.Name)
	}
	if err != nil {
		return "", err
	}
	return string(a.ID), tx.SaveAppeal(access.AppealAdmit, *a)
}
