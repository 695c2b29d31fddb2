package upkeep

import (
	"runtime"
	"sync"
	"time"

	"hefa/internal/day"
	"hefa/internal/job"
	"hefa/internal/lang"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/vault"
)

// What the clock may differ from the newest audit line: a little behind it between two machines, and far ahead of it where nobody has worked.
const (
	mostBehind = 2 * time.Minute
	mostAhead  = 180 * 24 * time.Hour
)

// clock compares the clock with the newest deed.
func (e Examination) clock(tx *store.Tx, f *findings) error {
	last, err := tx.LastDeed()
	if err != nil {
		return err
	}
	c, err := clockOf(tx)
	if err != nil {
		return err
	}
	moment := func(t time.Time) string { return t.In(day.Beijing).Format(time.DateTime) }
	switch ahead := tx.Now().Sub(last); {
	case c.Leap == job.Ahead:
		f.add("clock", Bad, lang.T("doctor.clock.leap", string(c.Today), string(c.Last)))
	case last.IsZero() || ahead >= -mostBehind && ahead <= mostAhead:
		f.add("clock", Fine, lang.T("doctor.clock.ok", moment(tx.Now())))
	case ahead < 0:
		f.add("clock", Bad, lang.T("doctor.clock.back", moment(tx.Now()), moment(last)))
	default:
		f.add("clock", Warning, lang.T("doctor.clock.ahead", moment(tx.Now()), moment(last)))
	}
	return nil
}

// holidays finds a year without holidays; the next one's are published in November.
func (e Examination) holidays(tx *store.Tx, f *findings) error {
	all, err := tx.Holidays()
	if err != nil {
		return err
	}
	last, today := 0, tx.Today()
	for _, h := range all {
		last = max(last, h.Day.Year())
	}
	switch year := today.Year(); {
	case last < year:
		f.add("holidays", Bad, lang.T("doctor.holidays.bad", last, year))
	case last == year && today.Time().Month() >= time.November:
		f.add("holidays", Warning, lang.T("doctor.holidays.soon", last))
	default:
		f.add("holidays", Fine, lang.T("doctor.holidays.ok", last))
	}
	return nil
}

// policies finds values that no rule knows, that cannot be read, or that name no basis.
func (e Examination) policies(tx *store.Tx, f *findings) error {
	book, err := tx.Policies()
	if err != nil {
		return err
	}
	var wrong []string
	for _, v := range book {
		r, known := policy.Of(v.Key)
		switch {
		case !known:
			wrong = append(wrong, lang.T("doctor.policies.unknown", string(v.Key)))
		case r.Check(v.Value) != nil:
			wrong = append(wrong, lang.T("doctor.policies.broken", string(v.Key), string(v.Region), v.Value))
		case v.Basis == "":
			wrong = append(wrong, lang.T("doctor.policies.baseless", string(v.Key), string(v.Region)))
		}
	}
	if len(book) == 0 {
		wrong = append(wrong, lang.T("doctor.policies.none"))
	}
	f.note("policies", Bad, wrong)
	return nil
}

// patience is how long a job may be due without anybody doing it.
const patience = time.Hour

func (e Examination) jobs(tx *store.Tx, f *findings) error {
	stuck, err := tx.StuckJobs(tx.Now().Add(-patience))
	if err != nil {
		return err
	}
	var wrong []string
	for _, s := range stuck {
		wrong = append(wrong, lang.T("doctor.jobs."+s.State, s.Kind, s.Count, s.Since.In(day.Beijing).Format(time.DateTime)))
	}
	f.note("jobs", Bad, wrong)
	return nil
}

// namedAtMost is how many damaged rows are named one by one.
const namedAtMost = 20

// rows reads every person and certificate and finds those that are not what was saved.
func (e Examination) rows(tx *store.Tx, f *findings) error {
	damaged, err := tx.Damages()
	if err != nil {
		return err
	}
	var wrong []string
	for _, d := range damaged[:min(len(damaged), namedAtMost)] {
		wrong = append(wrong, lang.T("doctor.rows."+d.Table, d.ID))
	}
	if more := len(damaged) - len(wrong); more > 0 {
		wrong = append(wrong, lang.T("doctor.rows.more", more))
	}
	f.note("rows", Bad, wrong)
	return nil
}

// audit goes through every county's log.
func (e Examination) audit(tx *store.Tx, f *findings) error {
	wrong, err := unproved(tx, tx.Now())
	if err != nil {
		return err
	}
	f.note("audit", Bad, wrong)
	return nil
}

// backups finds that none was proved lately, and that the last one failed.
func (e Examination) backups(tx *store.Tx, f *findings) error {
	last, err := tx.Backups("", "", 1)
	if err != nil {
		return err
	}
	good, err := proved(tx)
	if err != nil {
		return err
	}
	var wrong []string
	if len(last) > 0 && last[0].At.After(tx.Now().Add(vault.Apart)) {
		wrong = append(wrong, lang.T("doctor.backups.ahead", last[0].ID))
		if last, err = tx.Backups("", vault.NameOf(tx.Now().Add(vault.Apart)), 1); err != nil {
			return err
		}
	}
	if good.ID == "" {
		wrong = append(wrong, lang.T("doctor.backups.never"))
	} else if tx.Now().Sub(good.At) > staleAfter {
		wrong = append(wrong, lang.T("doctor.backups.late", good.At.In(day.Beijing).Format(time.DateTime)))
	}
	if len(last) > 0 && last[0].ID != good.ID {
		if b := last[0]; !b.Good {
			wrong = append(wrong, lang.T("doctor.backups.failed", b.ID, b.Trouble))
		} else if !b.Rehearsed.IsZero() {
			wrong = append(wrong, lang.T("doctor.backups.unproved", b.ID, b.Lesson))
		}
	}
	f.note("backups", Bad, wrong)
	return nil
}

// passwords finds accounts that anybody could open.
func (e Examination) passwords(tx *store.Tx, f *findings) error {
	all, err := tx.Admitted()
	if err != nil {
		return err
	}
	open := make([]bool, len(all))
	var working sync.WaitGroup
	free := make(chan struct{}, runtime.NumCPU()) // each check takes its time and memory by intent
	for i, a := range all {
		free <- struct{}{}
		working.Go(func() {
			open[i] = e.known(a)
			<-free
		})
	}
	working.Wait()
	var wrong []string
	for i, a := range all {
		if open[i] {
			wrong = append(wrong, lang.T("doctor.passwords.bad", a.Login, a.Name))
		}
	}
	f.note("passwords", Bad, wrong)
	return nil
}

// known says whether an account opens with a password that everybody knows, or with its own name.
func (e Examination) known(a staff.Account) bool {
	for _, p := range append([]string{a.Login}, e.Passwords...) {
		if seal.Verify(a.Hash, p) {
			return true
		}
	}
	return false
}

// fixity finds files that were not what they should be when they were last read, and a reading that does not keep up.
func (e Examination) fixity(tx *store.Tx, f *findings) error {
	stand, err := fixityOf(tx)
	if err != nil {
		return err
	}
	var wrong []string
	for _, x := range stand.Bad {
		wrong = append(wrong, lang.T("doctor.fixity."+x.State, x.Hash, x.At.In(day.Beijing).Format(time.DateTime)))
	}
	if stand.Seen > 0 && tx.Now().Sub(stand.First) > time.Duration(stand.Days+2)*24*time.Hour {
		wrong = append(wrong, lang.T("doctor.fixity.late", stand.First.In(day.Beijing).Format(time.DateTime), stand.Days))
	}
	f.note("fixity", Bad, wrong)
	return nil
}
