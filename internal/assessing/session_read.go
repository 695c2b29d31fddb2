package assessing

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Day is everything that the page of a session shows.
type Day struct {
	session.Session
	Hospital org.Org
	Township string                 // its name, or that of the county
	Cases    []Case                 // who has a place or was examined, of the actor's area
	Villages map[region.Code]string // the names of their villages
	Steps    []access.Act           // what this actor may do with the session now
}

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
	out.Villages, err = tx.RegionNames(codes...)
	out.Township = out.Villages[s.Region]
	return out, err
}

// Queue is one page of who can be given a seat.
type Queue struct {
	Cases []Case
	More  bool
	Names map[region.Code]string
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
		for _, c := range q.Cases {
			codes = append(codes, c.Person.Region)
		}
		q.Names, err = tx.RegionNames(codes...)
		return err
	})
	return q, err
}
