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
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Colleague is a doctor of the hospital who can be asked for the second signature, or why not.
type Colleague struct {
	store.Doctor
	Bar error
}

// colleagues is every other doctor of the hospital who can sign in, with what speaks against their signature: papers (N19, N20), a relative (N22), none of
// the wanted categories (N18).
func (e examined) colleagues(tx *store.Tx, n person.Number) ([]Colleague, error) {
	all, err := tx.HospitalStaff(e.hospital.ID)
	if err != nil {
		return nil, err
	}
	var out []Colleague
	for _, d := range all {
		if string(d.Doctor) == tx.By().Account {
			continue
		}
		r, err := tx.Related(d.Doctor, n)
		if err != nil {
			return nil, err
		}
		c := Colleague{Doctor: d}
		switch {
		case r != "":
			c.Bar = fault.New(fault.Refused, "relative.block.second", d.Name, r)
		case d.MayAssess(tx.Today()) != nil:
			c.Bar = d.MayAssess(tx.Today())
		case len(e.Wanted) > 0 && !slices.ContainsFunc(d.Categories, func(k certificate.Category) bool { return slices.Contains(e.Wanted, k) }):
			c.Bar = fault.New(fault.Refused, "reassessment.doctor.category")
		}
		out = append(out, c)
	}
	return out, nil
}

// seconded finds whom the conclusion names for the second signature, by account or name; one who has no account here is a name on a paper that must have been
// scanned, where policy allows that.
func (e examined) seconded(tx *store.Tx, c *assessment.Conclusion, n person.Number) error {
	c.Second = strings.TrimSpace(c.Second)
	all, err := e.colleagues(tx, n)
	if err != nil || c.Second == "" || c.Second == tx.By().Name {
		return err
	}
	var p fault.Problems
	i := slices.IndexFunc(all, func(d Colleague) bool { return string(d.Doctor.Doctor) == c.Second || d.Name == c.Second })
	if i >= 0 {
		if f, ok := all[i].Bar.(*fault.Fault); ok {
			p.Add("second", f.Key, f.Args...)
		}
		c.Seconder, c.Second = string(all[i].Doctor.Doctor), all[i].Name
		return p.Fault()
	}
	if e.office.Policy.Is(policy.SecondAccount) {
		p.Add("second", "assessment.second.account", c.Second)
		return p.Fault()
	}
	papers, err := tx.Attachments(e.Application)
	if err != nil {
		return err
	}
	for _, a := range papers {
		if a.Paper == "assessment" {
			return nil
		}
	}
	p.Add("second", "assessment.second.scan", c.Second)
	return p.Fault()
}

// first keeps a conclusion until the second doctor has read it.
func (e examined) first(tx *store.Tx, c assessment.Conclusion) error {
	c.Findings = c.Unsigned()
	if err := e.save(tx, access.ApplicationAssess, lang.T("assessment.first.note", c.Second)); err != nil {
		return err
	}
	if err := tx.KeepFindings(e.Application, nil); err != nil {
		return err
	}
	return tx.PutSignature(e.Application, store.Signature{Conclusion: c, Hospital: e.hospital.ID, Waiting: true, Since: tx.Now()})
}

// signed is a case with the conclusion that waits for a second signature.
func signed(tx *store.Tx, id application.ID) (e examined, s store.Signature, err error) {
	if e, err = examine(tx, id); err != nil {
		return e, s, err
	}
	if e.signature == nil || !e.signature.Waiting {
		return e, s, fault.New(fault.Refused, "assessment.second.none")
	}
	return e, *e.signature, nil
}

// CountersignApplication is the second doctor's signature under the findings of their categories; the conclusion stands when every finding has two, one of
// whom is an attending physician or head of department where policy asks for that.
func (d *Desk) CountersignApplication(ctx context.Context, by access.Actor, id application.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		e, s, err := signed(tx, id)
		if err != nil {
			return err
		}
		if err := s.Conclusion.Countersign(by.Account, by.Name, e.licensed); err != nil {
			return err
		}
		if err := senior(tx, e.hospital.ID, s.Conclusion, e.office.Policy); err != nil {
			return err
		}
		if s.Conclusion.Whole() {
			if err := tx.DropSignature(e.Application); err != nil {
				return err
			}
			return e.finish(tx, access.ApplicationCountersign, s.Conclusion)
		}
		if err := e.save(tx, access.ApplicationCountersign, lang.T("assessment.second.note", words(s.Conclusion.Awaits()))); err != nil {
			return err
		}
		return tx.PutSignature(e.Application, s)
	})
}

// senior asks whether one of each pair of signers has a title that policy names.
func senior(tx *store.Tx, hospital org.ID, c assessment.Conclusion, rules policy.Set) error {
	all, err := tx.HospitalStaff(hospital)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, d := range all {
		titles[string(d.Doctor)] = d.Title
	}
	return c.CheckSenior(titles, strings.FieldsFunc(rules.Word(policy.SeniorTitles), func(r rune) bool { return r == '、' || r == '，' || r == ',' }))
}

// ReturnSignature sends a conclusion that waits for its second signature back to whoever found it, with a reason; its first signer takes it back so too.
func (d *Desk) ReturnSignature(ctx context.Context, by access.Actor, id application.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		e, s, err := signed(tx, id)
		if err != nil {
			return err
		}
		var p fault.Problems
		reason = strings.TrimSpace(reason)
		switch n := len([]rune(reason)); {
		case n == 0:
			p.Add("reason", "reassessment.reason.missing")
		case n > application.TextMost:
			p.Add("reason", "application.text.long", application.TextMost)
		}
		if err := p.Fault(); err != nil {
			return err
		}
		if err := e.save(tx, access.ApplicationCountersign, lang.T("assessment.returned.note")); err != nil {
			return err
		}
		if err := tx.KeepFindings(e.Application, s.Conclusion.Unsigned()); err != nil {
			return err
		}
		s.Waiting, s.Reason, s.Returner = false, reason, by.Name
		return tx.PutSignature(e.Application, s)
	})
}

// Awaiting is a conclusion that waits for a second doctor.
type Awaiting = store.Signed

// SignatureList is one page of conclusions that wait for the actor.
type SignatureList struct {
	Lines []Awaiting
	More  bool
}

// signatureBatch is how many rows are read at once, of which some are of other categories: those stand in what is sealed.
const signatureBatch = 100

// Signatures is up to limit conclusions of the actor's hospital that the actor can sign as the second doctor, behind the case ("" is from the first on): those who
// named the actor first, then the oldest. A case that is not there any more begins the list anew.
func (d *Desk) Signatures(ctx context.Context, by access.Actor, after application.ID, limit int) (out SignatureList, err error) {
	if err := by.May(access.ApplicationCountersign, by.Region); err != nil {
		return out, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		me, err := tx.Account(staff.ID(by.Account))
		if err != nil {
			return err
		}
		mine := func(f assessment.Finding) bool {
			return f.Confirmer == "" && f.Doctor != by.Account && slices.Contains(me.Categories, f.Category)
		}
		behind, err := tx.SignatureBehind(after)
		for err == nil {
			var batch []Awaiting
			if batch, err = tx.Signatures(behind, signatureBatch); err != nil {
				return err
			}
			for _, s := range batch {
				behind = s.Key()
				if !slices.ContainsFunc(s.Conclusion.Findings, mine) {
					continue
				}
				if out.More = len(out.Lines) == limit; out.More {
					return nil
				}
				out.Lines = append(out.Lines, s)
			}
			if len(batch) < signatureBatch {
				return nil
			}
		}
		return err
	})
	return out, err
}
