package store

import (
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/region"
)

// Subject is the record that an act is about, with what the timeline says beside it. The note holds no identity number, phone or diagnosis.
type Subject struct {
	Kind   string
	ID     string
	Region region.Code
	Note   string
}

// Line is one audit line: who did what to which record, when and from where.
type Line struct {
	ID      string
	At      time.Time
	Account string
	Name    string
	Role    access.Role
	Act     access.Act
	Kind    string
	Subject string
	Region  region.Code
	Addr    string
	Note    string
}

// write is the only way to change a row that people see: it refuses a row that changed in between and leaves the audit line.
func (tx *Tx) write(act access.Act, s Subject, query string, args ...any) error {
	n, err := tx.exec(query, args...)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Stale, "record.stale")
	}
	return tx.audit(act, s)
}

// audit leaves the line, marked as ours; the sealer takes it into the county's log.
func (tx *Tx) audit(act access.Act, s Subject) error {
	return tx.insert(insertAudit, [][]any{tx.auditRow(act, s)})
}

const insertAudit = `INSERT INTO audit (county, id, at, account, name, role, act, kind, subject, region, addr, note, mark) VALUES `

func (tx *Tx) auditRow(act access.Act, s Subject) []any {
	return tx.lineRow(Line{At: tx.at, Account: tx.by.Account, Name: tx.by.Name, Role: tx.by.Role, Act: act, Kind: s.Kind, Subject: s.ID, Region: s.Region,
		Addr: tx.by.Addr, Note: s.Note})
}

// lineRow is a new line's columns.
func (tx *Tx) lineRow(l Line) []any {
	l.ID = id.New()
	a := auditLine{Line: l, county: string(l.Region.County())}
	return []any{a.county, l.ID, l.At.UnixMicro(), l.Account, l.Name, string(l.Role), string(l.Act), l.Kind, l.Subject, string(l.Region), l.Addr,
		tx.seal(l.Note), tx.lineMark(a, -1)}
}

// Note records an act that changes no row, such as seeing a full number or taking a list out.
func (tx *Tx) Note(act access.Act, s Subject) error { return tx.audit(act, s) }

func (tx *Tx) line(l *Line) []any {
	return []any{&l.ID, micros{&l.At}, &l.Account, &l.Name, &l.Role, &l.Act, &l.Kind, &l.Subject, &l.Region, &l.Addr, sealed[string]{tx, &l.Note}}
}

// Timeline is the lines about one record of the county, oldest first.
func (tx *Tx) Timeline(county region.Code, kind, subject string) ([]Line, error) {
	return list(tx, tx.line, `
		SELECT id, at, account, name, role, act, kind, subject, region, addr, note
		FROM audit
		WHERE county = $1 AND kind = $2 AND subject = $3
		ORDER BY id
		LIMIT 500`, string(county), kind, subject)
}

// AuditFilter narrows a search of the audit; empty fields do not.
type AuditFilter struct {
	County   region.Code // "" is the lines that belong to no county, such as those on a prefecture's accounts
	Account  string
	Name     string // of who acted
	Act      access.Act
	Kind     string
	Subject  string
	From, To time.Time // half-open
	After    string    // the last line of the page before
	Limit    int
}

// Lines is the audit lines of the actor's region that fit, newest first.
func (tx *Tx) Lines(f AuditFilter) ([]Line, error) {
	from, until := tx.by.Region.Range()
	after := f.After
	if after == "" {
		after = "~"
	}
	to := int64(1) << 62
	if !f.To.IsZero() {
		to = f.To.UnixMicro()
	}
	return list(tx, tx.line, `
		SELECT id, at, account, name, role, act, kind, subject, region, addr, note
		FROM audit
		WHERE county = $1 AND id < $2 AND at >= $3 AND at < $4
			AND ($5 = '' OR account = $5) AND ($6 = '' OR act = $6) AND ($7 = '' OR subject = $7)
			AND region >= $8 AND region < $9 AND ($10 = '' OR kind = $10) AND ($11 = '' OR name = $11)
		ORDER BY id DESC
		LIMIT $12`,
		string(f.County), after, max(0, f.From.UnixMicro()), to, f.Account, string(f.Act), f.Subject, from, until, f.Kind, f.Name, f.Limit)
}

// Deeds is how often one account did something.
type Deeds struct {
	Account string
	Name    string
	Role    access.Role
	Count   int
}

// Counts is how often each account did an act in a county since an instant, the most often first.
func (tx *Tx) Counts(county region.Code, act access.Act, since time.Time) ([]Deeds, error) {
	from, until := tx.by.Region.Range()
	return list(tx, func(d *Deeds) []any { return []any{&d.Account, &d.Name, &d.Role, &d.Count} }, `
		SELECT account, MAX(name), MAX(role), COUNT(*) AS times
		FROM audit
		WHERE `+wide+` county = $1 AND act = $2 AND at >= $3 AND region >= $4 AND region < $5
		GROUP BY account
		ORDER BY times DESC, account
		LIMIT 500`, string(county), string(act), since.UnixMicro(), from, until)
}

// micros scans an instant that is stored as microseconds.
type micros struct{ t *time.Time }

// Scan takes the number of microseconds since 1970, UTC.
func (m micros) Scan(src any) error {
	if n, ok := src.(int64); ok {
		*m.t = time.UnixMicro(n).UTC()
	}
	return nil
}
