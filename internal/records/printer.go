package records

import (
	"context"
	"io"
	"slices"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Printers is the printers of the county, those that are not offered any more too.
func (d *Desk) Printers(ctx context.Context, by access.Actor, where region.Code) (all []card.Printer, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.PrinterKeep, where)
		if err != nil {
			return err
		}
		all, err = tx.Printers(home)
		return err
	})
	return all, err
}

// Printer is one printer, for whoever keeps it.
func (d *Desk) Printer(ctx context.Context, by access.Actor, id card.PrinterID) (p card.Printer, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		p, err = printer(tx, access.PrinterKeep, id)
		return err
	})
	return p, err
}

func printer(tx *store.Tx, act access.Act, id card.PrinterID) (card.Printer, error) {
	p, err := tx.Printer(id)
	if err != nil {
		return p, err
	}
	return p, tx.By().May(act, p.Region)
}

// AddPrinter sets up a printer of the actor's county.
func (d *Desk) AddPrinter(ctx context.Context, by access.Actor, p card.Printer) (card.PrinterID, error) {
	p.ID, p.Retired = card.PrinterID(id.New()), false
	return p.ID, d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if p.Region, err = tx.CountyFor(access.PrinterKeep, p.Region); err != nil {
			return err
		}
		if err := p.Check(); err != nil {
			return err
		}
		return tx.AddPrinter(p)
	})
}

// EditPrinter changes a printer's sheet, places and offsets, or takes it off the offer; p.Version is the one that was read.
func (d *Desk) EditPrinter(ctx context.Context, by access.Actor, p card.Printer) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		was, err := printer(tx, access.PrinterKeep, p.ID)
		if err != nil {
			return err
		}
		p.Region, p.Make = was.Region, was.Make
		if err := p.Check(); err != nil {
			return err
		}
		return tx.SavePrinter(p)
	})
}

// WriteTest prints the page by which a printer is set up.
func (d *Desk) WriteTest(ctx context.Context, by access.Actor, id card.PrinterID, w io.Writer) error {
	p, err := d.Printer(ctx, by, id)
	if err != nil {
		return err
	}
	return paper.Write(w, paper.TestPrint{Printer: p.Name, Tray: trayOf(p), Card: p.Make == certificate.Card})
}

// offered is the county's printers that print a kind of certificate and are in use.
func offered(tx *store.Tx, home region.Code, make certificate.Kind) ([]card.Printer, error) {
	all, err := tx.Printers(home)
	return slices.DeleteFunc(all, func(p card.Printer) bool { return p.Retired || p.Make != make }), err
}

// chosen is the printer that somebody picked for certificates of a kind, the standard one for "".
func chosen(tx *store.Tx, home region.Code, make certificate.Kind, id card.PrinterID) (card.Printer, error) {
	if id == "" {
		p := card.Standard(make)
		p.Name = lang.T("printer.standard")
		return p, nil
	}
	p, err := tx.Printer(id)
	switch {
	case err != nil:
		return p, err
	case p.Region != home:
		return p, fault.New(fault.Missing, "record.missing")
	case p.Make != make:
		return p, fault.New(fault.Refused, "printer.make.wrong", p.Name, p.Make, make)
	}
	return p, nil
}

// trayOf is the printer's sheet in millimetres.
func trayOf(p card.Printer) paper.Tray {
	spot := func(s card.Spot) paper.Spot { return paper.Spot{X: s.X.Millimetres(), Y: s.Y.Millimetres()} }
	t := paper.Tray{Width: p.Width.Millimetres(), Height: p.Height.Millimetres(), Front: spot(p.Front), Back: spot(p.Back), Mirrored: p.Mirrored}
	for _, s := range p.Places {
		t.Places = append(t.Places, spot(s))
	}
	return t
}
