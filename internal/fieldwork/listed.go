package fieldwork

import (
	"context"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// ListedFilter narrows the lists; empty fields do not.
type ListedFilter = store.ListedFilter

// People is a page of the people on a list, by village.
type People struct {
	Where  region.Code // the area shown
	People []Waiting
	Names  map[region.Code]string // of the people's villages and what they lie in
	Places []region.Region        // what the area can be narrowed to
	More   bool
}

// Listed is who stands on a list of the area.
func (d *Desk) Listed(ctx context.Context, by access.Actor, f ListedFilter) (out People, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if f.Region, err = area(tx, f.Region); err != nil {
			return err
		}
		out.Where = f.Region
		if out.Places, err = choices(tx, f.Region); err != nil {
			return err
		}
		f.Limit++
		f.Poor = f.Poor || by.Role == access.Poverty
		if out.People, err = tx.ListedPeople(f); err != nil {
			return err
		}
		if out.More = len(out.People) == f.Limit; out.More {
			out.People = out.People[:f.Limit-1]
		}
		codes := []region.Code{f.Region}
		for _, p := range out.People {
			codes = append(codes, p.Region)
		}
		out.Names, err = tx.RegionNames(codes...)
		return err
	})
	return out, err
}

// area is what a list of the lists shows: what was asked for, else all that the actor answers for, a whole county at most.
func area(tx *store.Tx, asked region.Code) (region.Code, error) {
	if asked == "" && tx.By().Region.Level() < region.County {
		counties, err := tx.Counties()
		if err != nil {
			return "", err
		}
		if len(counties) > 0 {
			asked = counties[0]
		}
	}
	return tx.By().Scope(access.RosterRead, asked)
}

// choices is the places directly below the area, or beside it when there are none below, as far as the actor answers for them.
func choices(tx *store.Tx, where region.Code) ([]region.Region, error) {
	if where.Level() == region.Village && tx.By().Region.Contains(where.Parent()) {
		where = where.Parent()
	}
	return tx.Regions(where)
}

// RosterPlaces is where the actor may hand in a list for: townships, and before them the county for what another register holds.
func (d *Desk) RosterPlaces(ctx context.Context, by access.Actor) (out []region.Region, err error) {
	if err := by.May(access.RosterImport, by.Region); err != nil {
		return nil, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if by.Region.Level() == region.Township {
			r, err := tx.Region(by.Region)
			out = []region.Region{r}
			return err
		}
		if by.Region.Level() == region.County {
			r, err := tx.Region(by.Region)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		below, err := tx.Regions(by.Region)
		out = append(out, below...)
		return err
	})
	return out, err
}

// ListedColumns is what can be taken out of a list of people.
var ListedColumns = []string{"listed.column.township", "listed.column.village", "listed.column.name", "listed.column.sex", "listed.column.number",
	"listed.column.expires", "listed.column.phone", "listed.column.poor", "listed.column.why", "listed.column.condition", "listed.column.attempts", "listed.column.attempted", "listed.column.case"}

// ExportListed writes everybody on a list of the area as a spreadsheet, numbers masked. Taking it out is recorded.
func (d *Desk) ExportListed(ctx context.Context, by access.Actor, f ListedFilter, to sheet.Out) error {
	if err := to.Check(ListedColumns); err != nil {
		return err
	}
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if f.Region, err = area(tx, f.Region); err != nil {
			return err
		}
		if err := by.May(access.ListExport, f.Region); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "listed", ID: string(f.Kind), Region: f.Region, Note: lang.T(f.Kind.Word())})
	})
	if err != nil {
		return err
	}
	return d.db.View(ctx, by, func(tx *store.Tx) error {
		names, err := villageNames(tx, f.Region)
		if err != nil {
			return err
		}
		columns := sheet.Keyed(ListedColumns)
		return to.Write(sheet.Table{Name: lang.T("listed.sheet"), Title: lang.T(f.Kind.Word()), Columns: columns, Rows: everybody(tx, f, names)})
	})
}

// villageNames is the names of everything in a county or below.
func villageNames(tx *store.Tx, where region.Code) (map[region.Code]string, error) {
	names, err := tx.RegionNames(where)
	if err != nil {
		return nil, err
	}
	below := []region.Code{where}
	for len(below) > 0 {
		places, err := tx.Regions(below[0])
		if err != nil {
			return nil, err
		}
		below = below[1:]
		for _, p := range places {
			names[p.Code] = p.Name
			if p.Code.Level() < region.Village {
				below = append(below, p.Code)
			}
		}
	}
	return names, nil
}

// everybody walks a list to its end, page by page.
func everybody(tx *store.Tx, f ListedFilter, names map[region.Code]string) func(func([]string, error) bool) {
	return func(yield func([]string, error) bool) {
		f.After, f.Limit = "", 500
		for {
			people, err := tx.ListedPeople(f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, p := range people {
				if !yield(exported(p, names), nil) {
					return
				}
				f.After = string(p.Region) + " " + p.ID
			}
			if len(people) < f.Limit {
				return
			}
		}
	}
}

func exported(p Waiting, names map[region.Code]string) []string {
	number, village := p.Holder.Number.Masked(), names[p.Region]
	if p.Kind == roster.Expired {
		number = p.Number.Masked()
	}
	if p.Region.Level() < region.Village {
		village = p.Village
	}
	said := map[bool]string{true: lang.T("listed.yes"), false: lang.T("listed.no")}
	why := ""
	if p.Reason != "" {
		why = lang.T(p.Reason.Word())
	}
	return []string{names[p.Region.Township()], village, p.Holder.Name, lang.T(p.Holder.Sex.Word()), number, p.Until, person.MaskedPhone(p.Holder.Phone),
		said[p.Holder.Poor], why, p.Condition, strconv.Itoa(p.Attempts), string(p.Attempted), said[p.Application != ""]}
}
