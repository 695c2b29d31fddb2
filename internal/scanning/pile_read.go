package scanning

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/pile"
	"hefa/internal/scan"
	"hefa/internal/store"
)

// pictureSide is the longer side, in pixels, of the picture by which a person reads a page of the tray: 100 dots an inch of A4.
const pictureSide = 1170

// Thumbnail is that of the picture that lists show.
const Thumbnail = 240

// TakeApart reads the pages of a pile one after the other, makes papers of them and files those whose code names something that whoever scanned them may put
// them to. The program calls it; it may be cut off at any point and called again: what was read is not read twice, and what was filed is not filed twice.
func (d *Desk) TakeApart(ctx context.Context, by access.Actor, which pile.ID) error {
	if err := itself(by); err != nil {
		return err
	}
	w := work{d: d, ctx: ctx}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.PileRead, which)
		if err != nil {
			return err
		}
		w.p = p
		if w.as, err = author(tx, p); err != nil {
			return err
		}
		w.sources, err = tx.Sources(p)
		return err
	})
	if err != nil {
		return err
	}
	for _, step := range []struct {
		in pile.State
		do func() error
	}{{pile.Reading, w.read}, {pile.Reading, w.divide}, {pile.Filing, w.file}} {
		if w.p.State != step.in {
			continue
		}
		err := step.do()
		if k := fault.Of(err); w.p.State == pile.Reading && (k == fault.Refused || k == fault.Missing) { // a file of it cannot be opened, now or ever
			w.p.Fail(said(err))
			return w.save(func(*store.Tx) error { return nil })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// work is the taking apart of one pile.
type work struct {
	d       *Desk
	ctx     context.Context
	p       pile.Pile
	as      access.Actor
	sources []pile.Source

	opened  int // the source that lies open, counted from 1; 0 for none
	book    *scan.Book
	content []byte
}

// open gives a source of the pile, as a PDF or as a picture's bytes.
func (w *work) open(source int) (*scan.Book, []byte, error) {
	if w.opened == source+1 {
		return w.book, w.content, nil
	}
	b, content, err := w.d.opened(w.ctx, w.sources[source])
	if err == nil {
		w.opened, w.book, w.content = source+1, b, content
	}
	return b, content, err
}

// opened reads one file of a pile.
func (d *Desk) opened(ctx context.Context, s pile.Source) (*scan.Book, []byte, error) {
	f, err := d.files.Open(s.Hash)
	if err != nil {
		return nil, nil, err
	}
	content, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, nil, fmt.Errorf("reading a pile: %w", err)
	}
	if s.Type != "application/pdf" {
		return nil, content, nil
	}
	b, err := scan.Open(ctx, content)
	return b, content, err
}

// read looks at every page that was not looked at before.
func (w *work) read() error {
	n := 0
	for i, s := range w.sources {
		for page := 1; page <= s.Pages; page++ {
			if n++; n <= w.p.Read {
				continue
			}
			if err := w.ctx.Err(); err != nil {
				return err
			}
			if err := w.page(pile.Leaf{No: n, Source: i, Page: page}); err != nil {
				return err
			}
		}
	}
	return nil
}

// page looks at one page and notes what it found.
func (w *work) page(l pile.Leaf) error {
	w.d.decoding.Lock()
	picture, small, err := w.look(&l)
	w.d.decoding.Unlock()
	if err != nil {
		return err
	}
	if picture != nil {
		if l.Picture, err = w.keep(picture); err != nil {
			return err
		}
		if l.Small, err = w.keep(small); err != nil {
			return err
		}
	}
	w.p.Read = l.No
	return w.save(func(tx *store.Tx) error { return tx.AddLeaf(w.p, l) })
}

// keep puts a picture that was made into the store of files, sealed like what was sent, and answers with its hash.
func (w *work) keep(picture []byte) (string, error) {
	kept, err := w.d.files.PutMade(bytes.NewReader(picture), int64(len(picture)))
	return kept.Hash, err
}

// look opens the page, reads its code and makes a picture of it that can be read and a small one for lists. A page that cannot be opened has none of these.
func (w *work) look(l *pile.Leaf) (picture, small []byte, err error) {
	book, content, err := w.open(l.Source)
	if err != nil {
		return nil, nil, err
	}
	var page image.Image
	var rest []image.Image
	if book != nil {
		page, rest, err = book.Picture(l.Page)
	} else {
		page, err = scan.Decode(content)
	}
	if err != nil || page == nil {
		return nil, nil, nil // the page stays in the tray as it is
	}
	mark := scan.Find(page)
	for _, strip := range rest {
		if mark.Text == "" {
			mark = scan.Find(strip)
			mark.Turn = 0 // how a strip lies says nothing about the page
		}
	}
	if no, _ := pile.ReadCode(mark.Text); no != "" {
		l.Code, l.Turn = strings.TrimSpace(mark.Text), mark.Turn
	}
	if picture, err = scan.Small(page, pictureSide); err != nil {
		return nil, nil, err
	}
	small, err = scan.Small(page, Thumbnail)
	return picture, small, err
}

// save notes what was done together with how far the pile is.
func (w *work) save(fn func(*store.Tx) error) error {
	err := w.d.db.Update(w.ctx, access.Program(), func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return tx.KeepPile(w.p)
	})
	if err == nil {
		w.p.Version++
	}
	return err
}

// divide makes papers of the pages. Pages without a code lie as the first page of their paper does, because they went through the scanner with it.
func (w *work) divide() error {
	var pieces []pile.Piece
	var parts [][]pile.Leaf
	err := w.d.db.View(w.ctx, access.Program(), func(tx *store.Tx) error {
		leaves, err := tx.Leaves(w.p)
		if err != nil {
			return err
		}
		pieces, parts = papers(w.p, leaves)
		return nil
	})
	if err != nil {
		return err
	}
	w.p.State, w.p.Waiting = pile.Filing, len(pieces)
	return w.save(func(tx *store.Tx) error {
		for i, p := range pieces {
			if err := tx.AddPiece(p); err != nil {
				return err
			}
			if err := tx.PutLeaves(p, parts[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// papers is the papers that pages make up, each with its pages.
func papers(p pile.Pile, leaves []pile.Leaf) (pieces []pile.Piece, parts [][]pile.Leaf) {
	starts := append(pile.Divide(leaves), len(leaves))
	for i, from := range starts[:len(starts)-1] {
		part := leaves[from:starts[i+1]]
		made := pile.Piece{ID: pile.PieceID(id.New()), Pile: p.ID, Region: p.Region, Order: i + 1, State: pile.Waiting, Code: part[0].Code, Pages: len(part)}
		for j := range part {
			part[j].Order = j + 1
			if part[j].Code == "" && part[j].Picture != "" {
				part[j].Turn = part[0].Turn
			}
		}
		if made.Code == "" {
			made.Why = lang.T(unread(part))
		}
		pieces, parts = append(pieces, made), append(parts, part)
	}
	return pieces, parts
}

// unread is the key of why a paper has no code.
func unread(part []pile.Leaf) string {
	for _, l := range part {
		if l.Picture != "" {
			return "pile.why.none"
		}
	}
	return "pile.why.picture"
}

// file files the papers that bear a code, each by itself, so that one that does not go holds up no other.
func (w *work) file() error {
	var all Pile
	err := w.d.db.View(w.ctx, access.Program(), func(tx *store.Tx) (err error) {
		all, err = whole(tx, w.p)
		return err
	})
	if err != nil {
		return err
	}
	for _, k := range all.Pieces {
		if k.State != pile.Waiting || k.Code == "" || k.Why != "" {
			continue
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		f := filing{d: w.d, ctx: w.ctx, by: w.as, pile: w.p, piece: k, leaves: all.Leaves[k.ID], sources: w.sources, open: w.open}
		err := f.byCode()
		switch fault.Of(err) {
		case "", fault.Busy, fault.Full, fault.Away, fault.SignIn:
			if err != nil {
				return err // the house is in trouble, not the paper
			}
			w.p.Filed++
		default:
			k.Why = said(err)
			if err := w.d.db.Update(w.ctx, access.Program(), func(tx *store.Tx) error { return tx.KeepPiece(k) }); err != nil {
				return err
			}
		}
	}
	return w.settle()
}

// settle counts what is left and ends the program's part.
func (w *work) settle() error {
	return w.d.db.Update(w.ctx, access.Program(), func(tx *store.Tx) error { return settle(tx, w.p.ID) })
}

// settle counts the papers of a pile anew.
func settle(tx *store.Tx, which pile.ID) error {
	p, err := tx.Pile(which)
	if err != nil {
		return err
	}
	pieces, err := tx.Pieces(p)
	if err != nil {
		return err
	}
	waiting := 0
	p.Filed, p.Dropped = 0, 0
	for _, k := range pieces {
		switch k.State {
		case pile.Filed:
			p.Filed++
		case pile.Discarded:
			p.Dropped++
		default:
			waiting++
		}
	}
	p.Settle(waiting)
	return tx.KeepPile(p)
}

// said is err in a sentence for whoever looks at the tray.
func said(err error) string {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return ""
	}
	if len(f.Fields) > 0 {
		return lang.T(f.Fields[0].Key, f.Fields[0].Args...)
	}
	return lang.T(f.Key, f.Args...)
}
