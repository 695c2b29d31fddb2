package office

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/region"
	"hefa/internal/store"
)

// place is a region's name with those above it, from the province down.
func place(tx *store.Tx, code region.Code) (string, error) {
	names, err := tx.RegionNames(code)
	s := ""
	for c := code; c != ""; c = c.Parent() {
		s = names[c] + s
	}
	return s, err
}

// Regions is one place, what it lies in from the province down, and what lies directly in it.
type Regions struct {
	Here  region.Region
	Above []region.Region
	Below []region.Region
}

// Regions is a place of the country with its neighbours up and down; places are reference data that everybody may read.
func (d *Desk) Regions(ctx context.Context, by access.Actor, at region.Code) (Regions, error) {
	var out Regions
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if at != "" {
			var err error
			if out.Here, err = tx.Region(at); err != nil {
				return err
			}
		}
		for c := at.Parent(); c != ""; c = c.Parent() {
			r, err := tx.Region(c)
			if err != nil {
				return err
			}
			out.Above = append([]region.Region{r}, out.Above...)
		}
		if at.Level() == region.Village {
			return nil
		}
		var err error
		out.Below, err = tx.Regions(at)
		return err
	})
	return out, err
}

// Found is a place with the names of all that it lies in.
type Found struct {
	region.Region
	Path string
}

// FindRegions is up to limit places whose code begins with q or whose name holds it, those of the actor's own area before the rest of the country.
func (d *Desk) FindRegions(ctx context.Context, by access.Actor, q string, limit int) ([]Found, error) {
	var out []Found
	q = strings.TrimSpace(q)
	if q == "" {
		return nil, nil
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		own, err := tx.FindRegions(by.Region, q, limit)
		if err != nil {
			return err
		}
		rest, err := tx.FindRegions("", q, limit)
		if err != nil {
			return err
		}
		for _, r := range rest {
			if !by.Region.Contains(r.Code) {
				own = append(own, r)
			}
		}
		for _, r := range own[:min(len(own), limit)] {
			path, err := place(tx, r.Code)
			if err != nil {
				return err
			}
			out = append(out, Found{r, path})
		}
		return nil
	})
	return out, err
}

// Choices is the places from which somebody picks an area step by step: their own, those on the way to at, and those directly in at.
func (d *Desk) Choices(ctx context.Context, by access.Actor, at region.Code) ([]region.Region, error) {
	var out []region.Region
	if !by.Region.Contains(at) || !at.Valid() {
		at = by.Region
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		var chain []region.Region
		for c := at; c != "" && by.Region.Contains(c); c = c.Parent() {
			r, err := tx.Region(c)
			if err != nil {
				return err
			}
			chain = append([]region.Region{r}, chain...)
		}
		if at.Level() != region.Village {
			below, err := tx.Regions(at)
			if err != nil {
				return err
			}
			chain = append(chain, below...)
		}
		out = chain
		return nil
	})
	return out, err
}

// AddRegion enters a place that has no official code below parent and gives its code: the wanted one, or the next free local code for "".
func (d *Desk) AddRegion(ctx context.Context, by access.Actor, parent region.Code, r region.Region) (region.Code, error) {
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.RegionAdd, parent); err != nil {
			return err
		}
		if _, err := tx.Region(parent); err != nil && parent != "" {
			return err
		}
		siblings, err := tx.Regions(parent)
		if err != nil {
			return err
		}
		r.Name, r.Local = strings.TrimSpace(r.Name), true
		if r.Code == "" {
			r.Code = region.NextLocal(parent, siblings)
		}
		if err := region.CheckLocal(parent, r, siblings); err != nil {
			return err
		}
		return taken(tx.AddRegion(r))
	})
	return r.Code, err
}

// taken says of a code that somebody entered in the same moment that it is taken.
func taken(err error) error {
	if fault.Of(err) != fault.Stale {
		return err
	}
	var p fault.Problems
	p.Add("code", "region.code.taken")
	return p.Fault()
}
