package registry

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// DepartureFilter narrows a list of departures; empty fields do not.
type DepartureFilter = store.DepartureFilter

// Departed is a departure with its person and the number of the certificate.
type Departed = store.Departed

// listsShown is how many of the latest lists stand beside the departures.
const listsShown = 10

// DepartureList is one page of the departures of a county, with the lists that they came from.
type DepartureList struct {
	Departed []Departed
	Places   map[region.Code]string
	Lists    []departure.List
	Limits   departure.Limits
	Today    day.Day
	Next     string // what After is for the next page, "" on the last
}

// Departures is the departures of an area of one county by village.
func (d *Desk) Departures(ctx context.Context, by access.Actor, f DepartureFilter) (l DepartureList, err error) {
	if f.Region, err = by.Scope(access.DepartureRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.Departures(f)
		if err != nil {
			return err
		}
		l.Departed, l.Today = all[:min(len(all), limit)], tx.Today()
		if len(all) > limit {
			last := l.Departed[limit-1].Departure
			l.Next = string(last.Region) + " " + string(last.ID)
		}
		county, err := tx.County(f.Region)
		if err != nil {
			return err
		}
		if l.Lists, err = tx.DepartureLists(county, listsShown); err != nil {
			return err
		}
		if l.Limits, err = limitsOf(tx, county); err != nil {
			return err
		}
		var codes []region.Code
		for _, x := range l.Departed {
			codes = append(codes, x.Departure.Region)
		}
		l.Places, err = names(tx, codes)
		return err
	})
	return l, err
}

func limitsOf(tx *store.Tx, where region.Code) (departure.Limits, error) {
	o, err := tx.Office(where)
	return departure.Limits{Freeze: o.Policy.Count(policy.MoveFreeze), Cancel: o.Policy.Count(policy.MoveCancel)}, err
}

// DepartureOutcome is how one of several fared: what was done, or the fault that a clerk may read.
type DepartureOutcome struct {
	Name   string
	Remedy departure.Remedy
	Case   application.ID // the one that waited for somebody, "" for none
	Err    error
}

// ApplyDepartures does what is due for each, by itself: what cannot be done is told with its reason and leaves the others untouched. It fails as a whole
// only for a defect or when one lies outside the actor's region or role.
func (d *Desk) ApplyDepartures(ctx context.Context, by access.Actor, ids []departure.ID) (out []DepartureOutcome, err error) {
	if len(ids) == 0 {
		return nil, nobody()
	}
	for _, of := range ids {
		var o DepartureOutcome
		err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
			x, c, err := departed(tx, access.DepartureApply, of)
			if err != nil {
				return err
			}
			p, err := tx.Person(x.Person)
			if err != nil {
				return err
			}
			o.Name = p.Name
			if o.Case, err = tx.OpenCase(x.County(), x.Person); err != nil {
				return err
			}
			o.Remedy, err = apply(tx, x, c, p)
			return err
		})
		if err != nil && fault.Of(err) != fault.Refused {
			return out, err
		}
		o.Err = err
		out = append(out, o)
	}
	return out, nil
}

// departed reads a departure with its certificate, the one that its holder has now, and asks whether the actor may do act to it.
func departed(tx *store.Tx, act access.Act, of departure.ID) (x departure.Departure, c certificate.Certificate, err error) {
	if x, err = tx.Departure(of); err != nil {
		return x, c, err
	}
	if err = tx.By().May(act, x.Region); err != nil {
		return x, c, err
	}
	if x.Certificate != "" {
		c, err = tx.Certificate(x.Certificate)
	}
	if err != nil || c.State.Live() || !x.State.Open() {
		return x, c, err
	}
	held, err := tx.CertificatesOf(x.County(), x.Person)
	if err != nil {
		return x, c, err
	}
	i := slices.IndexFunc(held, func(h certificate.Certificate) bool { return h.State.Live() })
	if i < 0 {
		return x, c, nil
	}
	others, err := tx.DeparturesOf(held[i])
	if err != nil || slices.ContainsFunc(others, func(o departure.Departure) bool { return o.State.Open() }) {
		return x, c, err // a later list asks for it already
	}
	x.Certificate = held[i].ID
	return x, held[i], nil
}

// apply does what is due. A case that is under way has to end first; one of somebody who died between its approval and the hand-over ends in the same act.
// Nothing more is awaited of the holder's letters then.
func apply(tx *store.Tx, x departure.Departure, c certificate.Certificate, p person.Person) (departure.Remedy, error) {
	l, err := limitsOf(tx, x.Region)
	if err != nil {
		return departure.Wait, err
	}
	r, err := x.Take(&c, p.Name, l, tx.Today())
	if err != nil {
		return r, err
	}
	if err := tx.SaveDeparture(access.DepartureApply, x); err != nil {
		return r, err
	}
	if x.Kind == departure.Death && x.On != "" {
		if err := tx.TellChanges(p, person.Change{Field: "death", After: string(x.On)}); err != nil {
			return r, err
		}
	}
	if x.Certificate != "" && c.State != certificate.Pending {
		if err := tx.SaveCertificate(access.DepartureApply, c); err != nil {
			return r, err
		}
	}
	if err := endCase(tx, x); err != nil {
		return r, err
	}
	return r, tx.Enqueue(job.EndReminders{County: string(x.County()), Person: string(x.Person)})
}

// endCase ends the case of somebody who died, when it stands where it can end so; any other case has to end by itself first.
func endCase(tx *store.Tx, x departure.Departure) error {
	open, err := tx.OpenCase(x.County(), x.Person)
	if err != nil || open == "" {
		return err
	}
	a, err := tx.Application(open)
	if err != nil {
		return err
	}
	if x.Kind != departure.Death || !a.State.Voidable() || a.Home != "" {
		return fault.New(fault.Refused, "departure.case.open")
	}
	if err := tx.Unrelated(x.Person); err != nil {
		return err
	}
	reason := lang.T("departure.void.reason")
	if x.On != "" {
		reason += lang.T("departure.void.on", x.On)
	}
	return tx.VoidCase(a, application.Void{Cause: application.VoidDeath, Reason: reason})
}

// DismissDepartures closes several without a cancellation, all or none, because the list was wrong or the certificate was moved along; a frozen
// certificate holds again.
func (d *Desk) DismissDepartures(ctx context.Context, by access.Actor, ids []departure.ID, reason string) error {
	if len(ids) == 0 {
		return nobody()
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, of := range ids {
			x, c, err := departed(tx, access.DepartureDismiss, of)
			if err != nil {
				return err
			}
			if err := tx.Unrelated(x.Person); err != nil {
				return err
			}
			before := c.State
			if err := x.Dismiss(&c, strings.TrimSpace(reason), tx.Today()); err != nil {
				return err
			}
			if c.State != before {
				if err := tx.SaveCertificate(access.DepartureDismiss, c); err != nil {
					return err
				}
			}
			if err := tx.SaveDeparture(access.DepartureDismiss, x); err != nil {
				return err
			}
		}
		return nil
	})
}

func nobody() error {
	var p fault.Problems
	p.Add("ids", "departure.none")
	return p.Fault()
}

// DepartureColumns is what can be taken out of a list of departures.
var DepartureColumns = []string{"certificates.name", "certificates.number", "certificates.village", "departure.kind", "departure.happened", "departure.whither",
	"departure.state", "departure.decided", "departure.reason"}

// ExportDepartures writes the departures that fit as a workbook with masked numbers; it leaves a line in the audit.
func (d *Desk) ExportDepartures(ctx context.Context, by access.Actor, f DepartureFilter, to sheet.Out) (err error) {
	if err := to.Check(DepartureColumns); err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.ListExport, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.ListExport, store.Subject{Kind: "departure", ID: string(f.Region), Region: f.Region, Note: "list"})
	})
	if err != nil {
		return err
	}
	f.Limit = exportAtOnce
	t := sheet.Table{Name: lang.T("departure.title"), Title: lang.T("departure.title"), Columns: sheet.Keyed(DepartureColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for {
			l, err := d.Departures(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, x := range l.Departed {
				n := x.Departure
				if !yield([]string{x.Person.Name, x.Number.Masked(), l.Places[n.Region], lang.T(n.Kind.Word()), string(n.On), n.Whither,
					lang.T(n.Word()), string(n.Decided), n.Reason}, nil) {
					return
				}
			}
			if f.After = l.Next; l.Next == "" {
				return
			}
		}
	}
	return to.Write(t)
}
