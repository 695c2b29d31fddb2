package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
)

// Acceptance is what the desk states when it takes a case on.
type Acceptance struct {
	Sighted  []string          // papers seen in the original just now
	Aids     *application.Aids // what the applicant needs on the day; nil leaves it
	Distinct string            // how the applicant was told apart from people who look alike, needed when there are some
}

// AcceptApplication takes a case on once every paper of its checklist was seen, and once everybody who may be the same person was told apart, which is
// kept. The case gets its number, which the slip shows.
func (d *Desk) AcceptApplication(ctx context.Context, by access.Actor, id application.ID, s Acceptance) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationAccept, id)
		if err != nil {
			return err
		}
		missing, err := a.missing(tx, s.Sighted)
		if err != nil {
			return err
		}
		others, err := a.alike(tx)
		if err != nil {
			return err
		}
		if err := tellApart(tx, access.ApplicationAccept, a.Application, others, s.Distinct); err != nil {
			return err
		}
		no, err := tx.AcceptanceNo(a.County())
		if err != nil {
			return err
		}
		if err := a.Accept(no, missing, a.office); err != nil {
			return err
		}
		if err := a.hold(tx); err != nil {
			return err
		}
		if err := a.save(tx, access.ApplicationAccept, no); err != nil {
			return err
		}
		if s.Aids != nil {
			if err := keepAids(tx, a.Application, *s.Aids); err != nil {
				return err
			}
		}
		return tx.Sight(a.Application, s.Sighted)
	})
}

// alike is the people who may be the applicant of a first certificate under another number; for every other matter there are none, for the certificate
// names its holder. For a guest, the county of registration knows.
func (l loaded) alike(tx *store.Tx) ([]person.Person, error) {
	if l.Matter != application.New || l.State != application.Submitted || l.Home != "" {
		return nil, nil
	}
	p, err := tx.Person(l.Person)
	if err != nil {
		return nil, err
	}
	return tx.Alike(p)
}

// tellApart keeps how the applicant of a differs from the others, who look alike.
func tellApart(tx *store.Tx, act access.Act, a application.Application, others []person.Person, how string) error {
	if len(others) == 0 {
		return nil
	}
	how = strings.TrimSpace(how)
	var p fault.Problems
	switch n := len([]rune(how)); {
	case n == 0:
		p.Add("distinct", "application.distinct.missing", len(others))
	case n > application.TextMost:
		p.Add("distinct", "application.text.long", application.TextMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	for _, o := range others {
		if err := tx.KeepLikeness(act, store.Likeness{Application: a.ID, Region: a.Region, Person: a.Person, Other: o, Reason: how}); err != nil {
			return err
		}
	}
	return nil
}

// missing is the papers of the checklist that were neither seen now nor sent as a scan.
func (l loaded) missing(tx *store.Tx, sighted []string) ([]string, error) {
	p, err := tx.Person(l.Person)
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for _, s := range sighted {
		have[s] = true
	}
	scans, err := tx.Attachments(l.Application)
	if err != nil {
		return nil, err
	}
	for _, s := range scans {
		have[s.Paper] = true
	}
	var out []string
	for _, paper := range l.Checklist(p.Birth, l.office) {
		if !have[paper] {
			out = append(out, paper)
		}
	}
	return out, nil
}
