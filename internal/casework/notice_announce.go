package casework

import (
	"context"
	"fmt"
	"slices"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// noticeMost is how many people one notice may hold.
const noticeMost = 200

// Proposal is what a township could publish today; for a county it is the townships to choose from.
type Proposal struct {
	Region     region.Code
	Place      string
	Townships  []Waiting
	Candidates []Candidate // by deadline, at most 200
	More       bool        // more wait than one notice may hold
	Ends       day.Day     // the last day of a notice that is hung up today
	Days       int         // working days
	Known      bool        // the holidays of the last day's year are known
	Office     org.Org     // whose phone stands on the notice
}

// Waiting is a township with the number of its cases that wait for a notice.
type Waiting struct {
	Code  region.Code
	Name  string
	Count int
}

// Candidate is an assessed case; an exempt one goes straight to review instead of being published.
type Candidate struct {
	store.Case
	Village string
	Exempt  bool
}

// Proposal is the assessed cases of a place that wait for their notice; "" is the actor's own place.
func (d *Desk) Proposal(ctx context.Context, by access.Actor, where region.Code) (Proposal, error) {
	var p Proposal
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ApplicationAnnounce, where)
		if err != nil {
			return err
		}
		p.Region = where
		if p.Place, err = place(tx, where); err != nil {
			return err
		}
		if where.Level() < region.Township {
			p.Townships, err = waiting(tx, where)
			return err
		}
		office, err := tx.Office(where)
		if err != nil {
			return err
		}
		p.Ends, p.Days = ends(office)
		p.Known = office.Calendar.Known(p.Ends)
		if p.Office, err = tx.OrgAt(where); err != nil {
			return err
		}
		return p.fill(tx, office)
	})
	return p, err
}

// fill reads who waits.
func (p *Proposal) fill(tx *store.Tx, office application.Office) error {
	cases, err := tx.Queue(p.Region, application.Assessed, nil, noticeMost+1)
	if err != nil {
		return err
	}
	if len(cases) > noticeMost {
		cases, p.More = cases[:noticeMost], true
	}
	names, err := villages(tx, cases)
	if err != nil {
		return err
	}
	for _, c := range cases {
		exempt, err := unpublished(tx, c.Application, c.Person, office)
		if err != nil {
			return err
		}
		p.Candidates = append(p.Candidates, Candidate{c, names[c.Application.Region], exempt})
	}
	return nil
}

// waiting is the townships of a county with what waits in each.
func waiting(tx *store.Tx, county region.Code) ([]Waiting, error) {
	if county.Level() < region.County {
		return nil, fault.New(fault.Refused, "scope.county.wanted")
	}
	all, err := tx.Regions(county)
	if err != nil {
		return nil, err
	}
	var out []Waiting
	for _, r := range all {
		tally, err := tx.Tally(r.Code)
		if err != nil {
			return nil, err
		}
		out = append(out, Waiting{r.Code, r.Name, tally[application.Assessed]})
	}
	return out, nil
}

// AnnounceApplications hangs one notice up for assessed cases of a township and opens it to objection. Those who may not be published go
// straight to review; when nobody is left to publish there is no notice and its id is "".
func (d *Desk) AnnounceApplications(ctx context.Context, by access.Actor, where region.Code, ids []application.ID) (announcement.ID, error) {
	var n announcement.Notice
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ApplicationAnnounce, where); err != nil {
			return err
		}
		n = announcement.Notice{Region: where}
		ids = slices.Compact(slices.Sorted(slices.Values(ids)))
		if err := n.Check(len(ids)); err != nil {
			return err
		}
		published, exempt, err := sorted(tx, where, ids)
		if err != nil {
			return err
		}
		for _, l := range exempt {
			if err := l.Skip(l.office); err != nil {
				return err
			}
			if err := l.save(tx, access.ApplicationAnnounce, ""); err != nil {
				return err
			}
		}
		if len(published) == 0 {
			return nil
		}
		n, err = hang(tx, where, published)
		return err
	})
	return n.ID, err
}

// sorted loads the cases and parts those who may be published from those who may not.
func sorted(tx *store.Tx, where region.Code, ids []application.ID) (published, exempt []loaded, err error) {
	for _, id := range ids {
		l, err := load(tx, access.ApplicationAnnounce, id)
		if err != nil {
			return nil, nil, err
		}
		p, err := tx.Person(l.Person)
		if err != nil {
			return nil, nil, err
		}
		if !where.Contains(l.Region) {
			return nil, nil, fault.New(fault.Refused, "notice.region.other", p.Name)
		}
		hidden, err := unpublished(tx, l.Application, p, l.office)
		switch {
		case err != nil:
			return nil, nil, err
		case hidden:
			exempt = append(exempt, l)
		default:
			published = append(published, l)
		}
	}
	return published, exempt, nil
}

// hang makes the notice and moves its cases into it.
func hang(tx *store.Tx, where region.Code, cases []loaded) (announcement.Notice, error) {
	office, err := tx.Office(where)
	if err != nil {
		return announcement.Notice{}, err
	}
	unit, err := tx.OrgAt(where)
	if err != nil {
		return announcement.Notice{}, err
	}
	n := announcement.Notice{ID: announcement.ID(id.New()), Region: where, Starts: office.Today, People: len(cases), Phone: unit.Phone}
	n.Ends, _ = ends(office)
	if n.No, err = yearly(tx, where.County(), "notice", "G"); err != nil {
		return n, err
	}
	if err := tx.AddNotice(n); err != nil {
		return n, err
	}
	for _, l := range cases {
		if err := l.Announce(string(n.ID), n.Ends, office); err != nil {
			return n, err
		}
		if err := l.save(tx, access.ApplicationAnnounce, n.No); err != nil {
			return n, err
		}
	}
	return n, nil
}

// unpublished asks the rule with the case's latest conclusion.
func unpublished(tx *store.Tx, a application.Application, p person.Person, office application.Office) (bool, error) {
	all, err := tx.Assessments(a)
	if err != nil {
		return false, err
	}
	var last assessment.Conclusion
	if len(all) > 0 {
		last = all[len(all)-1]
	}
	return a.Unpublished(last, p.Birth, office), nil
}

// ends is the last day of a notice hung up today and the working days that it runs.
func ends(o application.Office) (day.Day, int) {
	n := o.Policy.Count(policy.AnnounceDays)
	return o.Calendar.After(o.Today, n), n
}

// yearly is the county's next number of the year in a series: 533103-2020-G0001.
func yearly(tx *store.Tx, county region.Code, series, mark string) (string, error) {
	year := tx.Today().Year()
	n, err := tx.Next(county, fmt.Sprintf("%s-%d", series, year))
	return fmt.Sprintf("%s-%d-%s%04d", county, year, mark, n), err
}

// villages is the names of the places that the cases belong to.
func villages(tx *store.Tx, cases []store.Case) (map[region.Code]string, error) {
	var codes []region.Code
	for _, c := range cases {
		codes = append(codes, c.Application.Region)
	}
	return tx.RegionNames(codes...)
}
