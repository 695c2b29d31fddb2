package assessing

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Day is everything that the page of a session shows.
type Day struct {
	session.Session
	Hospital org.Org
	Township string                              // its name, or that of the county
	Kin      map[person.ID][]staff.Kinsman       // doctors who keep away from somebody who is expected
	Aids     map[application.ID]application.Aids // what those who are expected need
	AidTime  string                              // when those who roll are to come, "" for when everybody does
	Cases    []Case                              // who has a place or was examined, of the actor's area
	Villages map[region.Code]string              // the names of their villages
	Absent   []Missed                            // who did not come, of the actor's area
	Blocked  []Blocked                           // who is expected, but whom nobody may examine any more; for those who give seats
	Steps    []access.Act                        // what this actor may do with the session now
}

// Missed is somebody who did not come to a session.
type Missed struct {
	Case
	Why  application.Absence
	Note string
}

// order puts the people of the day into the order in which they are examined: on a round and on evidence by village alone.
func (d *Day) order(tx *store.Tx) error {
	var all []application.Application
	for _, c := range d.Cases {
		all = append(all, c.Application)
	}
	var err error
	if d.Aids, err = tx.AidsOf(all...); err != nil || d.Kind == session.Home || d.Kind == session.Remote {
		return err
	}
	office, err := tx.Office(d.Region)
	if err != nil {
		return err
	}
	d.AidTime = office.Policy.Word(policy.SeatTime)
	guests := make([]session.Guest, 0, len(d.Cases))
	for _, c := range d.Cases {
		guests = append(guests, session.Guest{Village: c.Application.Region, Rolls: d.Aids[c.Application.ID].Rolls()})
	}
	cases := d.Cases
	d.Cases = make([]Case, 0, len(cases))
	for _, i := range session.Order(guests, office.Policy.Word(policy.SeatOrder) == policy.SeatFirst) {
		d.Cases = append(d.Cases, cases[i])
	}
	return nil
}

// AidText is what somebody needs, in words, and when those who roll are to come.
func (d Day) AidText(of application.ID) string {
	var out []string
	for _, a := range d.Aids[of].All {
		out = append(out, lang.T(a.Word()))
	}
	text := strings.Join(out, "、")
	if d.AidTime != "" && d.Aids[of].Rolls() {
		text = lang.T("aid.time", text, d.AidTime)
	}
	return text
}

// people is who waits to be examined.
func (d Day) people() []person.ID {
	var out []person.ID
	for _, c := range d.Expected() {
		out = append(out, c.Person.ID)
	}
	return out
}

// Expected is who has a place and was neither examined nor missed.
func (d Day) Expected() []Case {
	return slices.DeleteFunc(slices.Clone(d.Cases), func(c Case) bool { return c.Application.State != application.Scheduled })
}

// where is the place of a session: its own, else the hospital's.
func (d Day) where() string { return cmp.Or(d.Place, d.Hospital.Address) }

// Session is one session with its people, for whoever may see them.
func (d *Desk) Session(ctx context.Context, by access.Actor, id session.ID) (Day, error) {
	var out Day
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = sessionDay(tx, id)
		return err
	})
	return out, err
}

func sessionDay(tx *store.Tx, id session.ID) (Day, error) {
	s, err := loadSession(tx, access.SessionRead, id)
	if err != nil {
		return Day{}, err
	}
	out := Day{Session: s}
	if out.Hospital, err = tx.Org(s.Hospital); err != nil {
		return out, err
	}
	by := tx.By()
	if by.Can(access.ApplicationRead) {
		cases, err := tx.SessionCases(s)
		if err != nil {
			return out, err
		}
		out.Cases = slices.DeleteFunc(cases, func(c Case) bool {
			return c.Application.State == application.Withdrawn || !by.Region.Contains(c.Application.Region)
		})
	}
	if out.Absent, err = missed(tx, s); err != nil {
		return out, err
	}
	if err := out.order(tx); err != nil {
		return out, err
	}
	if out.Kin, err = related(tx, s, out.people()); err != nil {
		return out, err
	}
	if by.Can(access.ApplicationSchedule) {
		if out.Blocked, err = blocked(tx, s, out.Cases); err != nil {
			return out, err
		}
	}
	if s.Day <= tx.Today() && by.Can(access.ApplicationMiss) {
		out.Steps = append(out.Steps, access.ApplicationMiss)
	}
	if s.Day >= tx.Today() {
		for _, act := range []access.Act{access.ApplicationSchedule, access.SessionPlan} {
			if by.Can(act) {
				out.Steps = append(out.Steps, act)
			}
		}
	}
	codes := []region.Code{s.Region}
	for _, c := range out.Cases {
		codes = append(codes, c.Person.Region)
	}
	for _, m := range out.Absent {
		codes = append(codes, m.Person.Region)
	}
	out.Villages, err = tx.RegionNames(codes...)
	out.Township = out.Villages[s.Region]
	return out, err
}

// missed is who did not come to the session, of the actor's area.
func missed(tx *store.Tx, s session.Session) ([]Missed, error) {
	if !tx.By().Can(access.ApplicationRead) {
		return nil, nil
	}
	all, err := tx.SessionAbsences(s)
	if err != nil {
		return nil, err
	}
	var out []Missed
	for _, m := range all {
		a, err := tx.Application(m.Application)
		if fault.Of(err) == fault.Missing { // to be examined anew by the reader
			continue
		}
		if err != nil {
			return nil, err
		}
		if !tx.By().Region.Contains(a.Region) {
			continue
		}
		p, err := tx.Person(a.Person)
		if err != nil {
			return nil, err
		}
		out = append(out, Missed{Case{Application: a, Person: p}, m.Why, m.Note})
	}
	return out, nil
}

// Queue is one page of who can be given a seat.
type Queue struct {
	Cases []Case
	More  bool
	Names map[region.Code]string

	Absences map[application.ID][]store.Absence // of those who did not come before
}

// Waiting is the accepted cases of the session's area that have no seat yet, the most urgent first; after is the last case of the page before.
func (d *Desk) Waiting(ctx context.Context, by access.Actor, id session.ID, after application.ID, limit int) (Queue, error) {
	var q Queue
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		s, err := loadSession(tx, access.ApplicationSchedule, id)
		if err != nil {
			return err
		}
		where := s.Region
		if where.Contains(by.Region) {
			where = by.Region
		}
		var last *application.Application
		if after != "" {
			a, err := load(tx, access.ApplicationSchedule, after)
			if err != nil {
				return err
			}
			last = &a.Application
		}
		if q.Cases, err = tx.Queue(where, application.Accepted, last, limit+1); err != nil {
			return err
		}
		if q.More = len(q.Cases) > limit; q.More {
			q.Cases = q.Cases[:limit]
		}
		var codes []region.Code
		var cases []application.Application
		for _, c := range q.Cases {
			cases = append(cases, c.Application)
			codes = append(codes, c.Person.Region)
		}
		before, err := tx.AbsencesOf(cases...)
		if err != nil {
			return err
		}
		q.Absences = map[application.ID][]store.Absence{}
		for _, m := range before {
			q.Absences[m.Application] = append(q.Absences[m.Application], m)
		}
		q.Names, err = tx.RegionNames(codes...)
		return err
	})
	return q, err
}
