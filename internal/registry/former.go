package registry

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
)

// Former is a number that somebody had before a correction.
type Former = store.Former

// Earlier is somebody who had a number before it was found to be truly another's, as seen from that other.
type Earlier struct {
	Former
	Place string         // the county where they are registered
	Known *person.Person // nil when the actor may not know them: then what was found is not told either
}

// holders is who had the number of p before it was found to be p's.
func holders(tx *store.Tx, p person.Person) ([]Earlier, error) {
	all, err := tx.FoundApart(p)
	if err != nil {
		return nil, err
	}
	out := make([]Earlier, len(all))
	for i, f := range all {
		county, err := tx.Region(f.County)
		if err != nil {
			return nil, err
		}
		known, err := tx.Seen(f)
		if err != nil {
			return nil, err
		}
		if known == nil {
			f.Person, f.Reason, f.Name = "", "", ""
		}
		out[i] = Earlier{f, county.Name, known}
	}
	return out, nil
}

// Finding is whether a number that somebody had before a correction is truly another person's, as it was found with what proves it.
type Finding struct {
	Former string // id
	Apart  bool
	Reason string
}

// FindApart keeps what was found about a number that a person had before: where it is another's, that other may be entered with it from now on.
func (d *Desk) FindApart(ctx context.Context, by access.Actor, of person.ID, x Finding) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.CorrectionApart, of)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(p.ID); err != nil {
			return err
		}
		all, err := tx.FormersOf(p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(f store.Former) bool { return f.ID == x.Former })
		if i < 0 {
			return fault.New(fault.Missing, "record.missing")
		}
		f := all[i]
		if f.Apart == x.Apart {
			return fault.New(fault.Stale, "record.stale")
		}
		f.Apart, f.Reason, f.Decided, f.Name = x.Apart, strings.Join(strings.Fields(x.Reason), " "), tx.Today(), by.Name
		if err := person.CheckReason(f.Reason); err != nil {
			return err
		}
		return tx.SaveFormer(p, f)
	})
}
