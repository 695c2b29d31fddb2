// Package scanning takes scanned piles of papers apart, files each paper by the code on it, and keeps the rest for a person to file by hand.
package scanning

import (
	"context"
	"sync"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/pile"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Desk is where scanned piles are taken in.
type Desk struct {
	db       *store.DB
	files    *files.Cabinet
	decoding sync.Mutex // one PDF or picture is opened at a time, because a large one takes a hundred megabytes
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk { return &Desk{db: db, files: folder} }

// Filter narrows a list of piles.
type Filter = store.PileFilter

// load reads a pile and asks whether the actor may do act to it.
func load(tx *store.Tx, act access.Act, id pile.ID) (pile.Pile, error) {
	p, err := tx.Pile(id)
	if err != nil {
		return p, err
	}
	return p, tx.By().May(act, p.Region)
}

// author is the clerk who handed the pile in, in whose name the program files: nothing goes where that clerk may not put it.
func author(tx *store.Tx, p pile.Pile) (access.Actor, error) {
	a, err := tx.Account(staff.ID(p.Account))
	return a.Actor(""), err
}

// Piles is the piles of the area, the newest first, and whether there are more.
func (d *Desk) Piles(ctx context.Context, by access.Actor, f Filter) (all []pile.Pile, more bool, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if f.Region, err = by.Scope(access.PileRead, f.Region); err != nil {
			return err
		}
		page := f
		page.Limit++
		if all, err = tx.Piles(page); err != nil {
			return err
		}
		if more = len(all) > f.Limit; more {
			all = all[:f.Limit]
		}
		return nil
	})
	return all, more, err
}

// Pile is one pile with its papers and their pages.
type Pile struct {
	pile.Pile
	Pieces []pile.Piece
	Leaves map[pile.PieceID][]pile.Leaf
	Backs  []pile.Back // where papers were before they were taken back
}

// Pile is the pile with the id.
func (d *Desk) Pile(ctx context.Context, by access.Actor, id pile.ID) (Pile, error) {
	var out Pile
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.PileRead, id)
		if err != nil {
			return err
		}
		out, err = whole(tx, p)
		return err
	})
	return out, err
}

func whole(tx *store.Tx, p pile.Pile) (Pile, error) {
	out := Pile{Pile: p, Leaves: map[pile.PieceID][]pile.Leaf{}}
	leaves, err := tx.Leaves(p)
	if err != nil {
		return out, err
	}
	for _, l := range leaves {
		out.Leaves[l.Piece] = append(out.Leaves[l.Piece], l)
	}
	if out.Pieces, err = tx.Pieces(p); err != nil {
		return out, err
	}
	out.Backs, err = tx.PieceBacks(p)
	return out, err
}

// piece is one paper of the pile, by its id; Missing when there is none.
func (p Pile) piece(id pile.PieceID) (int, error) {
	for i, k := range p.Pieces {
		if k.ID == id {
			return i, nil
		}
	}
	return 0, fault.New(fault.Missing, "record.missing")
}

func itself(by access.Actor) error {
	if by.Role != access.System {
		return fault.New(fault.Missing, "record.missing")
	}
	return nil
}

// Today is the office's day.
func (d *Desk) Today() day.Day { return day.Of(d.db.Now(), day.Beijing) }
