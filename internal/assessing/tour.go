package assessing

import (
	"cmp"
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// TourOrder is what a tour of group sessions is made from: one township after the other, each at all the hospitals on its days.
type TourOrder struct {
	From      day.Day
	Hospitals []org.ID
	Capacity  int // people a day at each hospital
	Place     string
	Weekends  bool // also on weekends that are made up for
	Townships []region.Code
}

// Tour is a proposed tour, with what its form offers.
type Tour struct {
	County    region.Region
	Townships []region.Region
	Hospitals []org.Org
	Needs     []session.Need // of every township, the most urgent first
	Stops     []session.Stop // nil while nothing is proposed
	Today     day.Day
}

// Days is how many days the tour has.
func (t Tour) Days() int {
	n := 0
	for _, s := range t.Stops {
		n += len(s.Days)
	}
	return n
}

// Touring is what the form of a tour offers: the townships of the actor's county by urgency.
func (d *Desk) Touring(ctx context.Context, by access.Actor) (Tour, error) {
	var t Tour
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		t, err = touring(tx)
		return err
	})
	return t, err
}

func touring(tx *store.Tx) (t Tour, err error) {
	by := tx.By()
	county := by.Region.County()
	if err := by.May(access.SessionPlan, by.Region); err != nil {
		return t, err
	}
	if t.County, err = tx.Region(county); err != nil {
		return t, err
	}
	if t.Townships, t.Hospitals, err = choices(tx, county); err != nil {
		return t, err
	}
	waiting, err := tx.SessionNeeds(county)
	if err != nil {
		return t, err
	}
	for _, r := range t.Townships {
		n := session.Need{Region: r.Code}
		if i := slices.IndexFunc(waiting, func(w session.Need) bool { return w.Region == r.Code }); i >= 0 {
			n = waiting[i]
		}
		t.Needs = append(t.Needs, n)
	}
	t.Needs, t.Today = session.Urgent(t.Needs), tx.Today()
	return t, nil
}

// check finds what of an order cannot be meant.
func (o TourOrder) check(t Tour) error {
	var p fault.Problems
	switch {
	case o.From == "":
		p.Add("from", "session.day.missing")
	case o.From < t.Today:
		p.Add("from", "session.day.past")
	}
	if twice(o.Hospitals) || twice(o.Townships) {
		return fault.New(fault.Refused, "tour.twice")
	}
	if len(o.Hospitals) == 0 || slices.ContainsFunc(o.Hospitals, func(h org.ID) bool { return hospital(t.Hospitals, h) == "" }) {
		p.Add("hospitals", "session.hospital.missing")
	}
	if o.Capacity < 1 || o.Capacity > 1000 {
		p.Add("capacity", "session.capacity.wrong")
	}
	for _, h := range t.Hospitals {
		if n, known := h.Room(0); known && o.Capacity > n && slices.Contains(o.Hospitals, h.ID) {
			p.Add("capacity", "tour.capacity.hospital", h.Name, n)
			break
		}
	}
	if len(o.Townships) == 0 || slices.ContainsFunc(o.Townships, func(r region.Code) bool {
		return !slices.ContainsFunc(t.Needs, func(n session.Need) bool { return n.Region == r })
	}) {
		p.Add("order", "tour.townships.missing")
	}
	return p.Fault()
}

// twice says whether something stands in a list more than once.
func twice[T cmp.Ordered](all []T) bool {
	return len(slices.Compact(slices.Sorted(slices.Values(all)))) < len(all)
}

// propose works a tour out; days on which one of the hospitals has a session of the county already are left out, so that nobody's seats are counted twice.
func propose(tx *store.Tx, o TourOrder) (Tour, error) {
	t, err := touring(tx)
	if err != nil {
		return t, err
	}
	if err := o.check(t); err != nil {
		return t, err
	}
	calendar, err := tx.Calendar()
	if err != nil {
		return t, err
	}
	busy := map[day.Day]bool{}
	for _, h := range o.Hospitals {
		planned, err := tx.Sessions(store.SessionFilter{Region: t.County.Code, Hospital: h, From: o.From, Limit: exportMost})
		if err != nil {
			return t, err
		}
		for _, s := range planned {
			busy[s.Day] = true
		}
	}
	var needs []session.Need
	for _, r := range o.Townships {
		needs = append(needs, t.Needs[slices.IndexFunc(t.Needs, func(n session.Need) bool { return n.Region == r })])
	}
	t.Stops = session.Tour(needs, o.Capacity*len(o.Hospitals), o.From, func(d day.Day) bool {
		return calendar.Working(d) && (o.Weekends || session.Weekday(d)) && !busy[d]
	})
	if t.Stops == nil {
		return t, fault.New(fault.Refused, "tour.long", session.TourMost)
	}
	return t, nil
}

// ProposeTour works out which township is examined when; nothing is kept.
func (d *Desk) ProposeTour(ctx context.Context, by access.Actor, o TourOrder) (Tour, error) {
	var t Tour
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		t, err = propose(tx, o)
		return err
	})
	return t, err
}

// PlanTour keeps the sessions of a tour as it is worked out now, all or none, and gives the tour: a session at each hospital on each of its days.
func (d *Desk) PlanTour(ctx context.Context, by access.Actor, o TourOrder) (t Tour, err error) {
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if t, err = propose(tx, o); err != nil {
			return err
		}
		for _, stop := range t.Stops {
			for _, on := range stop.Days {
				for _, h := range o.Hospitals {
					s := session.Session{ID: session.ID(id.New()), Region: stop.Region, Hospital: h, Kind: session.Central, Day: on, Place: o.Place, Capacity: o.Capacity}
					if _, err := agreed(tx, s, on); err != nil {
						return err
					}
					if err := tx.AddSession(s); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	return t, err
}
