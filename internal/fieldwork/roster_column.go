package fieldwork

import (
	"context"
	"fmt"
	"slices"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// Columns is the columns of a list for whoever tells what they hold.
type Columns struct {
	Handed
	At       roster.Span    // the rows of the words over the columns
	Two      bool           // the row below can be a second line of the header
	Titles   []string       // those words
	Means    []string       // what each column is read as now, words of roster.Told
	Examples [3][]string    // the first rows below, as text
	Rows     []roster.Line  // the first rows of the sheet, to choose another
	Known    roster.Reading // what was told of this source before, empty for nothing
}

// RosterColumns is the columns of a list of which nothing was entered yet, below the rows given; where the sheet has no such rows, below those that the
// program takes for the header.
func (d *Desk) RosterColumns(ctx context.Context, by access.Actor, id roster.ID, at roster.Span) (c Columns, err error) {
	var known roster.Known
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if c.Upload, err = load(tx, access.RosterImport, id); err != nil {
			return err
		}
		again := c.Upload
		if err := again.Again(); err != nil {
			return err
		}
		names, err := tx.RegionNames(c.Region)
		if err != nil {
			return err
		}
		c.Township = names[c.Region]
		known, err = tx.Readings(c.County())
		return err
	})
	if err != nil {
		return c, err
	}
	rows, err := d.headOf(c.Upload, known)
	if err != nil {
		return c, err
	}
	c.lay(rows, at, known)
	return c, nil
}

// headOf is the first rows of a list's file.
func (d *Desk) headOf(u roster.Upload, known roster.Known) ([]roster.Row, error) {
	f, err := d.files.Open(u.Hash)
	if err != nil {
		return nil, fmt.Errorf("opening list %s: %w", u.ID, err)
	}
	defer f.Close() // it was only read
	book, err := sheet.Open(f, f.Size())
	if err != nil {
		return nil, err
	}
	return book.Head(u.Kind, known)
}

// lay finds the header among the rows and fills in what its columns hold.
func (c *Columns) lay(rows []roster.Row, at roster.Span, known roster.Known) {
	c.Rows = roster.Lines(rows)
	first, titles, ok := at.In(rows)
	if ok {
		c.Means = roster.Guess(titles)
	} else if h, err := known.FindHeader(c.Kind, rows); err == nil {
		at, c.Means = h.Span(), h.Means()
		first, titles, _ = at.In(rows)
	} else {
		at = roster.Widest(rows)
		first, titles, _ = at.In(rows)
		c.Means = roster.Guess(titles)
	}
	c.At, c.Titles = at, titles
	c.Means = append(c.Means, make([]string, max(0, len(titles)-len(c.Means)))...)
	_, _, c.Two = roster.Span{Row: at.Row, Last: at.Row + 1}.In(rows)
	if r, ok := known[roster.Reading{Titles: titles}.Layout()]; ok {
		c.Known, c.Means = r, slices.Clone(r.Means)
	}
	below := rows[first+1+at.Last-at.Row:]
	for i := range min(len(c.Examples), len(below)) {
		for _, cell := range below[i].Cells {
			c.Examples[i] = append(c.Examples[i], cell.Text)
		}
	}
}

// TellColumns keeps what the columns of a list hold and has it judged anew; lists with the same words over their columns are read alike from now on.
func (d *Desk) TellColumns(ctx context.Context, by access.Actor, id roster.ID, at roster.Span, means []string) error {
	c, err := d.RosterColumns(ctx, by, id, at)
	if err != nil {
		return err
	}
	if c.At != at {
		return fault.New(fault.Invalid, "roster.meaning.row")
	}
	r := roster.Reading{Titles: c.Titles, Means: means, Source: c.Name, Author: by.Name}
	if err := r.Check(c.Kind); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		u, err := load(tx, access.RosterImport, id)
		if err != nil {
			return err
		}
		if err := u.Again(); err != nil {
			return err
		}
		if err := tx.KeepReading(u, r); err != nil {
			return err
		}
		if err := tx.SaveRoster(u); err != nil {
			return err
		}
		return tx.Enqueue(job.CheckRoster{County: string(u.County()), Roster: string(u.ID)})
	})
}

// readings is what the county of a list told of its sources.
func (d *Desk) readings(ctx context.Context, as access.Actor, u roster.Upload) (known roster.Known, err error) {
	err = d.db.View(ctx, as, func(tx *store.Tx) error {
		known, err = tx.Readings(u.County())
		return err
	})
	return known, err
}
