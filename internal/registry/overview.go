package registry

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Overview is a county's figures: how many hold a certificate, how many of these end by a day, how many belong to poor households, against the
// estimate of disabled people (clauses M4–M6, M8).
type Overview struct {
	County    region.Region
	Estimated int     // disabled people by survey; 0 when the county has set none
	Rate      float64 // holders of the estimated, in per cent; 0 without an estimate
	By        day.Day
	Sum       store.Figures
	Townships []Township
}

// Township is one township's figures.
type Township struct {
	Region region.Region
	store.Figures
}

// horizon is how many months ahead an overview looks when nobody says how far: on 1 April, to the end of the year.
const horizon = 9

// Overview is the figures of the county asked for, or the actor's own; by is the day up to which certificates count as ending, "" for nine months.
func (d *Desk) Overview(ctx context.Context, by access.Actor, where region.Code, until day.Day) (Overview, error) {
	var o Overview
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if where == "" {
			where = by.Region
		}
		if err := by.May(access.CertificateRead, where); err != nil {
			return err
		}
		if o.By = until; until == "" {
			o.By = tx.Today().AddMonths(horizon).Add(-1)
		}
		rows, err := tx.Figures(where, o.By)
		if err != nil {
			return err
		}
		if o.County, err = tx.Region(where.County()); err != nil {
			return err
		}
		office, err := tx.Office(where)
		if err != nil {
			return err
		}
		return o.add(tx, rows, office.Policy.Count(policy.BaseEstimate))
	})
	return o, err
}

// add sums the townships up; the rate is a county's, because the estimate is.
func (o *Overview) add(tx *store.Tx, rows []store.Figures, estimated int) error {
	codes := make([]region.Code, len(rows))
	for i, f := range rows {
		codes[i] = f.Township
	}
	names, err := tx.RegionNames(codes...)
	if err != nil {
		return err
	}
	for _, f := range rows {
		o.Townships = append(o.Townships, Township{region.Region{Code: f.Township, Name: names[f.Township]}, f})
		o.Sum.Holders += f.Holders
		o.Sum.Lapsing += f.Lapsing
		o.Sum.Poor += f.Poor
	}
	if o.Estimated = estimated; estimated > 0 {
		o.Rate = 100 * float64(o.Sum.Holders) / float64(estimated)
	}
	return nil
}

// Counties is the counties that the actor may look at: those with a federation of their own.
func (d *Desk) Counties(ctx context.Context, by access.Actor) ([]region.Region, error) {
	var out []region.Region
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.CertificateRead, by.Region); err != nil {
			return err
		}
		all, err := tx.Orgs(by.Region, org.Federation)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Region.Level() != region.County {
				continue
			}
			r, err := tx.Region(o.Region)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}
