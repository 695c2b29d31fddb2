package records

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Line is a card of a batch or of a hand-out list, as lists show it.
type Line struct {
	store.Printed
	Place string   // the village
	Days  int      // calendar days since the good print, or from there to the hand
	Late  bool     // more working days than policy leaves for dispatch and delivery
	Bar   card.Bar // why nobody is told to fetch it
}

// Exchange says whether an old certificate is to be handed in.
func (l Line) Exchange() bool { return l.Case.Application.Recalls() }

// Bundle is a batch as the list of batches shows it.
type Bundle struct {
	card.Batch
	Place string // the township
	Tally map[card.State]int
}

// Live is how many of its cards somebody gets.
func (b Bundle) Live() int { return b.Cards - b.Tally[card.Void] }

// Bundles is one page of the list of batches.
type Bundles struct {
	Rows      []Bundle
	More      bool
	Townships []region.Region // where batches can be for
}

// BatchFilter is which batches a list shows; empty fields do not narrow.
type BatchFilter struct {
	Region region.Code
	After  card.BatchID
	Limit  int
}

// Batches is the print batches of the area, the latest first, with how far each is.
func (d *Desk) Batches(ctx context.Context, by access.Actor, f BatchFilter) (Bundles, error) {
	var out Bundles
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.CertificateRead, f.Region)
		if err != nil {
			return err
		}
		page, err := tx.Batches(where, f.After, f.Limit+1)
		if err != nil {
			return err
		}
		if out.More = len(page) > f.Limit; out.More {
			page = page[:f.Limit]
		}
		if out.Rows, err = bundles(tx, page); err != nil {
			return err
		}
		out.Townships, err = tx.Regions(by.Region.County())
		return err
	})
	return out, err
}

// bundles is batches with their places and tallies.
func bundles(tx *store.Tx, page []card.Batch) ([]Bundle, error) {
	tally, err := tx.BatchTally(page)
	if err != nil {
		return nil, err
	}
	var codes []region.Code
	for _, b := range page {
		codes = append(codes, b.Region)
	}
	names, err := tx.RegionNames(codes...)
	var out []Bundle
	for _, b := range page {
		out = append(out, Bundle{b, names[b.Region], tally[b.ID]})
	}
	return out, err
}

// Sheaf is a batch with all its cards.
type Sheaf struct {
	Bundle
	Lines    []Line
	Kept     bool             // the county keeps the book of its blanks
	Desks    []card.DeskDay   // the desks that hold blanks
	Make     certificate.Kind // what the batch is printed as
	Printers []card.Printer   // those of the county that print it
	Signed   []Signed         // the registers in which people signed for its cards
}

// live is the cards that somebody gets: a list that goes with them knows none that is void.
func (s Sheaf) live() []Line {
	return slices.DeleteFunc(slices.Clone(s.Lines), func(l Line) bool { return l.Card.State == card.Void })
}

// Batch is one print batch with its cards, by village.
func (d *Desk) Batch(ctx context.Context, by access.Actor, id card.BatchID) (Sheaf, error) {
	var s Sheaf
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.CertificateRead, id)
		if err != nil {
			return err
		}
		if s, err = sheaf(tx, b); err != nil {
			return err
		}
		if s.Signed, err = signed(tx, b); err != nil {
			return err
		}
		if s.Kept, s.Desks, err = ready(tx, b.County()); err != nil || len(s.Lines) == 0 {
			return err
		}
		if l, err := s.Lines[0].Card.Face.Drawn(); err == nil { // else the page shows the batch, and printing it says why not
			s.Make = l.Make
		}
		s.Printers, err = offered(tx, b.County(), s.Make)
		return err
	})
	return s, err
}

// sheaf is a batch with its cards, read by whoever may.
func sheaf(tx *store.Tx, b card.Batch) (Sheaf, error) {
	one, err := bundles(tx, []card.Batch{b})
	if err != nil {
		return Sheaf{}, err
	}
	cards, err := tx.BatchCards(b)
	if err != nil {
		return Sheaf{}, err
	}
	all, err := lines(tx, b.Region, cards)
	return Sheaf{Bundle: one[0], Lines: all}, err
}

// lines is cards with their villages and days; where is the place whose rules hold.
func lines(tx *store.Tx, where region.Code, cards []store.Printed) ([]Line, error) {
	office, err := tx.Office(where)
	if err != nil {
		return nil, err
	}
	var codes []region.Code
	for _, c := range cards {
		codes = append(codes, c.Card.Region)
	}
	names, err := tx.RegionNames(codes...)
	if err != nil {
		return nil, err
	}
	bars, err := tx.Bars(cards)
	var out []Line
	for _, c := range cards {
		l := Line{Printed: c, Place: names[c.Card.Region], Bar: bars[c.Case.Application.ID]}
		l.Days, l.Late = c.Card.Way(office.Today, office.Calendar, office.Policy)
		out = append(out, l)
	}
	return out, err
}

// Printable is what waits to be printed: how many approved cases each township has, and those of the one that is open.
type Printable struct {
	Townships []Waiting
	Open      region.Code // "" until one is chosen
	Place     string
	Cases     []store.Case
	Names     map[region.Code]string
	More      bool // more than one batch holds
}

// Waiting is a township with the number of its cases.
type Waiting struct {
	Code  region.Code
	Name  string
	Count int
}

// Printable is the choice before a batch: the most urgent approved cases of a township, up to what one batch holds.
func (d *Desk) Printable(ctx context.Context, by access.Actor, where region.Code) (Printable, error) {
	var out Printable
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ApplicationPrint, where)
		if err != nil {
			return err
		}
		if out.Townships, err = waiting(tx, where.County()); err != nil || where.Level() < region.Township {
			return err
		}
		out.Open = where.Township()
		if out.Cases, err = tx.Queue(out.Open, application.Approved, nil, Most+1); err != nil {
			return err
		}
		if out.More = len(out.Cases) > Most; out.More {
			out.Cases = out.Cases[:Most]
		}
		codes := []region.Code{out.Open}
		for _, c := range out.Cases {
			codes = append(codes, c.Application.Region)
		}
		out.Names, err = tx.RegionNames(codes...)
		out.Place = out.Names[out.Open]
		return err
	})
	return out, err
}

// waiting is the townships of a county, in the order of their codes, with their approved cases.
func waiting(tx *store.Tx, county region.Code) ([]Waiting, error) {
	counts, err := tx.Townships(county, application.Approved)
	if err != nil {
		return nil, err
	}
	all, err := tx.Regions(county)
	var out []Waiting
	for _, r := range all {
		out = append(out, Waiting{r.Code, r.Name, counts[r.Code]})
	}
	return out, err
}
