package archiving

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Count is how many pages a paper has and what is noted beside it.
type Count struct {
	Pages int
	Note  string
}

// CountPages sets the pages of papers of a file, by their ids; papers that are not named stay as they are.
func (d *Desk) CountPages(ctx context.Context, by access.Actor, of person.ID, counts map[string]Count) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := whole(tx, access.ArchiveKeep, of)
		if err != nil {
			return err
		}
		var wrong fault.Problems
		for _, i := range f.Items {
			c, ok := counts[i.ID]
			if !ok || c.Pages == i.Pages && strings.TrimSpace(c.Note) == i.Note {
				continue
			}
			i.Count(&wrong, c.Pages, c.Note)
			if err := tx.SaveItem(access.ArchiveKeep, f.Dossier, i); err != nil {
				return err
			}
		}
		return wrong.Fault()
	})
}

// AddPaper puts a paper that no case made into a file: old material that lies there, or what came later.
func (d *Desk) AddPaper(ctx context.Context, by access.Actor, of person.ID, i archive.Item) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := load(tx, access.ArchiveKeep, of)
		if err != nil {
			return err
		}
		if err := i.Check(tx.Today()); err != nil {
			return err
		}
		i.ID, i.Origin = id.New(), archive.Paper
		if err := tx.AddItems(f.Dossier, []archive.Item{i}); err != nil {
			return err
		}
		if err := replace(tx, f.Dossier, i); err != nil {
			return err
		}
		f.Closed = tx.Today()
		return tx.SaveDossier(access.ArchiveKeep, f.Dossier, i.Title)
	})
}

// MoveDossier puts a file into another box of its county; an empty number means the box at hand of the file's year.
func (d *Desk) MoveDossier(ctx context.Context, by access.Actor, of person.ID, box string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := load(tx, access.ArchiveKeep, of)
		if err != nil {
			return err
		}
		office, err := tx.Office(f.Region)
		if err != nil {
			return err
		}
		if f.State != archive.Shelved {
			return fault.New(fault.Refused, "archive.out", f.No)
		}
		from := f.Box
		if box = strings.TrimSpace(box); box == "" {
			err = shelve(tx, access.ArchiveKeep, &f.Dossier, office.Policy)
		} else {
			err = into(tx, &f.Dossier, box)
		}
		if err == nil && f.Box == from {
			var wrong fault.Problems
			wrong.Add("box", "archive.box.same")
			err = wrong.Fault()
		}
		if err != nil {
			return err
		}
		return tx.SaveDossier(access.ArchiveKeep, f.Dossier, box)
	})
}

// into gives a file the next place in the box with the number.
func into(tx *store.Tx, f *archive.Dossier, no string) error {
	var wrong fault.Problems
	b, err := boxByNo(tx, f.County(), no)
	switch {
	case fault.Of(err) == fault.Missing:
		wrong.Add("box", "archive.box.unknown", no)
	case err != nil:
		return err
	default:
		if err := b.Put(f); err != nil {
			return err
		}
		return tx.SaveBox(access.ArchiveKeep, b)
	}
	return wrong.Fault()
}

func boxByNo(tx *store.Tx, where region.Code, no string) (archive.Box, error) {
	all, err := tx.Boxes(where, no, "", 1)
	if err == nil && (len(all) == 0 || all[0].No != no) {
		err = fault.New(fault.Missing, "record.missing")
	}
	if err != nil {
		return archive.Box{}, err
	}
	return all[0], nil
}
