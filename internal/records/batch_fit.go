package records

import (
	"context"
	"errors"
	"io"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/store"
)

// fits tries the pages of approved cases before their faces are frozen, so that no face blocks a batch later; it names whose pages cannot be printed and
// why. What else is wrong with a case is said when its face is frozen.
func (d *Desk) fits(ctx context.Context, by access.Actor, ids []application.ID) error {
	var faces []card.Face
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		for _, of := range ids {
			a, err := load(tx, access.ApplicationPrint, of)
			if err != nil {
				return err
			}
			if a.State != application.Approved {
				continue
			}
			p, err := tx.Person(a.Person)
			if err != nil {
				return err
			}
			house, err := tx.Office(a.Region.Township())
			if err != nil {
				return err
			}
			s, err := sitting(tx, a, p, house.Policy)
			if err != nil {
				return err
			}
			f := s.Face()
			f.Photo, f.QR = "", "x" // a frame takes the same place, and so does any code
			faces = append(faces, f)
		}
		return nil
	})
	if err != nil || len(faces) == 0 {
		return err
	}
	if d.tried(faces) == nil {
		return nil
	}
	for _, f := range faces {
		err := d.tried([]card.Face{f})
		if wrong, ok := errors.AsType[*fault.Fault](err); ok {
			return fault.New(fault.Refused, "batch.face", f.Name, lang.T(wrong.Key, wrong.Args...))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tried is what keeps faces from being printed.
func (d *Desk) tried(faces []card.Face) error {
	l, err := faces[0].Drawn()
	if err != nil {
		return err
	}
	var people []paper.Booklet
	for _, f := range faces {
		one, err := d.booklet(f)
		if err != nil {
			return err
		}
		people = append(people, one)
	}
	return pages("", card.Standard(l.Make), people, io.Discard)
}

// pages is the pages of a batch for a printer.
func pages(no string, p card.Printer, people []paper.Booklet, w io.Writer) error {
	if p.Make != certificate.Card {
		return paper.Write(w, paper.Booklets{Batch: no, Tray: trayOf(p), People: people})
	}
	cards := paper.Chipcards{Batch: no, Tray: trayOf(p)}
	for _, one := range people {
		cards.People = append(cards.People, paper.Chipcard{Booklet: one})
	}
	return paper.Write(w, cards)
}
