package archiving

import (
	"context"
	"io"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// office is the federation of a county, as papers name it.
func office(tx *store.Tx, where region.Code) (string, error) {
	r, err := tx.Region(where)
	return lang.T("letter.office", r.Name), err
}

// WriteDossier prints the cover, the contents and the remarks of a person's file; that somebody took them is written down.
func (d *Desk) WriteDossier(ctx context.Context, by access.Actor, of person.ID, w io.Writer) error {
	var p paper.Dossier
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := whole(tx, access.ArchiveRead, of)
		if err != nil {
			return err
		}
		p = paper.Dossier{No: f.No, Name: f.Holder.Name, Identity: f.Holder.Number.Masked(), Term: lang.T(f.Term.Word()), Box: f.InBox, Place: f.Stands, From: f.Opened, To: f.Closed, Pages: f.Pages}
		for _, i := range f.Items {
			p.Rows = append(p.Rows, paper.DossierRow{Author: i.Author, Number: i.Number, Title: i.Title, Day: i.Day, Pages: i.Pages, Origin: lang.T(i.Origin.Word()), Note: i.Note, Digest: i.Said()})
			p.From = min(p.From, i.Day)
		}
		if p.Office, err = office(tx, f.County()); err != nil {
			return err
		}
		return tx.Note(access.ArchiveRead, store.Subject{Kind: "dossier", ID: string(of), Region: f.Region, Note: f.No})
	})
	if err != nil {
		return err
	}
	return paper.Write(w, p)
}

// WriteBox prints the labels of a box and the list of what is in it.
func (d *Desk) WriteBox(ctx context.Context, by access.Actor, id archive.BoxID, w io.Writer) error {
	var p paper.BoxPapers
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := opened(tx, access.ArchiveRead, id)
		if err != nil {
			return err
		}
		p = paper.BoxPapers{No: b.No, Year: b.Year, Term: lang.T(b.Term.Word()), Place: b.Place()}
		for _, k := range b.Files {
			note := ""
			if k.State != archive.Shelved {
				note = lang.T(k.State.Word())
			}
			p.Rows = append(p.Rows, paper.BoxRow{Order: k.Order, No: k.No, Name: k.Holder.Name, Opened: k.Opened, Note: note})
			p.To = k.No
		}
		if len(b.Files) > 0 {
			p.From = b.Files[0].No
		}
		if p.Office, err = office(tx, b.Region); err != nil {
			return err
		}
		return tx.Note(access.ArchiveRead, store.Subject{Kind: "box", ID: string(id), Region: b.Region, Note: b.No})
	})
	if err != nil {
		return err
	}
	return paper.Write(w, p)
}

// shelfMost is how many boxes the index of the shelves takes.
const shelfMost = 20000

// WriteShelves prints where each box of the county stands.
func (d *Desk) WriteShelves(ctx context.Context, by access.Actor, where region.Code, w io.Writer) error {
	var boxes []archive.Box
	var name string
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.ArchiveRead, where)
		if err != nil {
			return err
		}
		if boxes, err = tx.Boxes(home, "", "", shelfMost); err != nil {
			return err
		}
		name, err = office(tx, home)
		return err
	})
	if err != nil {
		return err
	}
	columns := []paper.Column{{Head: lang.T("archive.room"), Width: 3}, {Head: lang.T("archive.rack"), Width: 2}, {Head: lang.T("archive.shelf"), Width: 2}, {Head: lang.T("archive.box"), Width: 5},
		{Head: lang.T("archive.term"), Width: 2}, {Head: lang.T("archive.filled"), Width: 1, Number: true}}
	return paper.Write(w, paper.Report{Name: lang.T("archive.shelves.title"), About: name, Columns: columns, Rows: func(yield func([]string) bool) {
		for _, b := range boxes {
			if !yield([]string{b.Room, b.Rack, b.Shelf, b.No, lang.T(b.Term.Word()), strconv.Itoa(b.Filled)}) {
				return
			}
		}
	}})
}

// DossierColumns is what can be taken out of a list of files.
var DossierColumns = []string{"archive.no", "archive.holder", "cases.column.number", "archive.term", "archive.box", "archive.order", "archive.place", "archive.opened",
	"archive.closed", "archive.state"}

// ExportDossiers writes the list of files as a spreadsheet (归档文件目录); taking it out is written down.
func (d *Desk) ExportDossiers(ctx context.Context, by access.Actor, f DossierFilter, to sheet.Out) error {
	if err := to.Check(DossierColumns); err != nil {
		return err
	}
	var all []Kept
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ArchiveRead, f.Region)
		if err != nil {
			return err
		}
		if err := by.May(access.ListExport, where); err != nil {
			return err
		}
		f.Region, f.After, f.Limit = where, "", exportMost
		if all, err = tx.Dossiers(f); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "list", ID: "dossiers", Region: where, Note: lang.T("archive.list.title")})
	})
	if err != nil {
		return err
	}
	title := lang.T("archive.list.title")
	rows := make([][]string, len(all))
	for i, k := range all {
		rows[i] = []string{k.No, k.Holder.Name, k.Holder.Number.Masked(), lang.T(k.Term.Word()), k.InBox, strconv.Itoa(k.Order), k.Stands, string(k.Opened), string(k.Closed), lang.T(k.State.Word())}
	}
	return to.Write(sheet.Table{Name: title, Title: title, Rows: sheet.Rows(rows), Columns: sheet.Keyed(DossierColumns)})
}

// exportMost is the most rows of the spreadsheet.
const exportMost = 200_000
