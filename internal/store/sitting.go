package store

import (
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
)

// span is a duration kept as microseconds, -1 for assessment.Untimed.
func span(d time.Duration) int64 {
	if d == assessment.Untimed {
		return -1
	}
	return d.Microseconds()
}

// took scans a duration that is kept so.
type took struct{ d *time.Duration }

// Scan takes microseconds, -1 for assessment.Untimed.
func (t took) Scan(src any) error {
	if *t.d = assessment.Untimed; src.(int64) >= 0 {
		*t.d = time.Duration(src.(int64)) * time.Microsecond
	}
	return nil
}

// Sitting is the actor's own before the form of a case.
func (tx *Tx) Sitting(a application.Application) (assessment.Sitting, error) {
	all, err := list(tx, func(s *assessment.Sitting) []any { return []any{moment{&s.Opened}, took{&s.Spent}, moment{&s.Closed}} }, `
		SELECT opened, spent, closed
		FROM sitting
		WHERE county = $1 AND application = $2 AND doctor = $3`, string(a.County()), string(a.ID), tx.by.Account)
	if err != nil || len(all) == 0 {
		return assessment.Sitting{Spent: assessment.Untimed}, err
	}
	return all[0], nil
}

// LastSitting is when the actor last wrote down what was found, in whatever case of whatever county; zero for never.
func (tx *Tx) LastSitting() (time.Time, error) {
	last, err := list(tx, func(t *time.Time) []any { return []any{moment{t}} }, `SELECT COALESCE(MAX(closed), 0) FROM sitting WHERE doctor = $1`, tx.by.Account)
	if err != nil || len(last) == 0 {
		return time.Time{}, err
	}
	return last[0], nil
}

const putSitting = `
	INSERT INTO sitting (county, application, doctor, region, opened, spent, closed)
	VALUES ($1, $2, $3, $4, $5, $6, $7)
	ON CONFLICT (county, application, doctor) DO UPDATE SET opened = $5, spent = $6, closed = $7`

func (tx *Tx) sittingRow(a application.Application, s assessment.Sitting) []any {
	return []any{string(a.County()), string(a.ID), tx.by.Account, string(a.Region), instant(s.Opened), span(s.Spent), instant(s.Closed)}
}

// OpenSitting notes that the actor opened the form of a case; note is what the timeline says.
func (tx *Tx) OpenSitting(a application.Application, s assessment.Sitting, note string) error {
	return tx.write(access.ApplicationAssess, Subject{Kind: "application", ID: string(a.ID), Region: a.Region, Note: note}, putSitting, tx.sittingRow(a, s)...)
}

// CloseSitting keeps a sitting that ended, beside the save of the case that names the act.
func (tx *Tx) CloseSitting(a application.Application, s assessment.Sitting) error {
	_, err := tx.exec(putSitting, tx.sittingRow(a, s)...)
	return err
}

// SittingTimes is how long each doctor took for a case, by account; who never opened the form is not in it.
func (tx *Tx) SittingTimes(a application.Application) (map[string]time.Duration, error) {
	type row struct {
		doctor string
		spent  time.Duration
	}
	all, err := list(tx, func(r *row) []any { return []any{&r.doctor, took{&r.spent}} }, `
		SELECT doctor, spent
		FROM sitting
		WHERE county = $1 AND application = $2 AND spent >= 0`, string(a.County()), string(a.ID))
	out := map[string]time.Duration{}
	for _, r := range all {
		out[r.doctor] = r.spent
	}
	return out, err
}

// EndSittings begins the times of a case anew, because a conclusion holds them now; when each doctor wrote stays.
func (tx *Tx) EndSittings(a application.Application) error {
	_, err := tx.exec(`UPDATE sitting SET opened = 0, spent = -1 WHERE county = $1 AND application = $2`, string(a.County()), string(a.ID))
	return err
}
