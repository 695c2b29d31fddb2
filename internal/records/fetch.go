package records

import (
	"context"
	"io"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/store"
)

// FetchLetter is 领取通知 of a card that lies at the township and waits.
func (d *Desk) FetchLetter(ctx context.Context, by access.Actor, id application.ID) (paper.Letter, error) {
	var out paper.Fetch
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		held, err := tx.HoldsBack(a.Application)
		if err != nil {
			return err
		}
		if a.State != application.Dispatched || held {
			return fault.New(fault.Refused, "letter.none")
		}
		p, err := tx.Person(a.Person)
		if err != nil {
			return err
		}
		at, err := counters{tx, map[region.Code]paper.Office{}}.at(a.Region)
		out = fetch(store.Case{Application: a.Application, Person: p}, at)
		out.Dated = tx.Today()
		return err
	})
	return out, err
}

// WriteFetchLetters prints 领取通知 in a reading for every waiting card that fits, in the order of the list, and none for cards of which nobody is to be told; it leaves a
// line in the audit.
func (d *Desk) WriteFetchLetters(ctx context.Context, by access.Actor, f HandoutFilter, reading paper.Reading, w io.Writer) error {
	if f.Stage == card.Held {
		return fault.New(fault.Refused, "fetch.held")
	}
	var all []paper.Paper
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ListExport, f.Region)
		if err != nil {
			return err
		}
		f.Region, f.After, f.Limit = where, "", exported
		waiting, err := handouts(tx, f)
		if err != nil {
			return err
		}
		if len(waiting.Rows) == 0 {
			return fault.New(fault.Refused, "fetch.none")
		}
		at := counters{tx, map[region.Code]paper.Office{}}
		for _, l := range waiting.Rows {
			office, err := at.at(l.Case.Application.Region)
			if err != nil {
				return err
			}
			one := fetch(l.Case, office)
			one.Dated = tx.Today()
			all = append(all, paper.Read(one, reading))
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "card", ID: string(f.Batch), Region: where, Note: paper.Fetch{}.Title()})
	})
	if err != nil {
		return err
	}
	return paper.WriteAll(w, paper.Fetch{}.Title(), paper.All(all))
}

// fetch is what the letter says, but for its day.
func fetch(c store.Case, at paper.Office) paper.Fetch {
	return paper.Fetch{Number: c.Application.No, Person: c.Person.Name, Identity: c.Person.Number.Masked(), Matter: lang.T(c.Application.Matter.Word()),
		Old: c.Application.Recalls(), Office: at}
}

// counters is the townships' federations, where cards are fetched, each read once.
type counters struct {
	tx    *store.Tx
	known map[region.Code]paper.Office
}

func (c counters) at(where region.Code) (paper.Office, error) {
	town := where.Township()
	if o, ok := c.known[town]; ok {
		return o, nil
	}
	o, err := c.tx.OrgAt(town)
	c.known[town] = paper.Office{Name: o.Name, Address: o.Address, Phone: o.Phone}
	return c.known[town], err
}
