package scanning

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/pile"
	"hefa/internal/scan"
	"hefa/internal/store"
)

// FilePiece files a paper of the tray by hand: to a letter, a case or a person's file, by its number.
func (d *Desk) FilePiece(ctx context.Context, by access.Actor, of pile.ID, which pile.PieceID, o pile.Order) error {
	f := filing{d: d, ctx: ctx, by: by, receipt: o.Receipt, title: o.Title}
	var t pile.Target
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		p, i, err := tray(tx, access.PileFile, of, which)
		if err != nil {
			return err
		}
		f.pile, f.piece, f.leaves = p.Pile, p.Pieces[i], p.Leaves[which]
		if err := o.Check(); err != nil {
			return err
		}
		if f.sources, err = tx.Sources(p.Pile); err != nil {
			return err
		}
		no, form := pile.ReadCode(o.No)
		t, err = find(tx, p.County(), no, form)
		switch {
		case fault.Of(err) == fault.Missing:
			return wrongNo("pile.no.unknown", o.No)
		case t.Kind == pile.Case && o.Paper != "":
			t.Paper = o.Paper
		case t.Kind == pile.Register && t.Paper == "":
			return wrongNo("pile.no.page", t.No)
		}
		return err
	})
	if err != nil {
		return err
	}
	if t.Kind == pile.Dossier && f.title == "" {
		f.title = lang.T("pile.title.scan")
	}
	books := map[int]*scan.Book{}
	f.open = func(source int) (*scan.Book, []byte, error) { // a page may come from any file of the pile
		if b := books[source]; b != nil {
			return b, nil, nil
		}
		b, content, err := d.opened(ctx, f.sources[source])
		books[source] = b
		return b, content, err
	}
	return f.put(t)
}

func wrongNo(key string, args ...any) error {
	var p fault.Problems
	p.Add("no", key, args...)
	return p.Fault()
}

// tray reads a pile and one of its papers; while the program is at the pile nobody else touches it.
func tray(tx *store.Tx, act access.Act, of pile.ID, which pile.PieceID) (Pile, int, error) {
	p, err := load(tx, act, of)
	if err != nil {
		return Pile{}, 0, err
	}
	all, err := whole(tx, p)
	if err != nil {
		return all, 0, err
	}
	i, err := all.piece(which)
	if err == nil && p.State.Working() {
		err = fault.New(fault.Refused, "pile.working")
	}
	return all, i, err
}

// DiscardPiece takes a paper out of the tray for a reason; its pages stay in the pile.
func (d *Desk) DiscardPiece(ctx context.Context, by access.Actor, of pile.ID, which pile.PieceID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, i, err := tray(tx, access.PileDiscard, of, which)
		if err != nil {
			return err
		}
		p := all.Pieces[i]
		if err := p.Discard(reason, by.Name); err != nil {
			return err
		}
		if err := tx.SavePiece(access.PileDiscard, p, p.Reason); err != nil {
			return err
		}
		return settle(tx, of)
	})
}

// ArrangePiece turns or moves a page of a paper in the tray, begins a new paper at it, or joins the paper to the one before it.
func (d *Desk) ArrangePiece(ctx context.Context, by access.Actor, of pile.ID, which pile.PieceID, s pile.Step) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, i, err := tray(tx, access.PileFile, of, which)
		if err != nil {
			return err
		}
		if s.Move == pile.Join {
			return join(tx, all, i)
		}
		p := all.Pieces[i]
		stay, leave, err := p.Arrange(s, all.Leaves[which])
		if err != nil {
			return err
		}
		if err := tx.PutLeaves(p, stay); err != nil {
			return err
		}
		if err := tx.SavePiece(access.PileFile, p, string(s.Move)); err != nil || leave == nil {
			return err
		}
		if err := apart(tx, all, i, leave); err != nil {
			return err
		}
		return settle(tx, of)
	})
}

// apart makes a paper of its own of pages that left another one, right behind it.
func apart(tx *store.Tx, all Pile, i int, leave []pile.Leaf) error {
	for _, k := range all.Pieces[i+1:] {
		k.Order++
		if err := tx.KeepPiece(k); err != nil {
			return err
		}
	}
	was := all.Pieces[i]
	made := pile.Piece{ID: pile.PieceID(id.New()), Pile: was.Pile, Region: was.Region, Order: was.Order + 1, State: pile.Waiting, Pages: len(leave),
		Why: lang.T("pile.why.split")}
	if err := tx.AddPiece(made); err != nil {
		return err
	}
	return tx.PutLeaves(made, leave)
}

// join puts the pages of a paper behind those of the paper before it, which must wait too.
func join(tx *store.Tx, all Pile, i int) error {
	if i == 0 || all.Pieces[i-1].State != pile.Waiting || all.Pieces[i].State != pile.Waiting {
		return fault.New(fault.Refused, "pile.move.alone")
	}
	to, gone := all.Pieces[i-1], all.Pieces[i]
	leaves := append(all.Leaves[to.ID], all.Leaves[gone.ID]...)
	for j := range leaves {
		leaves[j].Order = j + 1
	}
	to.Pages = len(leaves)
	if err := tx.PutLeaves(to, leaves); err != nil {
		return err
	}
	if err := tx.DropPiece(gone); err != nil {
		return err
	}
	if err := tx.SavePiece(access.PileFile, to, string(pile.Join)); err != nil {
		return err
	}
	return settle(tx, all.ID)
}

// View is how a page is looked at.
type View struct {
	No     int    // in the pile, from 1
	Side   int    // the longer side of the picture, in pixels
	Reason string // why a page that was filed is read
}

// Page is the picture of a page of a pile, turned as it lies in its paper, as a JPEG; it is Missing for a page that is no picture. Opening a page at reading size is an
// audited act, as a small one for a list is not; once the page was filed with its paper it wants a reason.
func (d *Desk) Page(ctx context.Context, by access.Actor, of pile.ID, v View) ([]byte, error) {
	var l pile.Leaf
	look := func(tx *store.Tx) error {
		p, err := load(tx, access.PileRead, of)
		if err != nil {
			return err
		}
		leaves, err := tx.Leaves(p)
		if err != nil {
			return err
		}
		l = pile.Leaf{}
		for _, k := range leaves {
			if k.No == v.No {
				l = k
			}
		}
		if l.Picture == "" {
			return fault.New(fault.Missing, "record.missing")
		}
		if v.Side < readable {
			return nil
		}
		return readPage(tx, p, l, v)
	}
	var err error
	v.Reason = strings.Join(strings.Fields(v.Reason), " ")
	if v.Side < readable {
		err = d.db.View(ctx, by, look)
	} else {
		err = d.db.Update(ctx, by, look)
	}
	if err != nil {
		return nil, err
	}
	kept := l.Picture
	if v.Side <= Thumbnail && l.Small != "" {
		kept = l.Small
	}
	f, err := d.files.Open(kept)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	m, err := scan.Decode(content)
	if err != nil {
		return nil, err
	}
	return scan.Small(scan.Turned(m, l.Turn), v.Side)
}

// readPage writes down that a page is read, and why when it was filed with its paper.
func readPage(tx *store.Tx, p pile.Pile, l pile.Leaf, v View) error {
	note := lang.T("pile.page", v.No)
	filed, err := lies(tx, p, l)
	if err != nil {
		return err
	}
	if filed { // it lies in the archive
		if err := person.CheckReason(v.Reason); err != nil {
			return err
		}
		note += " " + v.Reason
	}
	return tx.Note(access.PileRead, store.Subject{Kind: "pile", ID: string(p.ID), Region: p.Region, Note: note})
}

// lies says whether the page was filed with its paper.
func lies(tx *store.Tx, p pile.Pile, l pile.Leaf) (bool, error) {
	all, err := tx.Pieces(p)
	return slices.ContainsFunc(all, func(k pile.Piece) bool { return k.ID == l.Piece && k.State == pile.Filed }), err
}

// readable is from how many pixels of a page its text can be read.
const readable = 500
