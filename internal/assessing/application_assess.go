package assessing

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Examination is what the form of a conclusion needs to know.
type Examination struct {
	Case
	Session  session.Session
	Hospital org.Org
	Licensed []certificate.Category // what this doctor may assess here
	Barred   []Barred               // what this doctor may not, and why
	Kept     []assessment.Finding   // what doctors found and nobody has signed for yet
	Way      store.Way              // on which the person comes before the hospital
	Previous *certificate.Certificate
	Measure  assessment.Measure // what the findings are weighed by

	Signature  *store.Signature // what a second doctor is to read, or was sent back; nil for nothing
	Colleagues []Colleague      // who can be asked for the second signature
	Paper      bool             // a name on a scanned paper will do for who has no account
}

// Barred is a category that a doctor may not assess.
type Barred struct {
	Category certificate.Category
	Hospital bool // the hospital may not either
}

// examined is a case on a doctor's table.
type examined struct {
	loaded
	session  session.Session
	hospital org.Org
	doctor   staff.Account
	licensed []certificate.Category
	kept     []assessment.Finding

	signature *store.Signature // what was signed once, nil for nothing
}

// Examination is a case of the doctor's own hospital on or after the day of its session.
func (d *Desk) Examination(ctx context.Context, by access.Actor, id application.ID) (Examination, error) {
	var out Examination
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		e, err := examine(tx, id)
		if err != nil {
			return err
		}
		p, err := tx.Person(e.Person)
		if err != nil {
			return err
		}
		out = Examination{Case: Case{Application: e.Application, Person: p}, Session: e.session, Hospital: e.hospital, Licensed: e.licensed, Kept: e.kept,
			Measure: e.measure(tx.Today(), p), Signature: e.signature, Paper: !e.office.Policy.Is(policy.SecondAccount)}
		if out.Colleagues, err = e.colleagues(tx, p.Number); err != nil {
			return err
		}
		for _, c := range certificate.Categories[:6] {
			if !slices.Contains(e.licensed, c) {
				out.Barred = append(out.Barred, Barred{c, slices.Contains(e.doctor.Categories, c)})
			}
		}
		if out.Way, err = tx.Way(e.Application); err != nil || e.Previous == "" {
			return err
		}
		c, err := tx.Certificate(e.Previous)
		out.Previous = &c
		return err
	})
	return out, err
}

// examine reads a case that the actor's hospital calls, with what the actor may assess; the day of the session must have come.
func examine(tx *store.Tx, id application.ID) (examined, error) {
	a, err := load(tx, access.ApplicationAssess, id)
	if err != nil {
		return examined{}, err
	}
	if a.Session == "" {
		return examined{}, fault.New(fault.Missing, "record.missing")
	}
	e := examined{loaded: a}
	if e.session, err = tx.Session(session.ID(a.Session)); err != nil {
		return e, err
	}
	if err := e.session.Show(tx.By()); err != nil {
		return e, err
	}
	if a.State != application.Scheduled {
		return e, fault.New(fault.Refused, "application.step.wrong", access.ApplicationAssess, a.State)
	}
	if err := e.session.Reached(tx.Today()); err != nil {
		return e, err
	}
	if e.hospital, err = tx.Org(e.session.Hospital); err != nil {
		return e, err
	}
	if e.doctor, err = tx.Account(staff.ID(tx.By().Account)); err != nil {
		return e, err
	}
	if err := trained(tx); err != nil {
		return e, err
	}
	if err := tx.Unrelated(a.Person); err != nil {
		return e, err
	}
	named, err := agreed(tx, e.session, tx.Today())
	if err != nil {
		return e, err
	}
	for _, c := range e.doctor.Categories {
		if slices.Contains(e.hospital.Categories, c) && slices.Contains(named, c) {
			e.licensed = append(e.licensed, c)
		}
	}
	if e.signature, err = tx.Signature(a.Application); err != nil {
		return e, err
	}
	e.kept, err = tx.Findings(a.Application)
	return e, err
}

// sign makes the findings the doctor's own and fills in what the account and the session know.
func (e examined) sign(tx *store.Tx, c assessment.Conclusion) (assessment.Conclusion, error) {
	if c.Version != 0 && c.Version != e.Version {
		return c, fault.New(fault.Stale, "assessment.stale")
	}
	by := tx.By()
	c.Session, c.Doctor, c.Findings = string(e.session.ID), by.Account, authored(tx, c.Findings)
	c.First, c.Second = strings.TrimSpace(c.First), strings.TrimSpace(c.Second)
	if c.First == "" {
		c.First = by.Name
	}
	if c.On == "" {
		c.On = tx.Today()
	}
	return c, nil
}

// authored makes findings the actor's own of today.
func authored(tx *store.Tx, all []assessment.Finding) []assessment.Finding {
	by, all := tx.By(), slices.Clone(all)
	for i := range all {
		f := &all[i]
		f.Doctor, f.Name, f.On = by.Account, by.Name, tx.Today()
		f.Findings, f.Cause, f.Reason = strings.TrimSpace(f.Findings), strings.TrimSpace(f.Cause), strings.TrimSpace(f.Reason)
		f.Values, f.Confirmer, f.Confirmed = f.Values.Clean(), "", ""
		if !f.Meets {
			f.Level = ""
		}
	}
	return all
}

// answerable is the categories that a signer may sign for: their own, and those of colleagues who answer for what they kept.
func answerable(c assessment.Conclusion, kept []assessment.Finding, licensed []certificate.Category) []certificate.Category {
	may := slices.Clone(licensed)
	for _, f := range kept {
		same := func(g assessment.Finding) bool { return g.Category == f.Category && !g.Same(f) }
		if !slices.ContainsFunc(c.Findings, same) {
			may = append(may, f.Category)
		}
	}
	return may
}

// KeepFindings keeps what one doctor found until the last of the wanted categories is examined; a category that the doctor leaves out stays as a
// colleague kept it.
func (d *Desk) KeepFindings(ctx context.Context, by access.Actor, id application.ID, c assessment.Conclusion) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		e, err := examine(tx, id)
		if err != nil {
			return err
		}
		if err := e.unsigned(""); err != nil {
			return err
		}
		if c, err = e.sign(tx, c); err != nil {
			return err
		}
		if err := c.CheckFindings(e.licensed); err != nil {
			return err
		}
		p, err := tx.Person(e.Person)
		if err != nil {
			return err
		}
		if err := c.CheckValues(); err != nil {
			return err
		}
		c = c.Weigh(e.measure(c.On, p))
		if err := e.close(tx); err != nil {
			return err
		}
		if err := e.save(tx, access.ApplicationAssess, lang.T("assessment.kept.note")); err != nil {
			return err
		}
		return tx.KeepFindings(e.Application, c.Join(e.kept).Findings)
	})
}

// unsigned refuses to change what a second doctor reads, but for the account, which may sign anew.
func (e examined) unsigned(account string) error {
	if s := e.signature; s != nil && s.Waiting && s.Conclusion.Doctor != account {
		return fault.New(fault.Refused, "assessment.waiting", s.Conclusion.First)
	}
	return nil
}

// AssessApplication is the first signature under the conclusion: what this doctor found and what colleagues kept for the other categories. It wants a finding for
// every category that was asked for. A second doctor who has an account signs there; another's name on a scanned paper concludes at once.
func (d *Desk) AssessApplication(ctx context.Context, by access.Actor, id application.ID, c assessment.Conclusion) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		e, err := examine(tx, id)
		if err != nil {
			return err
		}
		if err := e.unsigned(by.Account); err != nil {
			return err
		}
		if c, err = e.conclude(tx, c); err != nil {
			return err
		}
		if err := e.close(tx); err != nil {
			return err
		}
		p, err := tx.Person(e.Person)
		if err != nil {
			return err
		}
		if err := e.seconded(tx, &c, p.Number); err != nil {
			return err
		}
		if c.Seconder == "" {
			return e.finish(tx, access.ApplicationAssess, c)
		}
		if err := passable(tx, e.loaded, e.session.Kind); err != nil {
			return err
		}
		m := e.measure(c.On, p)
		c = c.Weigh(m)
		if err := c.CheckFirstWeight(m); err != nil {
			return err
		}
		if c.On > tx.Today() {
			return fault.Problems{{Name: "on", Key: "assessment.day.future"}}.Fault()
		}
		return e.first(tx, c)
	})
}

// finish enters a conclusion that two doctors signed. Who does not meet the standard gets a letter of refusal.
func (e examined) finish(tx *store.Tx, act access.Act, c assessment.Conclusion) error {
	if err := passable(tx, e.loaded, e.session.Kind); err != nil {
		return err
	}
	p, err := tx.Person(e.Person)
	if err != nil {
		return err
	}
	m := e.measure(c.On, p)
	c = c.Weigh(m)
	if err := c.CheckWeight(m); err != nil {
		return err
	}
	if err := e.Assess(c, p.Birth, e.office); err != nil {
		return err
	}
	if err := e.save(tx, act, e.hospital.Name); err != nil {
		return err
	}
	if err := e.record(tx, c); err != nil {
		return err
	}
	if e.State != application.Refused {
		return nil
	}
	_, err = tx.SendLetter(e.Application, store.Letter{Kind: application.RefusalLetter, Reason: lang.T("assessment.refused.reason", e.hospital.Name, c.On)})
	return err
}

// conclude joins the doctor's findings with those that colleagues kept and checks the whole.
func (e examined) conclude(tx *store.Tx, c assessment.Conclusion) (assessment.Conclusion, error) {
	c, err := e.sign(tx, c)
	if err != nil {
		return c, err
	}
	if err := c.Own(tx.By().Name, e.session.Day); err != nil {
		return c, err
	}
	whole := c.Join(e.kept)
	if err := whole.Check(answerable(c, e.kept, e.licensed)); err != nil {
		return c, err
	}
	if lacking := whole.Lacking(e.Wanted); len(lacking) > 0 {
		return c, fault.New(fault.Refused, "assessment.lacking", words(lacking))
	}
	return whole, nil
}

// record keeps the signed conclusion; the findings that waited for it are in it now.
func (e examined) record(tx *store.Tx, c assessment.Conclusion) error {
	if err := tx.KeepFindings(e.Application, nil); err != nil {
		return err
	}
	g := store.Graded{Assessment: id.New(), Hospital: e.hospital.ID}
	if e.Previous != "" {
		held, err := tx.Certificate(e.Previous)
		if err != nil {
			return err
		}
		g.Before = held.Grades
	}
	var err error
	if g.Spent, err = tx.SittingTimes(e.Application); err != nil {
		return err
	}
	if err := tx.EndSittings(e.Application); err != nil {
		return err
	}
	if err := tx.AddAssessment(e.Application, g.Assessment, c); err != nil {
		return err
	}
	return tx.AddGrades(e.Application, g, c)
}

// words is the names of categories.
func words(all []certificate.Category) string {
	var out []string
	for _, c := range all {
		out = append(out, lang.T(c.Word()))
	}
	return strings.Join(out, "、")
}
