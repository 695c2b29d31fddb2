// Package session is a hospital's day for one township: who is examined where, when, and how many find a place.
package session

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/region"
)

// ID names a session.
type ID string

// Kind is the way in which people are examined.
type Kind string

// The kinds of session (product.md §2).
const (
	Central Kind = "central" // 集中评残
	Clinic  Kind = "clinic"  // 门诊
	Home    Kind = "home"    // 上门
	Remote  Kind = "remote"  // 线上：看材料、通视频
)

// Kinds is every kind, in the order of the form.
var Kinds = []Kind{Central, Clinic, Home, Remote}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "session.kind." + string(k) }

// Session is one day at one hospital for one township.
type Session struct {
	ID       ID
	Region   region.Code // the township (or the whole county) whose people are called
	Hospital org.ID
	Kind     Kind
	Day      day.Day
	Place    string
	Capacity int // people that can be examined on the day
	Taken    int // people who have a place
	Round    Round
	Version  int
}

// County is the tenant that answers for the session.
func (s Session) County() region.Code { return s.Region.County() }

// Check finds every wrong value of a session as planned on today.
func (s *Session) Check(today day.Day, calendar day.Calendar) error {
	var p fault.Problems
	if s.Region.Level() < region.County {
		p.Add("region", "session.region.missing")
	}
	if s.Hospital == "" {
		p.Add("hospital", "session.hospital.missing")
	}
	if !slices.Contains(Kinds, s.Kind) {
		p.Add("kind", "session.kind.missing")
	}
	switch {
	case s.Day == "":
		p.Add("day", "session.day.missing")
	case s.Day < today:
		p.Add("day", "session.day.past")
	case !calendar.Working(s.Day):
		p.Add("day", "session.day.free", s.Day)
	}
	if s.Capacity < 1 || s.Capacity > 1000 {
		p.Add("capacity", "session.capacity.wrong")
	}
	s.Round.clean(&p)
	return p.Fault()
}

// Change moves the session to another day or place, or gives it other seats; those that were given stay given.
func (s *Session) Change(to Session, today day.Day, calendar day.Calendar) error {
	if s.Day < today {
		return fault.New(fault.Refused, "session.over", s.Day)
	}
	next := *s
	next.Day, next.Place, next.Capacity, next.Round = to.Day, to.Place, to.Capacity, to.Round
	if err := next.Check(today, calendar); err != nil {
		return err
	}
	if next.Capacity < next.Taken {
		var p fault.Problems
		p.Add("capacity", "session.capacity.taken", next.Taken)
		return p.Fault()
	}
	*s = next
	return nil
}

// Left is how many places are free.
func (s Session) Left() int { return max(0, s.Capacity-s.Taken) }

// Seat takes a place for each of the people, who come from the given places.
func (s *Session) Seat(from []region.Code, today day.Day) error {
	switch {
	case s.Day < today:
		return fault.New(fault.Refused, "session.over", s.Day)
	case slices.ContainsFunc(from, func(where region.Code) bool { return !s.Region.Contains(where) }):
		return fault.New(fault.Refused, "session.elsewhere")
	case s.Left() == 0 && len(from) > 0:
		return fault.New(fault.Refused, "session.full", s.Capacity)
	case len(from) > s.Left():
		return fault.New(fault.Refused, "session.taken", s.Left(), len(from))
	}
	s.Taken += len(from)
	return nil
}

// Leave gives a place back.
func (s *Session) Leave() { s.Taken = max(0, s.Taken-1) }

// Show hides the session, and the people in it, from the staff of other hospitals.
func (s Session) Show(by access.Actor) error {
	if by.Role.Clinical() && by.Org != string(s.Hospital) {
		return fault.New(fault.Missing, "record.missing")
	}
	return nil
}

// Reached says whether people can be examined: not before the day of the session.
func (s Session) Reached(today day.Day) error {
	if today < s.Day {
		return fault.New(fault.Refused, "session.ahead", s.Day)
	}
	return nil
}
