package fieldwork

import (
	"context"
	"errors"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// atOnce is how many rows one transaction enters; a clerk's own transaction waits behind one of these at most, some half a second. Numbers and names
// fall anywhere in their indexes, so each transaction writes most of their pages, and fewer of them write less.
const atOnce = 4000

// sample is how many good rows a preview shows.
const sample = 10

// CheckRoster judges the rows of an uploaded list and keeps those that go back; the program calls it. A list that is no longer to be checked is
// left alone, so that it may be called again.
func (d *Desk) CheckRoster(ctx context.Context, by access.Actor, id roster.ID) error {
	u, as, err := d.begin(ctx, by, id)
	if err != nil || u.State != roster.Checking {
		return err
	}
	c := check{d: d, ctx: ctx, as: as, u: u}
	if c.known, err = d.readings(ctx, as, u); err != nil {
		return err
	}
	if err := d.db.Update(ctx, as, func(tx *store.Tx) error { return tx.DropRejected(u) }); err != nil {
		return err
	}
	c.u.Rows = 0
	err = d.listOf(u, c.known, c.read)
	switch f, ok := errors.AsType[*fault.Fault](err); {
	case ok && f.Kind == fault.Invalid:
		if err := c.u.Broken(lang.T(f.Key, f.Args...)); err != nil {
			return err
		}
		return d.keep(ctx, as, c.u)
	case err != nil:
		return err
	}
	return d.keep(ctx, as, c.u)
}

// begin is a list with the clerk in whose name the program goes on with it.
func (d *Desk) begin(ctx context.Context, by access.Actor, id roster.ID) (u roster.Upload, as access.Actor, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if u, err = load(tx, access.RosterRead, id); err != nil {
			return err
		}
		as, err = author(tx, u)
		return err
	})
	return u, as, err
}

func (d *Desk) keep(ctx context.Context, as access.Actor, u roster.Upload) error {
	return d.db.Update(ctx, as, func(tx *store.Tx) error { return tx.KeepRoster(u) })
}

// check is one judging of a list.
type check struct {
	d   *Desk
	ctx context.Context
	as  access.Actor
	u   roster.Upload

	known roster.Known // what the county told of its sources
}

// read judges every row, noting now and then how far it is, and keeps the result.
func (c *check) read(list sheet.Sheet) error {
	good := 0
	c.u.Sample = nil
	result, err := c.known.Read(c.u.Kind, string(c.u.Region), list.Rows(), func(e roster.Entry) error {
		if len(c.u.Sample) < sample {
			c.u.Sample = append(c.u.Sample, e.Preview())
		}
		if good++; good%5000 == 0 {
			return c.tick(e.Row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := c.reject(result); err != nil {
		return err
	}
	c.u.Titles = result.Returned.Columns[:len(result.Returned.Columns)-1]
	c.u.Reading = result.Header.Told
	return c.u.Checked(result.Report)
}

// tick notes how many rows were looked at, for whoever watches.
func (c *check) tick(row int) error {
	c.u.Rows = row
	if err := c.d.keep(c.ctx, c.as, c.u); err != nil {
		return err
	}
	c.u.Version++
	return nil
}

// reject keeps the lines that go back, some at a time.
func (c *check) reject(result roster.Result) error {
	var lines []store.Rejected
	for i, r := range result.Report.Rejected {
		cells := result.Returned.Rows[i]
		lines = append(lines, store.Rejected{Rejection: r, Cells: cells[:len(cells)-1]})
	}
	for _, r := range result.Report.Duplicates {
		lines = append(lines, store.Rejected{Rejection: roster.Rejection{Row: r.Row, Reason: roster.Again,
			Message: lang.T("roster.duplicate", r.SameAs)}, SameAs: r.SameAs})
	}
	for len(lines) > 0 {
		n := min(len(lines), atOnce)
		if err := c.d.db.Update(c.ctx, c.as, func(tx *store.Tx) error { return tx.AddRejected(c.u, lines[:n]) }); err != nil {
			return err
		}
		lines = lines[n:]
	}
	return nil
}
