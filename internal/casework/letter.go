package casework

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/store"
)

// refusalLetter keeps the decision letter that goes with a refused case, whatever step refused it; it stands right after the save.
func refusalLetter(tx *store.Tx, a application.Application, reason string) error {
	_, err := tx.SendLetter(a, store.Letter{Kind: application.RefusalLetter, Reason: reason})
	return err
}

// SlipLetter names 受理回执 among the letters of a case; the others have an id and are made from what was kept when it was decided.
const SlipLetter = "slip"

// Letter is one letter to the person of a case: the slip, or one by its id.
func (d *Desk) Letter(ctx context.Context, by access.Actor, id application.ID, letter string) (paper.Letter, error) {
	var out paper.Letter
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		p, err := tx.Person(a.Person)
		if err != nil {
			return err
		}
		if letter == SlipLetter {
			out, err = a.slip(tx, p)
			return err
		}
		all, err := tx.Letters(a.Application)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(l store.Letter) bool { return l.ID == letter })
		if i < 0 {
			return fault.New(fault.Missing, "record.missing")
		}
		out, err = a.letter(tx, p, all[i])
		return err
	})
	return out, err
}

// letter is the paper of what was kept.
func (l loaded) letter(tx *store.Tx, p person.Person, kept store.Letter) (paper.Letter, error) {
	switch kept.Kind {
	case application.CorrectionLetter:
		at, err := officeAt(tx, l.Region)
		c := paper.Correction{Number: kept.No, Person: p.Name, Identity: p.Number.Masked(), Matter: lang.T(l.Matter.Word()), Received: l.Opened, Dated: kept.Day, Office: at}
		for _, m := range kept.Missing {
			c.Missing = append(c.Missing, paper.Missing{Paper: lang.T("paper." + m)})
		}
		for _, line := range reasons(kept.Reason) {
			c.Missing = append(c.Missing, paper.Missing{Paper: line})
		}
		return c, err
	case application.RejectionLetter:
		at, err := officeAt(tx, l.Region)
		if err != nil {
			return nil, err
		}
		above, err := officeAt(tx, l.Region.Prefecture())
		return paper.Rejection{Number: kept.No, Person: p.Name, Identity: p.Number.Masked(), Matter: lang.T(l.Matter.Word()), Received: l.Opened,
			Reasons: reasons(kept.Reason), Superior: above.Name, Dated: kept.Day, Office: at}, err
	case application.OutcomeLetter:
		return l.outcome(tx, p, kept)
	}
	return l.refusal(tx, p, kept)
}

// outcome is what the county of registration decided, as the county that took the case tells it.
func (l loaded) outcome(tx *store.Tx, p person.Person, kept store.Letter) (paper.Letter, error) {
	o := paper.Outcome{Number: kept.No, Person: p.Name, Identity: p.Number.Masked(), Matter: lang.T(l.Matter.Word()), Case: l.No, Accepted: l.Accepted,
		Reasons: reasons(kept.Reason), Granted: kept.Reason == "", Dated: kept.Day}
	var err error
	if o.Home, err = place(tx, l.Home); err != nil {
		return nil, err
	}
	r, ok, err := tx.ReferralOf(l.County(), l.ID)
	if err != nil {
		return nil, err
	}
	if ok {
		o.Document = r.Receipt
	}
	o.Office, err = officeAt(tx, l.County())
	return o, err
}

// refusal is the county's decision, with the conclusion that it stands on and the way to re-assessment.
func (l loaded) refusal(tx *store.Tx, p person.Person, kept store.Letter) (paper.Letter, error) {
	r := paper.Refusal{Number: kept.No, Person: p.Name, Identity: p.Number.Masked(), Matter: lang.T(l.Matter.Word()), Received: l.Opened,
		Reasons: reasons(kept.Reason), Days: l.office.Policy.Count(policy.AppealDays), Dated: kept.Day}
	var err error
	if r.Office, err = officeAt(tx, l.County()); err != nil {
		return nil, err
	}
	city, err := officeAt(tx, l.Region.Prefecture())
	if err != nil {
		return nil, err
	}
	province, err := officeAt(tx, l.Region.Province())
	if err != nil {
		return nil, err
	}
	r.City, r.Province = city.Name, province.Name
	all, err := tx.Assessments(l.Application)
	if err != nil || len(all) == 0 {
		return r, err
	}
	last := all[len(all)-1]
	r.Hospital, err = l.hospital(tx, last)
	r.Assessed, r.Finding = last.On, lang.T("letter.unmet")
	if category, level, met := last.Result(); met {
		r.Finding = lang.T(category.Word()) + lang.T(level.Word())
	}
	return r, err
}

// hospital is the name of the institution whose conclusion it is: one of another county's is known from the referral.
func (l loaded) hospital(tx *store.Tx, c assessment.Conclusion) (string, error) {
	if c.Session == "" && c.Hospital == "" {
		r, _, err := tx.ReferralOf(l.County(), l.ID)
		return r.Parcel.Hospital, err
	}
	at, err := signedAt(tx, c)
	if err != nil {
		return "", err
	}
	o, err := tx.Org(at)
	return o.Name, err
}

// reasons is the lines of a text, each of which is one item of a letter.
func reasons(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
