package records

import (
	"context"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// TownPace is how soon the cards of one township reach their holders.
type TownPace struct {
	Place region.Region
	card.Pace
}

// Paces is how soon cards reach their holders, by township: those that were handed over since a day, and those that still wait.
type Paces struct {
	County region.Region
	Since  day.Day
	Most   int // working days that policy leaves
	Towns  []TownPace
	Sum    card.Pace
}

// paceMonths is how far back a view of the paces goes when no day is given.
const paceMonths = 12

// Paces is how soon the cards of an area reach their holders; since is "" for the last twelve months.
func (d *Desk) Paces(ctx context.Context, by access.Actor, where region.Code, since day.Day) (Paces, error) {
	var out Paces
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = paces(tx, access.CertificateRead, where, since)
		return err
	})
	return out, err
}

func paces(tx *store.Tx, act access.Act, where region.Code, since day.Day) (out Paces, err error) {
	if where, err = tx.By().Scope(act, where); err != nil {
		return out, err
	}
	office, err := tx.Office(where)
	if err != nil {
		return out, err
	}
	if out.Since = since; since == "" {
		out.Since = office.Today.AddMonths(-paceMonths)
	} else if _, err := day.Parse(string(since)); err != nil {
		var p fault.Problems
		p.Add("since", "overview.until.wrong")
		return out, p.Fault()
	}
	out.Most = card.WayMost(office.Policy)
	ways, err := tx.CardWays(where, out.Since)
	if err != nil {
		return out, err
	}
	var all []card.Walked
	byTown, codes := map[region.Code][]card.Walked{}, []region.Code{where.County()}
	for _, w := range ways {
		if byTown[w.Township] == nil {
			codes = append(codes, w.Township)
		}
		byTown[w.Township], all = append(byTown[w.Township], w.Walked), append(all, w.Walked)
	}
	names, err := tx.RegionNames(codes...)
	if err != nil {
		return out, err
	}
	out.County = region.Region{Code: codes[0], Name: names[codes[0]]}
	for _, code := range codes[1:] {
		out.Towns = append(out.Towns, TownPace{region.Region{Code: code, Name: names[code]}, card.PaceOf(byTown[code], office.Today, office.Calendar, office.Policy)})
	}
	out.Sum = card.PaceOf(all, office.Today, office.Calendar, office.Policy)
	return out, nil
}

// PaceColumns is what can be taken out of the paces.
var PaceColumns = []string{"pace.township", "pace.delivered", "pace.late", "pace.median", "pace.longest", "pace.waiting", "pace.waiting.late", "pace.waiting.most"}

// ExportPaces writes the paces as a list; taking it out is written down.
func (d *Desk) ExportPaces(ctx context.Context, by access.Actor, where region.Code, since day.Day, to sheet.Out) error {
	if err := to.Check(PaceColumns); err != nil {
		return err
	}
	var p Paces
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if p, err = paces(tx, access.ListExport, where, since); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "card", ID: string(p.County.Code), Region: p.County.Code, Note: lang.T("pace.title")})
	})
	if err != nil {
		return err
	}
	var rows [][]string
	for _, t := range append(p.Towns, TownPace{region.Region{Name: lang.T("year.sum")}, p.Sum}) {
		row := []string{t.Place.Name}
		for _, n := range []int{t.Delivered, t.Late, t.Median, t.Longest, t.Waiting, t.WaitingLate, t.WaitingMost} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	return to.Write(sheet.Table{Name: lang.T("pace.title"), Title: lang.T("pace.title"), Columns: sheet.Keyed(PaceColumns), Rows: sheet.Rows(rows)})
}
