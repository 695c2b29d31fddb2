package archiving

import (
	"context"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/scan"
	"hefa/internal/store"
)

// Boxes is the boxes of a county by number, and whether there are more.
func (d *Desk) Boxes(ctx context.Context, by access.Actor, f BoxFilter) (all []archive.Box, more bool, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.ArchiveRead, f.County)
		if err != nil {
			return err
		}
		if all, err = tx.Boxes(home, f.No, f.After, f.Limit+1); err != nil {
			return err
		}
		if more = len(all) > f.Limit; more {
			all = all[:f.Limit]
		}
		return nil
	})
	return all, more, err
}

// BoxFilter narrows a list of boxes; No is the beginning of the number.
type BoxFilter struct {
	County region.Code
	No     string
	After  string // the number of the last row of the page before
	Limit  int
}

// Box is a box with what is in it and when it was counted.
type Box struct {
	archive.Box
	Files  []Kept
	Counts []archive.Stocktaking
}

// Box is one box of the actor's county.
func (d *Desk) Box(ctx context.Context, by access.Actor, id archive.BoxID) (Box, error) {
	var out Box
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = opened(tx, access.ArchiveRead, id)
		return err
	})
	return out, err
}

func opened(tx *store.Tx, act access.Act, id archive.BoxID) (Box, error) {
	home, err := tx.CountyFor(act, "")
	if err != nil {
		return Box{}, err
	}
	out := Box{}
	if out.Box, err = tx.Box(home, id); err != nil {
		return out, err
	}
	if out.Files, err = tx.InBox(out.Box); err != nil {
		return out, err
	}
	out.Counts, err = tx.Stocktakings(out.Box, 10)
	return out, err
}

// Place is a room, a rack and a shelf.
type Place struct{ Room, Rack, Shelf string }

// PlaceBox says where a box stands (N51).
func (d *Desk) PlaceBox(ctx context.Context, by access.Actor, id archive.BoxID, at Place, version int) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.ArchiveKeep, "")
		if err != nil {
			return err
		}
		b, err := tx.Box(home, id)
		if err != nil {
			return err
		}
		if err := b.Stand(at.Room, at.Rack, at.Shelf); err != nil {
			return err
		}
		b.Version = version
		return tx.SaveBox(access.ArchiveKeep, b)
	})
}

// readMost is how many numbers one count takes.
const readMost = 2000

// TakeStock compares the numbers read off the files of a box with what it should hold, and keeps the result.
func (d *Desk) TakeStock(ctx context.Context, by access.Actor, of archive.BoxID, read []string) (archive.Stocktaking, error) {
	var out archive.Stocktaking
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := opened(tx, access.ArchiveKeep, of)
		if err != nil {
			return err
		}
		var wrong fault.Problems
		if len(strings.Join(read, "")) == 0 {
			wrong.Add("codes", "archive.codes.missing")
		} else if len(read) > readMost {
			wrong.Add("codes", "archive.codes.many", readMost)
		}
		if err := wrong.Fault(); err != nil {
			return err
		}
		var files []archive.Dossier
		for _, k := range b.Files {
			files = append(files, k.Dossier)
		}
		out = archive.Count(files, read)
		out.ID, out.Box, out.Region, out.Day, out.Clerk = id.New(), b.ID, b.Region, tx.Today(), by.Name
		return tx.AddStocktaking(out)
	})
	return out, err
}

// Found is what a label names: a file or a box.
type Found struct {
	Person person.ID
	Box    archive.BoxID
}

// Find is the file or the box whose number stands on a label.
func (d *Desk) Find(ctx context.Context, by access.Actor, code string) (Found, error) {
	var out Found
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.ArchiveRead, "")
		if err != nil {
			return err
		}
		code = strings.TrimSpace(code)
		var wrong fault.Problems
		if code == "" {
			wrong.Add("code", "archive.code.missing")
			return wrong.Fault()
		}
		files, err := tx.Dossiers(DossierFilter{Region: home, No: code, Limit: 1})
		if err != nil {
			return err
		}
		if len(files) > 0 && files[0].No == code {
			out.Person = files[0].Person
			return nil
		}
		b, err := boxByNo(tx, home, code)
		if fault.Of(err) == fault.Missing {
			wrong.Add("code", "archive.code.unknown", code)
			return wrong.Fault()
		}
		out.Box = b.ID
		return err
	})
	return out, err
}

// pictureMost is the largest picture of a label, in bytes.
const pictureMost = 20 << 20

// FindPicture is the same for a photo of the label.
func (d *Desk) FindPicture(ctx context.Context, by access.Actor, from io.Reader) (Found, error) {
	if err := by.May(access.ArchiveRead, by.Region); err != nil {
		return Found{}, err
	}
	content, err := io.ReadAll(io.LimitReader(from, pictureMost+1))
	if err != nil {
		return Found{}, err
	}
	code, err := "", error(nil)
	if len(content) <= pictureMost {
		code, err = scan.Code(content)
	}
	if err != nil || code == "" {
		var wrong fault.Problems
		wrong.Add("picture", "archive.picture.unread")
		return Found{}, wrong.Fault()
	}
	return d.Find(ctx, by, code)
}
