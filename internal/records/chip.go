package records

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/disclosure"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/store"
)

// AskChips asks for the chip data of a batch of cards that has not left, with the reason: whole numbers leave the register by two people (N55), so an
// approver grants it like every other disclosure.
func (d *Desk) AskChips(ctx context.Context, by access.Actor, of card.BatchID, reason string) (disclosure.ID, error) {
	x := disclosure.Disclosure{ID: disclosure.ID(id.New()), Author: by.Account, AuthorName: by.Name, State: disclosure.Asked, Columns: disclosure.Chip,
		Reason: strings.Join(strings.Fields(reason), " ")}
	return x.ID, d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.ApplicationPrint, of)
		if err != nil {
			return err
		}
		if err := by.May(access.DisclosureAsk, b.Region); err != nil {
			return err
		}
		faces, _, err := chips(tx, b)
		if err != nil {
			return err
		}
		office, err := tx.OrgAt(b.County())
		if err != nil {
			return err
		}
		x.Region, x.Rows, x.On, x.Filter.Batch, x.Receiver = b.Region, len(faces), tx.Today(), string(b.ID), office.Name
		wrong := fault.Problems(append(fault.Fields(x.Check()), fault.Fields(person.CheckReason(x.Reason))...))
		if err := wrong.Fault(); err != nil {
			return err
		}
		if x.No, err = tx.DisclosureNo(b.County()); err != nil {
			return err
		}
		return tx.AddDisclosure(x)
	})
}

// chips is the faces of the batch's cards that have not left, and their layout; books have no chip.
func chips(tx *store.Tx, b card.Batch) (faces []card.Face, layout string, err error) {
	cards, err := tx.Cards(b)
	if err != nil {
		return nil, "", err
	}
	for _, c := range cards {
		if c.State != card.Frozen && c.State != card.Good {
			continue
		}
		l, err := c.Face.Drawn()
		switch {
		case err != nil:
			return nil, "", err
		case l.Make != certificate.Card:
			return nil, "", fault.New(fault.Refused, "chip.books")
		}
		faces, layout = append(faces, c.Face), l.Name
	}
	if len(faces) == 0 {
		return nil, "", fault.New(fault.Refused, "chip.gone")
	}
	return faces, layout, nil
}

// TakeChips writes the granted chip data of a batch, for the account that asked for it only: JSON, a line for the head, one for each card and one for the
// signature (card.ChipHead, card.Chip, card.ChipFoot). That it was taken, and how many cards stand in it, is in the audit before the first byte.
func (d *Desk) TakeChips(ctx context.Context, by access.Actor, of disclosure.ID, w io.Writer) error {
	var out bytes.Buffer
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		x, err := tx.Disclosure(of)
		if err != nil {
			return err
		}
		if err := by.May(access.DisclosureTake, x.Region); err != nil {
			return err
		}
		if !x.Chips() {
			return fault.New(fault.Missing, "record.missing")
		}
		b, err := batch(tx, access.ApplicationPrint, card.BatchID(x.Filter.Batch))
		if err != nil {
			return err
		}
		if err := x.Take(by.Account, tx.Today()); err != nil {
			return err
		}
		out.Reset()
		n, err := chipFile(tx, b, x, &out)
		if err != nil {
			return err
		}
		return tx.SaveDisclosure(access.DisclosureTake, x, lang.T("chip.taken", x.No, b.No, n))
	})
	if err != nil {
		return err
	}
	if _, err := out.WriteTo(w); err != nil {
		return fmt.Errorf("sending chip data: %w", err)
	}
	return nil
}

// chipFile writes the file of a batch, signed, and says of how many cards.
func chipFile(tx *store.Tx, b card.Batch, x disclosure.Disclosure, out *bytes.Buffer) (int, error) {
	faces, layout, err := chips(tx, b)
	if err != nil {
		return 0, err
	}
	mark := lang.T("disclosure.mark", x.No, tx.By().Name, tx.Now().In(day.Beijing).Format("2006-01-02 15:04"))
	var all []card.Chip
	for _, f := range faces {
		all = append(all, f.Chip(mark))
	}
	lines, err := card.ChipLines(card.ChipHead{County: b.County(), Batch: b.No, Layout: layout, Grant: x.No, Taker: tx.By().Name, At: tx.Now().UTC()}, all)
	if err != nil {
		return 0, err
	}
	foot, err := tx.SignChips(lines)
	if err != nil {
		return 0, err
	}
	out.Write(lines)
	if err := json.NewEncoder(out).Encode(foot); err != nil {
		return 0, fmt.Errorf("writing the signature of chip data: %w", err)
	}
	return len(faces), nil
}
