package assessing

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/session"
	"hefa/internal/store"
)

// ScheduleApplications gives each case a seat in the session, all or none but for those whose only doctors there are relatives, who are left out; when nobody
// remains it is refused. A case that had a seat elsewhere gives that back.
func (d *Desk) ScheduleApplications(ctx context.Context, by access.Actor, id session.ID, cases []application.ID) (Seating, error) {
	var out Seating
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		s, err := loadSession(tx, access.ApplicationSchedule, id)
		if err != nil {
			return err
		}
		if len(cases) == 0 {
			var p fault.Problems
			p.Add("application", "session.pick.missing")
			return p.Fault()
		}
		all, err := seatable(tx, s, cases)
		if err != nil {
			return err
		}
		if err := covered(tx, s, all); err != nil {
			return err
		}
		if all, err = out.part(tx, s, all); err != nil {
			return err
		}
		for _, a := range all {
			if err := passable(tx, a, s.Kind); err != nil {
				return err
			}
		}
		return out.give(tx, s, all)
	})
	return out, err
}

// covered refuses seats for categories that hospital or agreement do not name (N17) or that no doctor of the hospital may assess on the day (N18–N20).
func covered(tx *store.Tx, s session.Session, all []loaded) error {
	h, err := standingOf(tx, s)
	if err != nil {
		return err
	}
	var lacking []certificate.Category
	for _, a := range all {
		missing, err := h.lacking(a.Wanted, s.Day)
		if err != nil {
			return err
		}
		lacking = append(lacking, missing...)
	}
	if len(lacking) > 0 {
		slices.Sort(lacking)
		return fault.New(fault.Refused, "doctor.uncovered", words(slices.Compact(lacking)), s.Day)
	}
	return nil
}

// seatable reads the cases that are to have a seat in s, each once.
func seatable(tx *store.Tx, s session.Session, ids []application.ID) ([]loaded, error) {
	var all []loaded
	seen := map[application.ID]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		a, err := load(tx, access.ApplicationSchedule, id)
		if err != nil {
			return nil, err
		}
		if a.Session == string(s.ID) && a.State == application.Scheduled {
			return nil, fault.New(fault.Refused, "session.already", s.Day)
		}
		all = append(all, a)
	}
	return all, nil
}

// seat puts one case into the session, whose row is saved already, and gives its former seat back. What doctors of another hospital kept goes
// with the seat, because the new hospital signs for what its own doctors found.
func seat(tx *store.Tx, a loaded, s session.Session, note string) error {
	former := a.Application
	if err := a.Schedule(string(s.ID), s.Day, a.office); err != nil {
		return err
	}
	if a.was == application.Scheduled {
		old, err := tx.Session(session.ID(former.Session))
		if err != nil {
			return err
		}
		if err := tx.Unseat(former); err != nil {
			return err
		}
		if old.Hospital != s.Hospital {
			if err := tx.KeepFindings(a.Application, nil); err != nil {
				return err
			}
		}
	}
	return a.save(tx, access.ApplicationSchedule, note)
}
