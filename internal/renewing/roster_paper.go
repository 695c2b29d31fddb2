package renewing

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// WriteRoster prints the list of those from whom something is awaited, for the township (N39, M74, M75); who came or is not asked any more is on it only
// when that state was chosen.
func (d *Desk) WriteRoster(ctx context.Context, by access.Actor, f Filter, w io.Writer) error {
	var p paper.TownList
	err := d.gather(ctx, by, awaited(f), func(tx *store.Tx, l List) error {
		name, err := place(tx, l.Region)
		if err != nil {
			return err
		}
		p = titled(f)
		p.Place, p.Dated = name, l.Today
		for _, r := range l.Reminders {
			p.Rows = append(p.Rows, l.rosterRow(r))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return paper.Write(w, p)
}

// titled is the list of a township that a filter asks for, without its rows: whom it names is said by kind and step, what else was chosen stands behind.
func titled(f Filter) paper.TownList {
	p, only := paper.TownList{Of: paper.ListTold}, chosen(f)
	_, noMonths := strconv.Atoi(f.Step)
	switch {
	case f.Kind == reminder.Renew && f.Overdue: // the last day of a letter to renew is that of its certificate
		p.Of, only = paper.ListExpired, only[1:]
	case f.Kind == reminder.Flow:
		p.Of = paper.ListSuspected
	case f.Kind == reminder.Review:
		p.Of = paper.ListReview
	case noMonths == nil: // the step of other letters is their day
		p.Of, p.Months = paper.ListDue, f.Step
	case f.Kind == reminder.Renew:
		p.Of = paper.ListRenew
	}
	p.Only = strings.Join(only, "、")
	return p
}

// chosen is what a filter asks for beside place, kind and step, in words.
func chosen(f Filter) []string {
	var words []string
	if f.Overdue {
		words = append(words, lang.T("reminder.filter.overdue"))
	}
	if f.Promised {
		words = append(words, lang.T("reminder.filter.promised"))
	}
	if slices.Contains(reminder.States, f.State) {
		words = append(words, lang.T(f.State.Word()))
	}
	if f.Reason.Valid() || f.Reason == reminder.Unsaid {
		words = append(words, lang.T(f.Reason.Word()))
	}
	return words
}

// rosterRow is one line of the list.
func (l List) rosterRow(r Reminded) paper.TownRow {
	p := r.Person
	row := paper.TownRow{Name: p.Name, Sex: lang.T("sex." + string(p.Sex)), Number: r.Number.Masked(), Expires: r.Expires, Village: l.village(r), Phone: p.Phone,
		Guardian: p.Guardian.Name, Poor: p.Poor}
	if c := r.Number; len(c) >= 20 {
		row.Category, row.Level = lang.T(certificate.Category(c[18:19]).Word()), lang.T(certificate.Level(c[19:20]).Word())
	} else {
		row.Number = p.Number.Masked()
	}
	if why := r.Why; why != "" {
		row.Note, row.Home = lang.T(why.Word()), why.Offer() == reminder.Home
	}
	return row
}
