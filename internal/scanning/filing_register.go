package scanning

import (
	"cmp"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/pile"
	"hefa/internal/region"
	"hefa/internal/store"
)

// register keeps a page of the sheet on which people signed for their cards with its batch.
func (f filing) register(tx *store.Tx, t pile.Target, b bound) error {
	r, err := tx.RegisterByNo(f.pile.County(), t.No)
	if err != nil {
		return err
	}
	if err := tx.By().May(access.ApplicationDeliver, r.Region); err != nil {
		return err
	}
	there, err := tx.RegisterScans(r)
	if err != nil {
		return err
	}
	s := card.RegisterScan{ID: id.New(), Register: r.ID, Page: page(t.Paper), Hash: b.hash, Type: b.kind, Pages: len(f.leaves), Received: cmp.Or(f.receipt.On, f.pile.Received), Clerk: tx.By().Name}
	if err := r.Take(s, there, tx.Today()); err != nil {
		return err
	}
	if b.hash == "" {
		return errTried
	}
	return signed(tx, access.PileFile, r, s.Page, func() error { return tx.AddRegisterScan(r, s, lang.T("pile.page", s.Page)) })
}

// page is the number of a page as a target has it.
func page(text string) int {
	n, _ := strconv.Atoi(text) // nought is no page
	return n
}

// undoRegister takes a page that is not of this sheet out of its batch.
func undoRegister(tx *store.Tx, county region.Code, b pile.Back) error {
	r, err := tx.RegisterByNo(county, b.No)
	if err != nil {
		return err
	}
	if err := tx.By().May(access.PileBack, r.Region); err != nil {
		return err
	}
	there, err := tx.RegisterScans(r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(there, func(s card.RegisterScan) bool { return s.Hash == b.Hash && s.Page == page(b.Paper) })
	if i < 0 {
		return fault.New(fault.Refused, "pile.back.other", b.No)
	}
	return signed(tx, access.PileBack, r, there[i].Page, func() error {
		return tx.TakeOutRegisterScan(r, there[i], lang.T("pile.page", there[i].Page)+" "+b.Reason)
	})
}

// signed changes the scans of a page, and what is written in the files of those who stand on it beside the receipt of their card: where the signature can be seen, whatever
// was written of it before. What somebody else wrote there stays.
func signed(tx *store.Tx, act access.Act, r card.Register, page int, change func() error) error {
	cards, err := tx.RegisterCards(r, page)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	for _, c := range cards {
		all, err := tx.SignedFor(c)
		if err != nil {
			return err
		}
		if err := noted(tx, act, c, card.Seen(all)); err != nil {
			return err
		}
	}
	return nil
}

// noted puts right what the program noted beside a receipt that lies in a file.
func noted(tx *store.Tx, act access.Act, c card.Card, is string) error {
	a, err := tx.Application(application.ID(c.Application))
	if err != nil {
		return err
	}
	d, ok, err := tx.Dossier(a.County(), a.Person)
	if err != nil || !ok {
		return err
	}
	items, err := tx.Items(d)
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.Application != c.Application || i.Kind != archive.Receipt || i.Origin != archive.Born || i.Destroyed != "" || i.Note == is || !card.Own(i.Note) {
			continue
		}
		i.Note = is
		if err := tx.SaveItem(act, d, i); err != nil {
			return err
		}
	}
	return nil
}
