package renewing

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lapse"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// LapseFilter narrows a list of lapses.
type LapseFilter = store.LapseFilter

// Lapsed is a lapse with its person and certificate.
type Lapsed = store.Lapsed

// LapseList is one page of lapses by village.
type LapseList struct {
	Region region.Code
	Lapses []Lapsed
	Places map[region.Code]string
	Today  day.Day
	Next   string // what After is for the next page, "" on the last
}

// Lapses is the lapses of a place of one county, by village.
func (d *Desk) Lapses(ctx context.Context, by access.Actor, f LapseFilter) (LapseList, error) {
	var l LapseList
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if f.Region, err = scope(by, access.LapseRead, f.Region); err != nil {
			return err
		}
		l, err = lapses(tx, f)
		return err
	})
	return l, err
}

// lapses is one page of the list; f.Region is set.
func lapses(tx *store.Tx, f LapseFilter) (LapseList, error) {
	limit := f.Limit
	f.Limit++
	all, err := tx.Lapses(f)
	l := LapseList{Region: f.Region, Lapses: all[:min(len(all), limit)], Today: tx.Today()}
	if err != nil {
		return l, err
	}
	if len(all) > limit {
		last := all[limit-1].Lapse
		l.Next = string(last.Region) + " " + string(last.ID)
	}
	l.Places, err = lapseNames(tx, l.Lapses)
	return l, err
}

// lapseNames is the names of the places of lapses with their townships, by code.
func lapseNames(tx *store.Tx, all []Lapsed) (map[region.Code]string, error) {
	seen := map[region.Code]bool{}
	var codes []region.Code
	for _, r := range all {
		if c := r.Lapse.Region; !seen[c] {
			seen[c] = true
			codes = append(codes, c)
		}
	}
	return tx.RegionNames(codes...)
}

// LapseFile is one lapse with all that is known about it.
type LapseFile struct {
	Lapsed
	Place      string
	Posting    lapse.Posting
	Objections []announcement.Objection
	Today      day.Day
	Barred     day.Day // the first day on which the person may apply anew, "" while nothing bars
	Lines      []store.Line
}

// Lapse is one lapse.
func (d *Desk) Lapse(ctx context.Context, by access.Actor, of lapse.ID) (LapseFile, error) {
	var f LapseFile
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		l, err := lapsed(tx, access.LapseRead, of)
		if err != nil {
			return err
		}
		f.Lapse, f.Certificate, f.Today = l.Lapse, l.held, tx.Today()
		if f.Person, err = tx.Person(l.Person); err != nil {
			return err
		}
		if f.Place, err = place(tx, l.Region); err != nil {
			return err
		}
		if f.Posting, err = tx.Posting(l.Posting); err != nil {
			return err
		}
		office, err := tx.Office(l.Region)
		if err != nil {
			return err
		}
		f.Barred = l.held.Barred(office.Policy.Count(policy.ReapplyMonths))
		all, err := tx.LapseObjections(l.Lapse)
		if err != nil {
			return err
		}
		f.Objections = veiled(by, all)
		f.Lines, err = tx.Timeline(l.County(), "lapse", string(of))
		return err
	})
	return f, err
}

// veiled is objections as the reader may see them: who objects is known only to those who decide, and what is said to those who may take it down.
func veiled(by access.Actor, all []announcement.Objection) []announcement.Objection {
	if by.Can(access.LapseResolve) {
		return all
	}
	for i := range all {
		all[i].Name, all[i].Phone = person.MaskedName(all[i].Name), person.MaskedPhone(all[i].Phone)
		if !by.Can(access.LapseObject) {
			all[i].Name, all[i].Phone, all[i].Text, all[i].Reason = "", "", "", ""
		}
	}
	return all
}

// PublicPosting is a published list for everybody: masked values only, so that no page can show more.
type PublicPosting struct {
	lapse.Posting
	Place  string
	Office string
	Days   int
	Rows   []PublicLapse
}

// PublicLapse is one person of a public list.
type PublicLapse struct {
	Key     string // names the row in an objection; it tells nothing about the certificate
	Name    string // masked
	Village string
	Cause   lapse.Cause
}

// rowKey names a row of a list for the public without naming the certificate.
func rowKey(posting string, l lapse.ID) string {
	sum := sha256.Sum256([]byte(posting + "/" + string(l)))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// running is the list while everybody may see it; afterwards it is gone.
func running(tx *store.Tx, act access.Act, posting string) (lapse.Posting, error) {
	p, err := tx.Posting(posting)
	if err != nil {
		return p, err
	}
	if err := tx.By().May(act, p.Region); err != nil {
		return p, err
	}
	if !p.Public(tx.Today()) {
		return p, fault.New(fault.Missing, "notice.over")
	}
	return p, nil
}

// public is who stands on the public list today: nobody who was taken off meanwhile.
func public(tx *store.Tx, p lapse.Posting) ([]Lapsed, error) {
	all, err := tx.PostingLapses(p)
	var out []Lapsed
	for _, l := range all {
		if l.Lapse.State.Open() {
			out = append(out, l)
		}
	}
	return out, err
}

// PublicPostings is the running lists of a county or a place in it, the latest first; none while no county is chosen.
func (d *Desk) PublicPostings(ctx context.Context, by access.Actor, where region.Code) ([]PublicPosting, error) {
	var out []PublicPosting
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.LapseRead, where); err != nil || where.Level() < region.County {
			return err
		}
		all, err := tx.Postings(where, tx.Today(), "", postingMost)
		if err != nil {
			return err
		}
		for _, p := range all {
			h := PublicPosting{Posting: p}
			if h.Place, err = place(tx, p.Region); err != nil {
				return err
			}
			out = append(out, h)
		}
		return nil
	})
	return out, err
}

// PublicPosting is one running list with its masked rows; it is gone when the period is over.
func (d *Desk) PublicPosting(ctx context.Context, by access.Actor, posting string) (PublicPosting, error) {
	var p PublicPosting
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		n, err := running(tx, access.LapseRead, posting)
		if err != nil {
			return err
		}
		all, err := public(tx, n)
		if err != nil {
			return err
		}
		p, err = published(tx, n, all)
		return err
	})
	return p, err
}

// published is a list with rows as everybody may see them.
func published(tx *store.Tx, n lapse.Posting, all []Lapsed) (PublicPosting, error) {
	p := PublicPosting{Posting: n, Days: n.Ends.Sub(n.Starts)}
	p.People = len(all)
	names, err := lapseNames(tx, all)
	if err != nil {
		return p, err
	}
	near, err := tx.OrgAt(n.Region.Township())
	if err != nil {
		return p, err
	}
	p.Office = near.Name
	for _, l := range all {
		p.Rows = append(p.Rows, PublicLapse{rowKey(n.ID, l.Lapse.ID), person.MaskedName(l.Person.Name), villageOf(names, l.Lapse.Region), l.Lapse.Cause})
	}
	p.Place, err = place(tx, n.Region)
	return p, err
}

// villageOf is the name of a village, "" for somebody who is entered at the township.
func villageOf(names map[region.Code]string, code region.Code) string {
	if code.Level() == region.Village {
		return names[code]
	}
	return ""
}

// PostingFile is a published list as officers see it.
type PostingFile struct {
	PublicPosting
	Lapses []Lapsed
	Places map[region.Code]string
	Today  day.Day
}

// Posting is one published list, running or over.
func (d *Desk) Posting(ctx context.Context, by access.Actor, posting string) (PostingFile, error) {
	var f PostingFile
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		n, err := tx.Posting(posting)
		if err != nil {
			return err
		}
		if err := by.May(access.LapseRead, n.Region); err != nil {
			return err
		}
		if !by.Can(access.PersonRead) {
			return fault.New(fault.Forbidden, "act.forbidden", access.PersonRead)
		}
		if f.Lapses, err = tx.PostingLapses(n); err != nil {
			return err
		}
		f.Today = tx.Today()
		if f.Places, err = lapseNames(tx, f.Lapses); err != nil {
			return err
		}
		f.PublicPosting, err = published(tx, n, f.Lapses)
		return err
	})
	return f, err
}

// Postings is one page of the published lists of a place, running and over, the latest first; next is what after is for the page behind it.
func (d *Desk) Postings(ctx context.Context, by access.Actor, where region.Code, after string, limit int) (all []PublicPosting, next string, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := scope(by, access.LapseRead, where)
		if err != nil {
			return err
		}
		list, err := tx.Postings(where, "", after, limit+1)
		if err != nil {
			return err
		}
		if len(list) > limit {
			list = list[:limit]
			next = list[limit-1].ID
		}
		for _, p := range list {
			h := PublicPosting{Posting: p}
			if h.Place, err = place(tx, p.Region); err != nil {
				return err
			}
			all = append(all, h)
		}
		return nil
	})
	return all, next, err
}

// LapseLoad is how many certificates of a place wait for their cancellation, up to a hundred; for the approver's tray.
func (d *Desk) LapseLoad(ctx context.Context, by access.Actor, where region.Code) (int, error) {
	var n int
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.LapseCancel, where)
		if err != nil || where.Level() < region.County {
			return err
		}
		n, err = tx.LapsesOver(where, LoadMost)
		return err
	})
	return n, err
}
