package casework

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/region"
	"hefa/internal/store"
)

// CountyWork is the work of one county, as somebody above it sees it.
type CountyWork struct {
	Place   region.Region
	Open    int // cases under way
	Waiting int // of these, where it is the actor's turn
}

// Counties is the counties of a place with the cases under way, for officers whose area is more than one county: they choose one first.
func (d *Desk) Counties(ctx context.Context, by access.Actor, below region.Code) ([]CountyWork, error) {
	var out []CountyWork
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ApplicationRead, below)
		if err != nil {
			return err
		}
		loads, err := tx.Loads()
		if err != nil {
			return err
		}
		all, err := countiesBelow(tx, where, loads)
		if err != nil {
			return err
		}
		waiting := application.Waiting(by.Role)
		for _, place := range all {
			w := CountyWork{Place: place}
			for _, l := range loads {
				if l.County == place.Code && l.State.Open() {
					w.Open += l.Count
				}
				if l.County == place.Code && slices.Contains(waiting, l.State) {
					w.Waiting += l.Count
				}
			}
			out = append(out, w)
		}
		return nil
	})
	return out, err
}

// countiesBelow is every county of a prefecture, and of a larger place those that have cases.
func countiesBelow(tx *store.Tx, where region.Code, loads []store.Load) ([]region.Region, error) {
	if where.Level() == region.Prefecture {
		return tx.Regions(where)
	}
	var codes []region.Code
	for _, l := range loads {
		if where.Contains(l.County) && !slices.Contains(codes, l.County) {
			codes = append(codes, l.County)
		}
	}
	names, err := tx.RegionNames(codes...)
	var out []region.Region
	for _, c := range codes {
		out = append(out, region.Region{Code: c, Name: names[c]})
	}
	return out, err
}
