package assessing

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/session"
	"hefa/internal/store"
)

// MissApplications records who did not come to their session and why, all or none: each goes back among those who wait, the seat is given back, and what
// a doctor kept of a half examination is dropped.
func (d *Desk) MissApplications(ctx context.Context, by access.Actor, ids []application.ID, why application.Absence, note string) error {
	note = strings.TrimSpace(note)
	if len(ids) == 0 {
		var p fault.Problems
		p.Add("missed", "absence.pick")
		return p.Fault()
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := miss(tx, id, why, note); err != nil {
				return err
			}
		}
		return nil
	})
}

func miss(tx *store.Tx, id application.ID, why application.Absence, note string) error {
	a, err := load(tx, access.ApplicationMiss, id)
	if err != nil {
		return err
	}
	was := a.Application
	if was.Session == "" {
		return a.Miss(was.Due, why, note, a.office) // which refuses every state that has no session
	}
	s, err := tx.Session(session.ID(was.Session))
	if err != nil {
		return err
	}
	if err := s.Show(tx.By()); err != nil {
		return err
	}
	if err := a.Miss(s.Day, why, note, a.office); err != nil {
		return err
	}
	if err := tx.Unseat(was); err != nil {
		return err
	}
	if err := tx.KeepFindings(a.Application, nil); err != nil {
		return err
	}
	if err := tx.AddAbsence(a.County(), store.Absence{Application: a.ID, Session: s.ID, Day: s.Day, Why: why, Note: note}); err != nil {
		return err
	}
	return a.save(tx, access.ApplicationMiss, lang.T("absence.line", s.Day.Chinese(), why, note))
}
