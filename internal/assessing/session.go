package assessing

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Filter is which sessions a list shows; empty fields do not narrow.
type Filter struct {
	Region   region.Code
	Hospital org.ID
	From     day.Day // "" is today; a hospital sees earlier ones too in which somebody still waits
	After    session.ID
	Limit    int
}

// List is one page of sessions with the names that it needs.
type List struct {
	Lines     []Line
	More      bool
	From      day.Day
	Regions   map[region.Code]string
	Hospitals []org.Org // of the area
	Townships []region.Region
}

// hospital is the hospital's name.
func hospital(all []org.Org, id org.ID) string {
	for _, o := range all {
		if o.ID == id {
			return o.Name
		}
	}
	return ""
}

// Hospital is the name of the hospital with the id.
func (l List) Hospital(id org.ID) string { return hospital(l.Hospitals, id) }

// Sessions is the coming sessions, for whoever may see them.
func (d *Desk) Sessions(ctx context.Context, by access.Actor, f Filter) (List, error) {
	var l List
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		l, err = sessions(tx, f)
		return err
	})
	return l, err
}

func sessions(tx *store.Tx, f Filter) (List, error) {
	where := f.Region
	if where == "" {
		where = tx.By().Region
	}
	if err := tx.By().May(access.SessionRead, where); err != nil {
		return List{}, err
	}
	l := List{From: f.From}
	if l.From == "" {
		l.From = tx.Today()
	}
	var err error
	if l.Townships, l.Hospitals, err = choices(tx, tx.By().Region); err != nil {
		return l, err
	}
	if where.Level() < region.County && !tx.By().Role.Clinical() {
		return l, nil // the list belongs to one county, which is still to be chosen
	}
	l.Lines, err = tx.Sessions(store.SessionFilter{Region: f.Region, Hospital: f.Hospital, From: l.From, Pending: f.From == "", After: f.After, Limit: f.Limit + 1})
	if err != nil {
		return l, err
	}
	if l.More = len(l.Lines) > f.Limit; l.More {
		l.Lines = l.Lines[:f.Limit]
	}
	codes := make([]region.Code, 0, len(l.Lines))
	for _, s := range l.Lines {
		codes = append(codes, s.Region)
	}
	if l.Regions, err = tx.RegionNames(codes...); err != nil {
		return l, err
	}
	return l, l.count(tx)
}

// choices is the places for which sessions can be, below where, and the hospitals that serve it.
func choices(tx *store.Tx, where region.Code) ([]region.Region, []org.Org, error) {
	below := where
	if where.Level() > region.County {
		below = where.County()
	}
	places, err := tx.Regions(below)
	if err != nil {
		return nil, nil, err
	}
	if where.Level() > region.County {
		own, err := tx.Region(where.Township())
		if err != nil {
			return nil, nil, err
		}
		places = []region.Region{own}
	}
	hospitals, err := tx.Orgs(below, org.Hospital)
	return places, hospitals, err
}

// Plan is what the form of a session offers.
type Plan struct {
	County    region.Region
	Townships []region.Region
	Hospitals []org.Org
	Today     day.Day
}

// Plan is the choices for a new session in the actor's county.
func (d *Desk) Plan(ctx context.Context, by access.Actor) (Plan, error) {
	var p Plan
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		county := by.Region.County()
		if err := by.May(access.SessionPlan, by.Region); err != nil {
			return err
		}
		var err error
		if p.County, err = tx.Region(county); err != nil {
			return err
		}
		p.Today = tx.Today()
		p.Townships, p.Hospitals, err = choices(tx, county)
		return err
	})
	return p, err
}

// PlanSession enters a new session: a working day at a hospital that serves the place.
func (d *Desk) PlanSession(ctx context.Context, by access.Actor, s session.Session) (session.ID, error) {
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where := s.Region
		if where == "" {
			where = by.Region
		}
		if err := by.May(access.SessionPlan, where); err != nil {
			return err
		}
		calendar, err := tx.Calendar()
		if err != nil {
			return err
		}
		s.ID, s.Taken = session.ID(id.New()), 0
		if err := s.Check(tx.Today(), calendar); err != nil {
			return err
		}
		if err := serves(tx, s); err != nil {
			return err
		}
		return tx.AddSession(s)
	})
	return s.ID, err
}

// serves refuses a place that does not exist and a hospital that does not serve it.
func serves(tx *store.Tx, s session.Session) error {
	var p fault.Problems
	if _, err := tx.Region(s.Region); fault.Of(err) == fault.Missing || s.Region.Level() > region.Township {
		p.Add("region", "session.region.missing")
	} else if err != nil {
		return err
	}
	all, err := tx.Orgs(s.County(), org.Hospital)
	if err != nil {
		return err
	}
	if hospital(all, s.Hospital) == "" {
		p.Add("hospital", "session.hospital.missing")
		return p.Fault()
	}
	if err := p.Fault(); err != nil {
		return err
	}
	if err := room(tx, s); err != nil {
		return err
	}
	_, err = agreed(tx, s, s.Day)
	return err
}

// room refuses a clinic on a day on which the hospital has none, and more people than it examines on a day.
func room(tx *store.Tx, s session.Session) error {
	h, err := tx.Org(s.Hospital)
	if err != nil {
		return err
	}
	var p fault.Problems
	if s.Kind == session.Clinic && !h.Open(s.Day) {
		shut := standing{hospital: h}.closed()
		p.Add("day", shut.Key, shut.Args...)
	}
	if s.Kind != session.Home {
		planned, err := tx.SeatsAt(s)
		if err != nil {
			return err
		}
		if n, known := h.Room(planned); known && s.Capacity > n {
			p.Add("capacity", "session.capacity.hospital", h.Daily, planned)
		}
	}
	return p.Fault()
}

// ChangeSession moves a session to another day or place or gives it other seats. Whoever has a seat moves with it, so their cases show the new day; a day on
// which nobody may examine one of them is refused with who that is.
// to is the session as it was read, with the new values; one that changed in between is Stale.
func (d *Desk) ChangeSession(ctx context.Context, by access.Actor, to session.Session) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		s, err := loadSession(tx, access.SessionPlan, to.ID)
		if err != nil {
			return err
		}
		calendar, err := tx.Calendar()
		if err != nil {
			return err
		}
		was := s.Day
		if to.Version != s.Version {
			return fault.New(fault.Stale, "record.stale")
		}
		if err := s.Change(to, tx.Today(), calendar); err != nil {
			return err
		}
		if err := room(tx, s); err != nil {
			return err
		}
		if _, err := agreed(tx, s, s.Day); err != nil {
			return err
		}
		if s.Day != was {
			if err := asked(tx, s); err != nil {
				return err
			}
		}
		if err := tx.SaveSession(access.SessionPlan, s); err != nil || s.Day == was {
			return err
		}
		return moveDay(tx, s)
	})
}

// moveDay tells every case that waits in the session of its new day.
func moveDay(tx *store.Tx, s session.Session) error {
	cases, err := tx.SessionCases(s)
	if err != nil {
		return err
	}
	office, err := tx.Office(s.Region)
	if err != nil {
		return err
	}
	for _, c := range cases {
		a := c.Application
		if a.State != application.Scheduled {
			continue
		}
		if err := a.Schedule(string(s.ID), s.Day, office); err != nil {
			return err
		}
		if err := tx.SaveApplication(access.ApplicationSchedule, application.Scheduled, a, s.Day.Chinese()); err != nil {
			return err
		}
	}
	return nil
}
