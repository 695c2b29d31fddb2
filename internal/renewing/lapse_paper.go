package renewing

import (
	"bytes"
	"context"
	"io"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/policy"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// WritePosting prints a published list to hang up: who still stands on it, masked. The public may have it while it runs, an officer always.
func (d *Desk) WritePosting(ctx context.Context, by access.Actor, posting string, w io.Writer) error {
	var out paper.Cancellation
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		n, err := tx.Posting(posting)
		if err != nil {
			return err
		}
		if by.Can(access.PersonRead) {
			err = by.May(access.LapseRead, n.Region)
		} else {
			n, err = running(tx, access.LapseRead, posting)
		}
		if err != nil {
			return err
		}
		all, err := public(tx, n)
		if err != nil {
			return err
		}
		p, err := published(tx, n, all)
		if err != nil {
			return err
		}
		office, err := tx.Office(n.Region)
		if err != nil {
			return err
		}
		names, err := tx.RegionNames(n.Region)
		out = paper.Cancellation{Township: names[n.Region.Township()], Rule: office.Policy.Find(policy.LocalRule).Value, From: n.Starts.Add(1), To: n.Ends, Days: p.Days,
			Where: p.Office, Phone: n.Phone, Office: p.Office, Dated: n.Starts}
		for _, r := range p.Rows {
			out.Rows = append(out.Rows, paper.CancellationRow{Name: r.Name, Village: r.Village, Cause: lang.T(r.Cause.Word())})
		}
		return err
	})
	if err != nil {
		return err
	}
	return paper.Write(w, out)
}

// LapseColumns is what can be taken out of a list of lapses.
var LapseColumns = []string{"lapse.column.township", "lapse.column.village", "lapse.column.name", "lapse.column.number", "lapse.column.cause", "lapse.column.expires",
	"lapse.column.state", "lapse.column.ends", "lapse.column.decided"}

// ExportLapses writes every lapse that fits as a list with masked numbers; that it was taken out is noted.
func (d *Desk) ExportLapses(ctx context.Context, by access.Actor, f LapseFilter, to sheet.Out) error {
	if err := to.Check(LapseColumns); err != nil {
		return err
	}
	var file bytes.Buffer
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		file.Reset()
		if f.Region, err = scope(by, access.ListExport, f.Region); err != nil {
			return err
		}
		f.After, f.Limit = "", lapsesAtOnce
		title, n := lang.T("lapse.export.list"), 0
		err = to.Into(&file).Write(sheet.Table{Name: title, Title: title, Columns: sheet.Keyed(LapseColumns), Rows: func(yield func([]string, error) bool) {
			n = everyLapse(tx, f, yield)
		}})
		if err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "lapse", ID: string(f.Region), Region: f.Region, Note: strconv.Itoa(n)})
	})
	if err != nil {
		return err
	}
	_, err = file.WriteTo(to.To)
	return err
}

// lapsesAtOnce is how many lapses an export reads at once.
const lapsesAtOnce = 2000

// everyLapse yields the line of every lapse that fits, page after page, and says how many they were.
func everyLapse(tx *store.Tx, f LapseFilter, yield func([]string, error) bool) (lines int) {
	for {
		l, err := lapses(tx, f)
		if err != nil {
			yield(nil, err)
			return lines
		}
		for _, r := range l.Lapses {
			n := r.Lapse
			if !yield([]string{l.Places[n.Region.Township()], villageOf(l.Places, n.Region), r.Person.Name, r.Certificate.Number.Masked(), lang.T(n.Cause.Word()),
				string(r.Certificate.Expires), lang.T(n.State.Word()), string(n.Ends), string(n.Decided)}, nil) {
				return lines
			}
			lines++
		}
		if f.After = l.Next; l.Next == "" {
			return lines
		}
	}
}
