package casework

import (
	"context"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// AcceptApplication takes a case on once every paper of its checklist was seen; sighted is the papers seen in the original just now.
// The case gets its number, which the slip shows.
func (d *Desk) AcceptApplication(ctx context.Context, by access.Actor, id application.ID, sighted []string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationAccept, id)
		if err != nil {
			return err
		}
		missing, err := a.missing(tx, sighted)
		if err != nil {
			return err
		}
		no, err := acceptanceNo(tx, a.Application)
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
		return tx.Sight(a.Application, sighted)
	})
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

// acceptanceNo is the county's next number of the year: 533103-2020-000001.
func acceptanceNo(tx *store.Tx, a application.Application) (string, error) {
	year := tx.Today().Year()
	n, err := tx.Next(a.County(), fmt.Sprintf("accept-%d", year))
	return fmt.Sprintf("%s-%d-%06d", a.County(), year, n), err
}
