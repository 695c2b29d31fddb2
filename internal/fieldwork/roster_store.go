package fieldwork

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// StoreRoster enters the good rows of a confirmed list, some at a time, each time together with how far it came; the program calls it. Called again
// after a break it goes on from there.
func (d *Desk) StoreRoster(ctx context.Context, by access.Actor, id roster.ID) error {
	u, as, err := d.begin(ctx, by, id)
	if err != nil || u.State != roster.Storing {
		return err
	}
	places, err := d.places(ctx, as, u.Region)
	if err != nil {
		return err
	}
	s := storing{d: d, as: as, u: u, places: places}
	ctx, stop := context.WithCancel(ctx)
	chunks, failed := make(chan []line, 1), make(chan error, 1)
	go func() {
		failed <- s.read(ctx, chunks)
		close(chunks)
	}()
	for chunk := range chunks {
		if err = s.enter(ctx, chunk); err != nil {
			break
		}
	}
	stop()
	for range chunks { // the reader ends before this method does
	}
	if err != nil {
		return err
	}
	if err := <-failed; err != nil {
		return fmt.Errorf("reading list %s again: %w", u.ID, err)
	}
	return s.finish(context.WithoutCancel(ctx))
}

// places is where the rows of a list can lie.
type places struct {
	area     region.Code
	villages *region.Matcher
	towns    []region.Region
}

// of is the village that the row means, else the township with the words of the list; "" when the list is of a county and names no township of it, or may mean several.
func (p places) of(e roster.Entry) (region.Code, string) {
	if p.area.Level() == region.Township {
		if code, ok := p.villages.Match(e.Village); ok {
			return code, ""
		}
		return p.area, e.Village
	}
	for _, text := range []string{e.Township + e.Village, e.Village} {
		if code, ok := p.villages.Match(text); ok {
			return code, ""
		}
	}
	var found []region.Code
	for _, t := range p.towns {
		switch {
		case e.Township == t.Name:
			return t.Code, e.Village
		case e.Township != "" && strings.HasPrefix(t.Name, e.Township), strings.Contains(e.Village, t.Name):
			found = append(found, t.Code)
		}
	}
	if len(found) != 1 {
		return "", ""
	}
	return found[0], e.Village
}

// places reads the villages and townships of an area with what it lies in.
func (d *Desk) places(ctx context.Context, as access.Actor, where region.Code) (p places, err error) {
	p.area = where
	err = d.db.View(ctx, as, func(tx *store.Tx) error {
		all, err := tx.Regions(where)
		if err != nil {
			return err
		}
		if where.Level() == region.County {
			p.towns = all
			for _, t := range p.towns {
				below, err := tx.Regions(t.Code)
				if err != nil {
					return err
				}
				all = append(all, below...)
			}
		}
		for c := where; c.Level() >= region.County; c = c.Parent() {
			r, err := tx.Region(c)
			if err != nil {
				return err
			}
			all = append(all, r)
		}
		p.villages = region.NewMatcher(all)
		return nil
	})
	return p, err
}

// line is a good row with its cells as they were, in case the register contradicts it.
type line struct {
	roster.Entry
	cells []roster.Cell
}

// storing is one entering of a list.
type storing struct {
	d      *Desk
	as     access.Actor
	u      roster.Upload
	places places
}

// read judges the list again, row by row, and hands on the good rows that are not entered yet.
func (s *storing) read(ctx context.Context, to chan<- []line) error {
	skip := s.u.Done
	return s.d.listOf(s.u, roster.Only(s.u.Reading), func(list sheet.Sheet) error {
		var chunk []line
		send := func() error {
			select {
			case to <- chunk:
				chunk = nil
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		rows := &remember{}
		_, err := roster.Only(s.u.Reading).Read(s.u.Kind, string(s.u.Region), rows.all(list.Rows()), func(e roster.Entry) error {
			if skip > 0 {
				skip--
				return nil
			}
			if chunk = append(chunk, line{e, rows.of(e.Row)}); len(chunk) == atOnce {
				return send()
			}
			return nil
		})
		if err == nil && len(chunk) > 0 {
			err = send()
		}
		return err
	})
}

// enter takes some rows in, with how far the list is then, in one transaction.
func (s *storing) enter(ctx context.Context, rows []line) error {
	var after roster.Upload
	err := s.d.db.Update(ctx, s.as, func(tx *store.Tx) error {
		c := chunk{tx: tx, u: s.u, places: s.places}
		if err := c.take(rows); err != nil {
			return err
		}
		c.u.Done += len(rows)
		after = c.u
		return tx.KeepRoster(c.u)
	})
	if err != nil {
		return fmt.Errorf("entering rows of list %s: %w", s.u.ID, err)
	}
	s.u = after
	s.u.Version++
	return nil
}

// finish says that all is entered.
func (s *storing) finish(ctx context.Context) error {
	return s.d.db.Update(ctx, s.as, func(tx *store.Tx) error {
		u := s.u
		u.State = roster.Stored
		return tx.SaveRoster(u)
	})
}

// remember keeps the cells of the rows that were read last; the first rows are read ahead while the header is looked for.
type remember struct {
	head []roster.Row
	last roster.Row
}

func (m *remember) all(rows func(func(roster.Row, error) bool)) func(func(roster.Row, error) bool) {
	return func(yield func(roster.Row, error) bool) {
		for row, err := range rows {
			if len(m.head) < roster.Head {
				m.head = append(m.head, roster.Row{Number: row.Number, Cells: slices.Clone(row.Cells)})
			}
			m.last = row
			if !yield(row, err) {
				return
			}
		}
	}
}

// of is a copy of the cells of a row that was just handed on.
func (m *remember) of(number int) []roster.Cell {
	if m.last.Number == number {
		return slices.Clone(m.last.Cells)
	}
	for _, r := range m.head {
		if r.Number == number {
			return r.Cells
		}
	}
	return nil
}
