package fieldwork

import (
	"context"
	"io"
	"iter"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// Rosters is the lists that were handed in, the newest first, and whether there are more.
func (d *Desk) Rosters(ctx context.Context, by access.Actor, where region.Code, page Page) (out []Handed, more bool, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if where, err = by.Scope(access.RosterRead, where); err != nil {
			return err
		}
		all, err := tx.Rosters(where, roster.ID(page.After), page.Limit+1)
		if err != nil {
			return err
		}
		if more = len(all) > page.Limit; more {
			all = all[:page.Limit]
		}
		var codes []region.Code
		for _, u := range all {
			codes = append(codes, u.Region)
		}
		names, err := tx.RegionNames(codes...)
		for _, u := range all {
			out = append(out, Handed{Upload: u, Township: names[u.Region]})
		}
		return err
	})
	return out, more, err
}

// Page is a part of a long list: what stands after the last row of the page before.
type Page struct {
	After string
	Limit int
}

// Handed is a list that was handed in, with its township's name.
type Handed struct {
	roster.Upload
	Township string
	Absent   int // certificates of the area that hold and do not stand on the list of another register, once it is stored
}

// Roster is one list with up to limit of its rejected lines after a row.
func (d *Desk) Roster(ctx context.Context, by access.Actor, id roster.ID, after, limit int) (h Handed, lines []Rejected, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if h.Upload, err = load(tx, access.RosterRead, id); err != nil {
			return err
		}
		names, err := tx.RegionNames(h.Region)
		if err != nil {
			return err
		}
		h.Township = names[h.Region]
		if h.Kind == roster.Register && h.State == roster.Stored && by.Can(access.CertificateRead) {
			if h.Absent, err = tx.CountCertificates(store.CertificateFilter{Region: h.Region, Absent: h.ID}); err != nil {
				return err
			}
		}
		if by.Can(access.RosterImport) { // the lines hold whole numbers, as the file had them
			lines, err = tx.RejectedLines(h.Upload, after, limit)
		}
		return err
	})
	return h, lines, err
}

// RosterReport is the account of a checked list as the command line and the API give it; what the register contradicts stands apart.
func (d *Desk) RosterReport(ctx context.Context, by access.Actor, id roster.ID) (r roster.Report, late []roster.Rejection, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		u, err := load(tx, access.RosterImport, id)
		if err != nil {
			return err
		}
		r = roster.Report{Kind: u.Kind, Region: string(u.Region), HeaderRow: u.Header, Rows: u.Rows, Good: u.Good,
			Rejected: []roster.Rejection{}, Duplicates: []roster.Duplicate{}}
		for l, err := range rejected(tx, u) {
			switch {
			case err != nil:
				return err
			case l.Reason == roster.Again:
				r.Duplicates = append(r.Duplicates, roster.Duplicate{Row: l.Row, SameAs: l.SameAs})
			case l.Reason.Late():
				late = append(late, l.Rejection)
			default:
				r.Rejected = append(r.Rejected, l.Rejection)
			}
		}
		return nil
	})
	return r, late, err
}

// rejected is every line of a list that was not entered, by row.
func rejected(tx *store.Tx, u roster.Upload) iter.Seq2[Rejected, error] {
	return func(yield func(Rejected, error) bool) {
		after := 0
		for {
			lines, err := tx.RejectedLines(u, after, 500)
			if err != nil {
				yield(Rejected{}, err)
				return
			}
			for _, l := range lines {
				if !yield(l, nil) {
					return
				}
				after = l.Row
			}
			if len(lines) < 500 {
				return
			}
		}
	}
}

// WriteRejected writes the rejected lines as a spreadsheet with a column that says why, to be corrected and sent again. Taking it out is recorded.
func (d *Desk) WriteRejected(ctx context.Context, by access.Actor, id roster.ID, w io.Writer) error {
	var u roster.Upload
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if u, err = load(tx, access.RosterImport, id); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "roster", ID: string(u.ID), Region: u.Region, Note: u.Name})
	})
	if err != nil {
		return err
	}
	return d.db.View(ctx, by, func(tx *store.Tx) error {
		rows := func(yield func([]string, error) bool) {
			for l, err := range rejected(tx, u) {
				if l.Reason == roster.Again {
					continue
				}
				row := make([]string, len(u.Titles)+1)
				copy(row, l.Cells)
				row[len(u.Titles)] = l.Message
				if !yield(row, err) {
					return
				}
			}
		}
		columns := append(sheet.Columns(u.Titles...), sheet.Column{Name: lang.T("roster.column.returned"), Width: 60})
		return sheet.WriteXLSX(w, sheet.Table{Name: lang.T("roster.rejected.sheet"), Title: lang.T(u.Kind.Word()), Columns: columns, Rows: rows})
	})
}
