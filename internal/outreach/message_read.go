package outreach

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/message"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Filter narrows a list of messages; empty fields do not.
type Filter = store.MessageFilter

// Messaged is a message with the name of its person.
type Messaged = store.Messaged

// Unwanted is a phone to which nothing is sent.
type Unwanted = store.Unwanted

// List is one page of messages, the newest first, with how many of the area stand in each state.
type List struct {
	Messages []Messaged
	Counts   map[message.State]int
	Parts    int // of all that went out, as the carriers count
	On       bool
	Places   map[region.Code]string
	Next     message.ID // what After is for the next page, "" on the last
}

// Messages is the messages of an area of one county.
func (d *Desk) Messages(ctx context.Context, by access.Actor, f Filter) (l List, err error) {
	if f.Region, err = scope(by, access.MessageRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.Messages(f)
		if err != nil {
			return err
		}
		l.Messages = all[:min(len(all), limit)]
		if len(all) > limit {
			l.Next = l.Messages[limit-1].ID
		}
		if l.Counts, l.Parts, err = tx.MessageCounts(f.Region); err != nil {
			return err
		}
		o, err := tx.Office(f.Region)
		if err != nil {
			return err
		}
		l.On = o.Policy.Is(policy.MessageOn)
		var codes []region.Code
		for _, m := range l.Messages {
			codes = append(codes, m.Region)
		}
		l.Places, err = tx.RegionNames(codes...)
		return err
	})
	return l, err
}

// RefuseMessages notes that nothing is sent to a phone any more.
func (d *Desk) RefuseMessages(ctx context.Context, by access.Actor, phone string) error {
	phone = strings.ReplaceAll(strings.TrimSpace(phone), "-", "")
	where, err := scope(by, access.MessageRefuse, "")
	if err != nil {
		return err
	}
	if !message.Mobile(phone) {
		var p fault.Problems
		p.Add("phone", "message.phone.wrong")
		return p.Fault()
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.AddUnwanted(Unwanted{ID: id.New(), Region: where, Phone: phone, Day: tx.Today(), Author: by.Name})
	})
}

// Page is which page of a list: what comes after the last row of the page before, and how many rows.
type Page struct {
	After string
	Limit int
}

// Unwanted is one page of the phones of an area to which nothing is sent, with what was noted above it, the newest first; next is what After is for the next page, "" on the last.
func (d *Desk) Unwanted(ctx context.Context, by access.Actor, where region.Code, page Page) (all []Unwanted, next string, err error) {
	if where, err = scope(by, access.MessageRefuse, where); err != nil {
		return nil, "", err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if all, err = tx.Unwanteds(where, page.After, page.Limit+1); err == nil && len(all) > page.Limit {
			all = all[:page.Limit]
			next = all[page.Limit-1].ID
		}
		return err
	})
	return all, next, err
}

// AllowMessages lets messages go to a phone again.
func (d *Desk) AllowMessages(ctx context.Context, by access.Actor, of string) error {
	where, err := scope(by, access.MessageRefuse, "")
	if err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		u, err := tx.Unwanted(where.County(), of)
		if err == nil && !where.Contains(u.Region) && !u.Region.Contains(where) { // another village's
			err = fault.New(fault.Missing, "record.missing")
		}
		if err != nil {
			return err
		}
		return tx.DropUnwanted(u)
	})
}
