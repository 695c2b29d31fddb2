package fieldwork

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// DifferenceFilter narrows a list of differences; empty fields do not.
type DifferenceFilter = store.DifferenceFilter

// Differing is a difference with its person.
type Differing = store.Differing

// DifferenceList is one page of what this register and another one tell differently.
type DifferenceList struct {
	Differing []Differing
	Places    map[region.Code]string // also of the places that differ
	Next      string                 // what After is for the next page, "" on the last
}

// Differences is what of holders of an area of one county this register and another one tell differently, by village.
func (d *Desk) Differences(ctx context.Context, by access.Actor, f DifferenceFilter) (l DifferenceList, err error) {
	if f.Region, err = by.Scope(access.DifferenceRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.Differences(f)
		if err != nil {
			return err
		}
		l.Differing = all[:min(len(all), limit)]
		if len(all) > limit {
			last := l.Differing[limit-1].Difference
			l.Next = string(last.Region) + " " + string(last.ID)
		}
		var codes []region.Code
		for _, x := range l.Differing {
			codes = append(codes, x.Difference.Region, x.Difference.Region.Township())
			if x.Difference.Field == roster.FieldPlace {
				codes = append(codes, region.Code(x.Difference.Ours), region.Code(x.Difference.Theirs))
			}
		}
		l.Places, err = tx.RegionNames(codes...)
		return err
	})
	return l, err
}

// Value is what one of the two registers tells in a field, as a reader may see it: numbers and, where whole is false, telephone numbers with their middle hidden.
func (l DifferenceList) Value(f roster.Field, value string, whole bool) string {
	switch f {
	case roster.FieldNumber:
		return certificate.Number(value).Masked()
	case roster.FieldPlace:
		return l.Places[region.Code(value)]
	case roster.FieldStanding:
		return lang.T(certificate.State(value).Word())
	case roster.FieldPhone:
		if !whole {
			return person.MaskedPhone(value)
		}
	}
	return value
}

// DecideDifferences takes the other register's values over, keeps the own ones for a reason, or has them sent with the next exchange; all or none. One that
// somebody decided since it was seen is Stale.
func (d *Desk) DecideDifferences(ctx context.Context, by access.Actor, all []roster.Seen, to roster.Choice, reason string) error {
	if len(all) == 0 {
		var p fault.Problems
		p.Add("ids", "difference.none")
		return p.Fault()
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		var dated []roster.Difference
		for _, of := range all {
			x, err := tx.Difference(of.ID)
			if err != nil {
				return err
			}
			if err := by.May(access.DifferenceDecide, x.Region); err != nil {
				return err
			}
			if x.Version != of.Version {
				return fault.New(fault.Stale, "record.stale")
			}
			if err := x.Decide(to, reason, by.Name, tx.Today()); err != nil {
				return err
			}
			if to == roster.Theirs {
				if err := takeOver(tx, x); err != nil {
					return err
				}
				if x.Field == roster.FieldIssued || x.Field == roster.FieldExpires {
					dated = append(dated, x)
				}
			}
			if err := tx.SaveDifference(x); err != nil {
				return err
			}
		}
		return checkDays(tx, dated)
	})
}

// checkDays looks at the days that were taken over once all of them are: one alone may wait for the other.
func checkDays(tx *store.Tx, dated []roster.Difference) error {
	for _, x := range dated {
		p, err := tx.Person(x.Person)
		if err != nil {
			return err
		}
		c, err := tx.Certificate(x.Certificate)
		if err != nil {
			return err
		}
		if err := roster.CheckDays(p.Name, c); err != nil {
			return err
		}
	}
	return nil
}

// takeOver writes what the other register tells; who changed here since the list was read is to be compared again first.
func takeOver(tx *store.Tx, x roster.Difference) error {
	p, err := tx.Person(x.Person)
	if err != nil {
		return err
	}
	var c certificate.Certificate
	if x.Certificate != "" {
		if c, err = tx.Certificate(x.Certificate); err != nil {
			return err
		}
	}
	if x.Now(p, c) != x.Ours {
		return fault.New(fault.Refused, "difference.changed", p.Name, lang.T(x.Field.Word()))
	}
	was := p
	ofPerson, err := x.TakeOver(&p, &c, tx.Today())
	switch {
	case err != nil:
		return err
	case ofPerson:
		if err := sound(p, x.Field); err != nil {
			return err
		}
		return tx.SavePerson(access.DifferenceDecide, was, p)
	}
	return tx.SaveCertificate(access.DifferenceDecide, c)
}

// sound refuses a value that nobody could have typed here; what else is wrong with the person does not stand in its way.
func sound(p person.Person, of roster.Field) error {
	var problems fault.Problems
	for _, f := range fault.Fields(p.Check()) {
		if f.Name == string(of) {
			problems.Add("ids", "difference.theirs.wrong", p.Name, lang.T(of.Word()), lang.T(f.Key, f.Args...))
		}
	}
	return problems.Fault()
}

// DifferenceColumns is what can be taken out of a list of differences.
var DifferenceColumns = []string{"certificates.name", "certificates.township", "certificates.village", "difference.field", "difference.ours", "difference.theirs", "difference.state",
	"difference.reason", "difference.clerk", "difference.decided"}

// ExportDifferences writes the differences that fit as a spreadsheet with masked numbers; it leaves a line in the audit.
func (d *Desk) ExportDifferences(ctx context.Context, by access.Actor, f DifferenceFilter, to sheet.Out) (err error) {
	if err := to.Check(DifferenceColumns); err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.ListExport, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.ListExport, store.Subject{Kind: "difference", ID: string(f.Region), Region: f.Region, Note: "list"})
	})
	if err != nil {
		return err
	}
	f.Limit = exportAtOnce
	t := sheet.Table{Name: lang.T("difference.title"), Title: lang.T("difference.title"), Columns: sheet.Keyed(DifferenceColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for {
			l, err := d.Differences(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, x := range l.Differing {
				n := x.Difference
				village := ""
				if n.Region.Level() == region.Village {
					village = l.Places[n.Region]
				}
				if !yield([]string{x.Person.Name, l.Places[n.Region.Township()], village, lang.T(n.Field.Word()), l.Value(n.Field, n.Ours, by.Can(access.PersonEdit)),
					l.Value(n.Field, n.Theirs, by.Can(access.PersonEdit)), lang.T(n.State.Word()), strings.TrimSpace(n.Reason), n.Clerk, string(n.Decided)}, nil) {
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

// exportAtOnce is how many rows one transaction of an export reads.
const exportAtOnce = 2000
