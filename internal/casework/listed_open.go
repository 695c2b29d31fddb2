package casework

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/roster"
	"hefa/internal/store"
)

// Opened is what came of opening cases from rows of a list.
type Opened struct {
	Done    []application.ID
	Refused []NotOpened
}

// NotOpened is a row from which no case was opened, and why.
type NotOpened struct {
	Listed string
	Name   string // "" when the row is not the actor's to see
	Err    error  // always a fault
}

// listedMost is how many rows one request may name, one page of the list twice over.
const listedMost = 200

// OpenListed opens a draft for each row of a township's list: a first certificate for the suspected, an exchange for the expired. Each row is a
// transaction of its own, so that one refusal does not hold the others up; a defect stops the rest and is returned with what was done before it.
func (d *Desk) OpenListed(ctx context.Context, by access.Actor, listed []string) (Opened, error) {
	var out Opened
	switch {
	case len(listed) == 0:
		return out, fault.New(fault.Refused, "listed.none")
	case len(listed) > listedMost:
		return out, fault.New(fault.Refused, "listed.many", listedMost)
	}
	for _, row := range listed {
		made, name, err := d.openRow(ctx, by, row)
		switch {
		case err == nil:
			out.Done = append(out.Done, made)
		case fault.Of(err) == "":
			return out, err
		case fault.Of(err) == fault.Forbidden:
			return out, err
		default:
			out.Refused = append(out.Refused, NotOpened{row, name, err})
		}
	}
	if len(out.Done) == 0 && alike(out.Refused, fault.Missing) {
		return out, out.Refused[0].Err
	}
	return out, nil
}

// alike says whether every refusal is of the kind.
func alike(all []NotOpened, kind fault.Kind) bool {
	for _, n := range all {
		if fault.Of(n.Err) != kind {
			return false
		}
	}
	return true
}

func (d *Desk) openRow(ctx context.Context, by access.Actor, listed string) (made application.ID, name string, err error) {
	made = application.ID(id.New())
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := tx.Listed(listed)
		if err != nil {
			return err
		}
		if err := by.May(access.ApplicationOpen, l.Region); err != nil {
			return err
		}
		p, err := tx.Person(l.Person)
		if err != nil {
			return err
		}
		name = p.Name
		if l.Application != "" {
			return fault.New(fault.Refused, "listed.opened")
		}
		r := application.Request{Matter: application.New, Origin: application.Listed}
		if l.Kind == roster.Expired {
			r.Matter = application.Renew
		}
		if err := open(tx, made, p, r); err != nil {
			return err
		}
		return tx.TieListed(l, made)
	})
	return made, name, err
}
