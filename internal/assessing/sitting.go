package assessing

import (
	"context"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/lang"
	"hefa/internal/policy"
	"hefa/internal/store"
)

// OpenExamination notes that the doctor has the form of a case open, from when on the time of the assessment counts; opening it again in the same sitting
// changes nothing, nor does opening what a colleague signed and has still to be countersigned.
func (d *Desk) OpenExamination(ctx context.Context, by access.Actor, id application.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		e, err := examine(tx, id)
		if err != nil || e.unsigned(by.Account) != nil {
			return err
		}
		s, err := tx.Sitting(e.Application)
		if err != nil || !s.Open(tx.Now(), e.pause()) {
			return err
		}
		return tx.OpenSitting(e.Application, s, lang.T("assessment.opened.note"))
	})
}

// pause is after how long a form that lies open is a new sitting.
func (e examined) pause() time.Duration {
	return time.Duration(e.office.Policy.Count(policy.ExamPause)) * time.Minute
}

// close ends the doctor's sitting, beside the save of the case that names the act.
func (e examined) close(tx *store.Tx) error {
	s, err := tx.Sitting(e.Application)
	if err != nil {
		return err
	}
	last, err := tx.LastSitting()
	if err != nil {
		return err
	}
	s.Close(tx.Now(), last, e.pause())
	return tx.CloseSitting(e.Application, s)
}
