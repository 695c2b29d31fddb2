package casework

import (
	"context"
	"io"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// NoticeState narrows a list of notices to those that run or those that are over.
type NoticeState string

// The two halves of the list.
const (
	Running NoticeState = "running"
	Ended   NoticeState = "ended"
)

// NoticeFilter is which notices a list shows; empty fields do not narrow.
type NoticeFilter struct {
	Region   region.Code
	State    NoticeState
	EndsFrom day.Day // the last day of the notice lies here or later
	EndsTo   day.Day // … or earlier
	After    announcement.ID
	Limit    int
}

// NoticePage is one page of a list of notices.
type NoticePage struct {
	Region  region.Code // "" while an officer above the county has not chosen one
	Notices []NoticeLine
	More    bool
	Places  []region.Region // what the list can be narrowed to
}

// NoticeLine is a notice in a list.
type NoticeLine struct {
	announcement.Notice
	Place   string
	Running bool
}

// Notices is the notices of a place, the latest first.
func (d *Desk) Notices(ctx context.Context, by access.Actor, f NoticeFilter) (NoticePage, error) {
	var p NoticePage
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.NoticeRead, f.Region)
		if err != nil {
			return err
		}
		if by.Region.Level() < region.Township {
			if p.Places, err = tx.Regions(by.Region); err != nil {
				return err
			}
		}
		if where.Level() < region.County {
			return nil
		}
		p.Region = where
		all, err := tx.Notices(f.store(where, tx.Today()))
		if len(all) > f.Limit {
			all, p.More = all[:f.Limit], true
		}
		if err != nil {
			return err
		}
		p.Notices, err = lines(tx, all)
		return err
	})
	return p, err
}

// store is the filter as the store knows it: a state is a span of last days.
func (f NoticeFilter) store(where region.Code, today day.Day) store.NoticeFilter {
	out := store.NoticeFilter{Region: where, EndsFrom: f.EndsFrom, EndsTo: f.EndsTo, After: f.After, Limit: f.Limit + 1}
	switch f.State {
	case Running:
		out.EndsFrom = max(out.EndsFrom, today)
	case Ended:
		if last := today.Add(-1); out.EndsTo == "" || out.EndsTo > last {
			out.EndsTo = last
		}
	}
	return out
}

// lines puts the names of places beside notices.
func lines(tx *store.Tx, all []announcement.Notice) ([]NoticeLine, error) {
	var codes []region.Code
	for _, n := range all {
		codes = append(codes, n.Region)
	}
	names, err := tx.RegionNames(codes...)
	if err != nil {
		return nil, err
	}
	var out []NoticeLine
	for _, n := range all {
		out = append(out, NoticeLine{n, names[n.Region], n.Public(tx.Today())})
	}
	return out, nil
}

// Posting is a notice with the list as it hangs on the wall, for officers.
type Posting struct {
	NoticeLine
	Days     int // working days of the period
	Known    bool
	Office   org.Org
	Rows     []PostingRow
	Closable []application.ID // whose period is over without an open objection, when the actor may close them
}

// PostingRow is one person as published, with the case behind it.
type PostingRow struct {
	ID       application.ID
	No       string
	Name     string // masked
	Village  string
	Category certificate.Category
	Level    certificate.Level
	State    application.State
	Open     bool // the actor may open the case
}

// Notice is one notice with its list.
func (d *Desk) Notice(ctx context.Context, by access.Actor, id announcement.ID) (Posting, error) {
	var p Posting
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		p, err = posting(tx, id)
		return err
	})
	return p, err
}

// posting reads a notice for an officer.
func posting(tx *store.Tx, id announcement.ID) (Posting, error) {
	n, err := tx.Notice(id)
	if err != nil {
		return Posting{}, err
	}
	by := tx.By()
	if err := mayRead(by, n); err != nil {
		return Posting{}, err
	}
	head, err := lines(tx, []announcement.Notice{n})
	if err != nil {
		return Posting{}, err
	}
	calendar, err := tx.Calendar()
	if err != nil {
		return Posting{}, err
	}
	p := Posting{NoticeLine: head[0], Days: calendar.Between(n.Starts, n.Ends), Known: calendar.Known(n.Ends)}
	if p.Office, err = tx.OrgAt(n.Region); err != nil {
		return p, err
	}
	cases, err := tx.NoticeCases(n)
	if err != nil {
		return p, err
	}
	names, err := villages(tx, cases)
	if err != nil {
		return p, err
	}
	for _, c := range cases {
		a := c.Application
		p.Rows = append(p.Rows, PostingRow{a.ID, a.No, person.MaskedName(c.Person.Name), names[a.Region], a.Category, a.Level, a.State, by.Can(access.ApplicationRead) && by.Region.Contains(a.Region)})
		if a.State == application.Announced && a.Due < tx.Today() && by.Can(access.ApplicationClose) {
			p.Closable = append(p.Closable, a.ID)
		}
	}
	return p, nil
}

// mayRead lets officers read a notice; a village worker those of the township, which hang in the village too.
func mayRead(by access.Actor, n announcement.Notice) error {
	where := n.Region
	if by.Region.Level() == region.Village && by.Region.Township() == where {
		where = by.Region
	}
	if err := by.May(access.NoticeRead, where); err != nil {
		return err
	}
	if by.Role == access.Public {
		return fault.New(fault.Missing, "record.missing")
	}
	return nil
}

// WriteNotice prints the list to hang up: who was withdrawn or refused meanwhile stands in it no more.
func (d *Desk) WriteNotice(ctx context.Context, by access.Actor, id announcement.ID, w io.Writer) error {
	p, err := d.Notice(ctx, by, id)
	if err != nil {
		return err
	}
	a := paper.Announcement{Township: p.Place, From: p.Starts.Add(1), To: p.Ends, Days: p.Days, Where: p.Office.Name, Phone: p.Phone,
		Office: p.Office.Name, Dated: p.Starts}
	for _, r := range p.Rows {
		if published(r.State) {
			a.Rows = append(a.Rows, paper.AnnouncementRow{Name: r.Name, Village: r.Village, Category: lang.T(r.Category.Word()), Level: lang.T(r.Level.Word())})
		}
	}
	return paper.Write(w, a)
}

// published says whether a case of a notice still stands in its list.
func published(s application.State) bool {
	return s != application.Withdrawn && s != application.Refused
}
