package casework

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/scan"
	"hefa/internal/store"
)

// born is a paper of a case that the program itself writes: its line in the file and what it says.
type born struct {
	archive.Item
	source string
	paper  paper.Paper
	photo  string // the hash of the photo on it, "" for none
}

// KeepPapers keeps the papers that the program itself wrote in a case: its conclusions, its letters and, once it is decided, its form. Each is printed once, with
// its hash, and from then on is what was kept, whatever the register says later. Doing it again changes nothing.
func (d *Desk) KeepPapers(ctx context.Context, by access.Actor, county region.Code, of application.ID) error {
	if by.Role != access.System {
		return fault.New(fault.Missing, "record.missing")
	}
	var l loaded
	var all []born
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := tx.Application(of)
		if err != nil {
			return err
		}
		if a.County() != county {
			return fault.New(fault.Missing, "record.missing")
		}
		if l, err = loading(tx, a); err != nil {
			return err
		}
		all, err = l.unkept(tx)
		return err
	})
	if err != nil || len(all) == 0 {
		return err
	}
	var kept []pressed
	for _, b := range all {
		p, err := d.press(ctx, b)
		if kind := fault.Of(err); kind == fault.Refused || kind == fault.Missing {
			continue // a name that no face draws, a photo that is lost: the record stays the original
		}
		if err != nil {
			return err
		}
		p.Region, p.Application = l.Region, string(l.ID)
		kept = append(kept, p)
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return l.keep(tx, kept) })
}

// pressed is a paper as it lies in the files.
type pressed struct {
	attachment.Attachment
	content []byte
}

// keep enters papers with their hashes, but for those that somebody else entered meanwhile, and tells the file of the person where they are.
func (l loaded) keep(tx *store.Tx, all []pressed) error {
	there, err := tx.Attachments(l.Application)
	if err != nil {
		return err
	}
	for _, p := range all {
		if slices.ContainsFunc(there, func(a attachment.Attachment) bool { return a.Source == p.Source }) {
			continue
		}
		if err := tx.AddAttachment(p.Attachment); err != nil {
			return err
		}
		if err := tx.KeepDigest(store.Digest{Hash: p.Hash, Suite: tx.Suite(), Sum: hex.EncodeToString(tx.Sum(p.content))}); err != nil {
			return err
		}
		there = append(there, p.Attachment)
	}
	return l.show(tx, there)
}

// show writes into the file of the person which of its lines are kept.
func (l loaded) show(tx *store.Tx, there []attachment.Attachment) error {
	f, ok, err := tx.Dossier(l.County(), l.Person)
	if err != nil || !ok {
		return err
	}
	items, err := tx.Items(f)
	if err != nil {
		return err
	}
	items = slices.DeleteFunc(items, func(i archive.Item) bool { return i.Application != string(l.ID) })
	for n, source := range archive.Sources(items) {
		i := items[n]
		if source == "" || i.Hash != "" || i.Destroyed != "" {
			continue
		}
		for _, a := range there {
			if a.Source == source {
				i.Hash, i.Pages = a.Hash, max(1, a.Pages)
				err = errors.Join(err, tx.KeepItem(f, i))
			}
		}
	}
	return err
}

// born is every paper that the program wrote in the case so far, in the order of the file.
func (l loaded) born(tx *store.Tx) ([]born, error) {
	var out []born
	conclusions, err := tx.Assessments(l.Application)
	if err != nil {
		return nil, err
	}
	for _, c := range conclusions {
		e, err := concluded(tx, l.Application, c)
		if err != nil {
			return nil, err
		}
		out = append(out, born{Item: archive.OfConclusion(c), paper: e})
	}
	p, err := tx.Person(l.Person)
	if err != nil {
		return nil, err
	}
	letters, err := tx.Letters(l.Application)
	if err != nil {
		return nil, err
	}
	for _, k := range letters {
		letter, err := l.letter(tx, p, k)
		if err != nil {
			return nil, err
		}
		out = append(out, born{Item: archive.OfLetter(k.Kind, k.No, k.Day, k.Clerk), paper: letter})
	}
	if i, ok := archive.OfForm(l.Application); ok {
		form, err := l.form(tx, true)
		if err != nil {
			return nil, err
		}
		photo, err := l.photo(tx)
		if err != nil {
			return nil, err
		}
		out = append(out, born{Item: i, paper: form, photo: photo})
	}
	items := make([]archive.Item, len(out))
	for n := range out {
		items[n] = out[n].Item
	}
	for n, source := range archive.Sources(items) {
		out[n].source = source
	}
	return out, nil
}

// unkept is those of them that are not kept yet.
func (l loaded) unkept(tx *store.Tx) ([]born, error) {
	all, err := l.born(tx)
	if err != nil {
		return nil, err
	}
	there, err := tx.Attachments(l.Application)
	return slices.DeleteFunc(all, func(b born) bool {
		return slices.ContainsFunc(there, func(a attachment.Attachment) bool { return a.Source == b.source })
	}), err
}

// press prints a paper into the files.
func (d *Desk) press(ctx context.Context, b born) (pressed, error) {
	if f, ok := b.paper.(paper.Form); ok && b.photo != "" {
		var err error
		if f.Photo, err = d.picture(b.photo); err != nil {
			return pressed{}, err
		}
		b.paper = f
	}
	var text bytes.Buffer
	if err := paper.Write(&text, b.paper); err != nil {
		return pressed{}, err
	}
	pages := scan.PagesOf(ctx, "application/pdf", text.Bytes())
	kept, err := d.files.PutMade(bytes.NewReader(text.Bytes()), int64(text.Len()))
	return pressed{attachment.Attachment{ID: attachment.ID(id.New()), Paper: attachment.Made, Name: b.Title + ".pdf", Type: kept.Type, Size: kept.Size, Hash: kept.Hash, Pages: pages,
		Source: b.source}, text.Bytes()}, err
}

// picture is a kept photo.
func (d *Desk) picture(hash string) ([]byte, error) {
	file, err := d.files.Open(hash)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(file)
	return content, errors.Join(err, file.Close())
}
