package records

import (
	"context"
	"io"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/store"
)

// WriteDeliveryRegister prints the register in which everybody signs who takes a card of the batch home; it leaves a line in the audit. Each is numbered and kept with whose
// card stands on which page, so that its scanned pages file themselves; while the cards are the same it is printed anew under its number.
func (d *Desk) WriteDeliveryRegister(ctx context.Context, by access.Actor, of card.BatchID, w io.Writer) error {
	var list paper.Delivery
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.CertificateRead, of)
		if err != nil {
			return err
		}
		s, err := sheaf(tx, b)
		if err != nil {
			return err
		}
		office, err := tx.OrgAt(b.Region)
		if err != nil {
			return err
		}
		list = paper.Delivery{Office: office.Name, Batch: b.No, Dated: tx.Today()}
		var cards []card.ID
		for _, l := range s.live() {
			list.Rows = append(list.Rows, paper.DeliveryRow{Name: l.Card.Face.Name, Number: l.Card.Face.Number.Masked(), Village: l.Place, Old: l.Exchange()})
			cards = append(cards, l.Card.ID)
		}
		if len(cards) > 0 {
			r, err := register(tx, b, list, cards)
			if err != nil {
				return err
			}
			list.Number, list.Dated = r.No, r.Printed
		}
		return noteList(tx, b, strings.TrimSpace(list.Title()+" "+list.Number))
	})
	if err != nil {
		return err
	}
	return paper.Write(w, list)
}

// register is the batch's newest register where it has these cards on these pages, else a new one.
func register(tx *store.Tx, b card.Batch, list paper.Delivery, cards []card.ID) (card.Register, error) {
	list.Number = b.No // any number takes the same place
	pages, err := list.Spread()
	if err != nil {
		return card.Register{}, err
	}
	wanted := card.Ruled(cards, pages)
	all, err := tx.Registers(b)
	if err != nil {
		return card.Register{}, err
	}
	if len(all) > 0 {
		last := all[len(all)-1]
		printed, err := tx.RegisterLines(last)
		if err != nil || last.Serves(printed, wanted) {
			return last, err
		}
	}
	no, err := series(tx, b.County(), "QS")
	if err != nil {
		return card.Register{}, err
	}
	r := card.Register{ID: card.RegisterID(id.New()), Region: b.Region, Batch: b.ID, No: no, Pages: slices.Max(pages), Printed: tx.Today(), Clerk: tx.By().Name}
	return r, tx.AddRegister(r, wanted)
}

// Signed is a register of a batch with its pages.
type Signed struct {
	card.Register
	Leaves []SignedPage
}

// Back is how many of its pages came back.
func (s Signed) Back() int {
	n := 0
	for _, l := range s.Leaves {
		if len(l.Scans) > 0 {
			n++
		}
	}
	return n
}

// SignedPage is one page of a register: its lines, and its scans, the newest first.
type SignedPage struct {
	No          int
	First, Last int
	Scans       []card.RegisterScan
}

// signed is the registers of a batch, the newest first, their pages in order however they came back.
func signed(tx *store.Tx, b card.Batch) ([]Signed, error) {
	all, err := tx.Registers(b)
	if err != nil {
		return nil, err
	}
	slices.Reverse(all)
	var out []Signed
	for _, r := range all {
		lines, err := tx.RegisterLines(r)
		if err != nil {
			return nil, err
		}
		scans, err := tx.RegisterScans(r)
		if err != nil {
			return nil, err
		}
		one := Signed{Register: r, Leaves: make([]SignedPage, r.Pages)}
		for i := range one.Leaves {
			one.Leaves[i].No = i + 1
		}
		for _, l := range lines {
			p := &one.Leaves[l.Page-1]
			if p.First == 0 {
				p.First = l.Line
			}
			p.Last = l.Line
		}
		for _, s := range scans {
			p := &one.Leaves[s.Page-1]
			p.Scans = append(p.Scans, s)
		}
		out = append(out, one)
	}
	return out, nil
}

// SignedPage is a scanned page of a batch's register with its content type; that it was opened, and why, is written down.
func (d *Desk) SignedPage(ctx context.Context, by access.Actor, of card.BatchID, scan, reason string) (kind string, content io.ReadSeekCloser, err error) {
	reason = strings.Join(strings.Fields(reason), " ")
	var found card.RegisterScan
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.CertificateRead, of)
		if err != nil {
			return err
		}
		all, err := signed(tx, b)
		if err != nil {
			return err
		}
		for _, r := range all {
			for _, p := range r.Leaves {
				i := slices.IndexFunc(p.Scans, func(s card.RegisterScan) bool { return s.ID == scan })
				if i < 0 {
					continue
				}
				found = p.Scans[i]
				if err := person.CheckReason(reason); err != nil {
					return err
				}
				return tx.Note(access.CertificateRead, store.RegisterSubject(r.Register, lang.T("register.read", p.No, reason)))
			}
		}
		return fault.New(fault.Missing, "record.missing")
	})
	if err != nil {
		return "", nil, err
	}
	f, err := d.files.Open(found.Hash)
	return found.Type, f, err
}
