package store

import (
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/policy"
)

// Holiday is one exception to the ordinary week.
type Holiday struct {
	Day     day.Day
	Working bool // a day made up for, else a holiday
	Name    string
	Version int
}

// keep is how long the rules stay in memory; another process's change arrives no later.
const keep = 5 * time.Second

// rules is the policies and holidays, read again when they are old.
func (tx *Tx) rules() (rules, error) {
	tx.db.mu.Lock()
	r := tx.db.rules
	tx.db.mu.Unlock()
	if time.Now().Before(r.until) {
		return r, nil
	}
	keys, err := tx.Keys()
	if err == nil {
		err = tx.db.keys.Load(keys, nil)
	}
	if err != nil {
		return rules{}, err
	}
	if r.book, err = tx.Policies(); err != nil {
		return rules{}, err
	}
	days, err := tx.Holidays()
	if err != nil {
		return rules{}, err
	}
	r.calendar = calendar(days)
	r.until = time.Now().Add(keep)
	tx.db.mu.Lock()
	tx.db.rules = r
	tx.db.mu.Unlock()
	return r, nil
}

// forget makes the next transaction read the rules again.
func (tx *Tx) forget() {
	tx.db.mu.Lock()
	tx.db.rules = rules{}
	tx.db.mu.Unlock()
}

func calendar(days []Holiday) day.Calendar {
	free := make(map[day.Day]bool, len(days))
	for _, h := range days {
		free[h.Day] = !h.Working
	}
	return day.NewCalendar(free)
}

// Calendar is the offices' working days.
func (tx *Tx) Calendar() (day.Calendar, error) {
	r, err := tx.rules()
	return r.calendar, err
}

// Policies is every decided value.
func (tx *Tx) Policies() (policy.Book, error) {
	return list(tx, func(v *policy.Value) []any {
		return []any{&v.Key, &v.Region, &v.Effective, &v.Value, &v.Basis, &v.Version}
	}, `
		SELECT key, region, effective, value, basis, version
		FROM policy
		ORDER BY key, region, effective`)
}

// Decision is a value that somebody set, with who and when.
type Decision struct {
	policy.Value
	Author string
	At     time.Time
}

// Decisions is every value that was set for a key, the latest day first.
func (tx *Tx) Decisions(key policy.Key) ([]Decision, error) {
	return list(tx, func(d *Decision) []any {
		return []any{&d.Key, &d.Region, &d.Effective, &d.Value.Value, &d.Basis, &d.Version, &d.Author, micros{&d.At}}
	}, `
		SELECT key, region, effective, value, basis, version, author, at
		FROM policy
		WHERE key = $1
		ORDER BY effective DESC, region`, string(key))
}

// SavePolicy adds a value from its day on, or corrects the one of the same day when v.Version is that of the row.
func (tx *Tx) SavePolicy(v policy.Value) error {
	s := Subject{Kind: "policy", ID: string(v.Key), Region: v.Region, Note: string(v.Effective) + "：" + v.Value + "（" + v.Basis + "）"}
	tx.forget()
	if v.Version == 0 {
		return tx.write(access.PolicySet, s, `
			INSERT INTO policy (key, region, effective, value, basis, author, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (key, region, effective) DO NOTHING`,
			string(v.Key), string(v.Region), string(v.Effective), v.Value, v.Basis, tx.by.Name, tx.at.UnixMicro())
	}
	return tx.write(access.PolicySet, s, `
		UPDATE policy
		SET value = $1, basis = $2, author = $3, at = $4, version = version + 1
		WHERE key = $5 AND region = $6 AND effective = $7 AND version = $8`,
		v.Value, v.Basis, tx.by.Name, tx.at.UnixMicro(), string(v.Key), string(v.Region), string(v.Effective), v.Version)
}

// Holidays is every exception to the ordinary week, by day.
func (tx *Tx) Holidays() ([]Holiday, error) {
	return list(tx, func(h *Holiday) []any { return []any{&h.Day, &h.Working, &h.Name, &h.Version} }, `
		SELECT day, working, name, version
		FROM holiday
		ORDER BY day`)
}

// SaveHoliday sets one day as a holiday or a working day.
func (tx *Tx) SaveHoliday(h Holiday) error {
	tx.forget()
	return tx.write(access.CalendarSet, Subject{Kind: "holiday", ID: string(h.Day), Region: tx.by.Region, Note: h.Name}, `
		INSERT INTO holiday (day, working, name)
		VALUES ($1, $2, $3)
		ON CONFLICT (day) DO UPDATE SET working = excluded.working, name = excluded.name, version = holiday.version + 1`,
		string(h.Day), h.Working, h.Name)
}

// DropHoliday makes a day follow the ordinary week again.
func (tx *Tx) DropHoliday(d day.Day) error {
	tx.forget()
	return tx.write(access.CalendarSet, Subject{Kind: "holiday", ID: string(d), Region: tx.by.Region}, `DELETE FROM holiday WHERE day = $1`, string(d))
}
