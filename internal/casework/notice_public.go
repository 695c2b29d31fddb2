package casework

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Board is the running notices of a county as everybody may see them, with the counties to choose from.
type Board struct {
	Region   region.Code // "" while no county is chosen
	Place    string
	Counties []region.Region
	Notices  []PublicNotice
}

// PublicNotice is a running notice for everybody: masked values only, so that no page can show more.
type PublicNotice struct {
	ID     announcement.ID
	No     string
	Place  string
	Starts day.Day
	Ends   day.Day
	Days   int // working days
	People int
	Phone  string // of the office
	Office string
	Rows   []PublicRow
}

// PublicRow is one person of a public list.
type PublicRow struct {
	Key      string // names the row in an objection; it tells nothing about the case
	Name     string // masked
	Village  string
	Category certificate.Category
	Level    certificate.Level
}

// PublicNotices is the running notices of a county or a place in it, the latest first; with "" it is the only county here, if there is only one.
func (d *Desk) PublicNotices(ctx context.Context, by access.Actor, where region.Code) (Board, error) {
	var b Board
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.NoticeRead, where); err != nil {
			return err
		}
		var err error
		if b.Counties, err = counties(tx); err != nil {
			return err
		}
		if where == "" && len(b.Counties) == 1 {
			where = b.Counties[0].Code
		}
		if where.Level() < region.County {
			return nil
		}
		if _, err := tx.Region(where); err != nil {
			return err
		}
		b.Region = where
		if b.Place, err = place(tx, where); err != nil {
			return err
		}
		all, err := tx.Notices(NoticeFilter{State: Running, Limit: noticeMost}.store(where, tx.Today()))
		if err != nil {
			return err
		}
		heads, err := lines(tx, all)
		for _, h := range heads {
			if h.Running {
				b.Notices = append(b.Notices, PublicNotice{ID: h.ID, No: h.No, Place: h.Place, Starts: h.Starts, Ends: h.Ends, People: h.People, Phone: h.Phone})
			}
		}
		return err
	})
	return b, err
}

// counties is the places that have cases here.
func counties(tx *store.Tx) ([]region.Region, error) {
	codes, err := tx.Counties()
	if err != nil {
		return nil, err
	}
	var out []region.Region
	for _, c := range codes {
		r, err := tx.Region(c)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// PublicNotice is one running notice with its masked list; it is gone when the period is over.
func (d *Desk) PublicNotice(ctx context.Context, by access.Actor, id announcement.ID) (PublicNotice, error) {
	var p PublicNotice
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		n, err := running(tx, access.NoticeRead, id)
		if err != nil {
			return err
		}
		cases, err := listed(tx, n)
		if err != nil {
			return err
		}
		names, err := villages(tx, cases)
		if err != nil {
			return err
		}
		unit, err := tx.OrgAt(n.Region)
		if err != nil {
			return err
		}
		calendar, err := tx.Calendar()
		if err != nil {
			return err
		}
		p = PublicNotice{ID: n.ID, No: n.No, Starts: n.Starts, Ends: n.Ends, Days: calendar.Between(n.Starts, n.Ends), People: len(cases),
			Phone: n.Phone, Office: unit.Name}
		for _, c := range cases {
			a := c.Application
			p.Rows = append(p.Rows, PublicRow{rowKey(n.ID, a.ID), person.MaskedName(c.Person.Name), names[a.Region], a.Category, a.Level})
		}
		p.Place, err = place(tx, n.Region)
		return err
	})
	return p, err
}

// listed is who stands in the public list today: nobody whose case ended meanwhile, and nobody whom the policy of today keeps out.
func listed(tx *store.Tx, n announcement.Notice) ([]store.Case, error) {
	all, err := tx.NoticeCases(n)
	if err != nil {
		return nil, err
	}
	office, err := tx.Office(n.Region)
	if err != nil {
		return nil, err
	}
	var out []store.Case
	for _, c := range all {
		a := c.Application
		if (a.State == application.Announced || a.State == application.Disputed) && !a.Unpublished(assessment.Conclusion{}, c.Person.Birth, office) {
			out = append(out, c)
		}
	}
	return out, nil
}

// rowKey names a row of a notice for the public without naming the case.
func rowKey(n announcement.ID, a application.ID) string {
	sum := sha256.Sum256([]byte(string(n) + "/" + string(a)))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// Guide is what somebody who wants a certificate must know in a place: whom to ask and the rules in force today.
type Guide struct {
	Region region.Code
	Place  string
	Office org.Org // the county's federation; empty while no county is chosen
	Rules  policy.Set
}

// Guide is the public guide for a place; "" is the only county here, or the rules of the whole country.
func (d *Desk) Guide(ctx context.Context, by access.Actor, where region.Code) (Guide, error) {
	var g Guide
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.NoticeRead, where); err != nil {
			return err
		}
		all, err := counties(tx)
		if err != nil {
			return err
		}
		if where == "" && len(all) == 1 {
			where = all[0].Code
		}
		office, err := tx.Office(where)
		if err != nil {
			return err
		}
		g.Region, g.Rules = where, office.Policy
		if where == "" {
			return nil
		}
		if _, err := tx.Region(where); err != nil {
			return err
		}
		if g.Place, err = place(tx, where); err != nil {
			return err
		}
		g.Office, err = tx.OrgAt(where)
		return err
	})
	return g, err
}
