package store

import (
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
)

// Listed is a person on a township's list who waits for an application.
type Listed struct {
	ID          string
	Region      region.Code
	Kind        roster.Kind
	Roster      roster.ID
	Row         int
	Person      person.ID
	Certificate certificate.ID // "" for the suspected
	Condition   string
	Reason      roster.Why
	Remark      string
	Village     string // as the list wrote it, kept while no village fits it
	Application string // "" while there is none
	Version     int
}

// County is the tenant that answers for the row.
func (l Listed) County() region.Code { return l.Region.County() }

const insertListed = `INSERT INTO listed (county, id, region, kind, roster, row, person, certificate, condition, reason, remark, village) VALUES `

func (tx *Tx) listedRow(l Listed) []any {
	return []any{string(l.County()), l.ID, string(l.Region), string(l.Kind), string(l.Roster), l.Row, string(l.Person), string(l.Certificate),
		tx.seal(l.Condition), string(l.Reason), tx.seal(l.Remark), l.Village}
}

const listedColumns = `l.id, l.region, l.kind, l.roster, l.row, l.person, l.certificate, l.condition, l.reason, l.remark, l.village, l.application, l.version`

func (tx *Tx) listed(l *Listed) []any {
	return []any{&l.ID, &l.Region, &l.Kind, &l.Roster, &l.Row, &l.Person, &l.Certificate, sealed[string]{tx, &l.Condition}, &l.Reason, sealed[string]{tx, &l.Remark}, &l.Village, &l.Application, &l.Version}
}

// Waiting is a row of a list with its person and, for the expired, the certificate.
type Waiting struct {
	Listed
	Holder person.Person
	Number certificate.Number
	Until  string // the certificate's last day, "" when there is none

	Attempts  int     // how often somebody tried to win them over
	Attempted day.Day // the last time, "" for never
}

// ListedFilter narrows the lists; empty fields do not.
type ListedFilter struct {
	Region region.Code
	Kind   roster.Kind
	Open   bool   // only those without an application
	Poor   bool   // only poor households
	After  string // region and id of the last row of the page before, joined by a space
	Limit  int
}

// ListedPeople is the people on the area's lists, by village.
func (tx *Tx) ListedPeople(f ListedFilter) ([]Waiting, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	start, after := a.from, ""
	if place, id, ok := strings.Cut(f.After, " "); ok {
		start, after = max(start, place), id
	}
	return list(tx, func(w *Waiting) []any {
		return append(append(tx.listed(&w.Listed), tx.person(&w.Holder)...), sealed[certificate.Number]{tx, &w.Number}, &w.Until, &w.Attempts, &w.Attempted)
	}, `
		SELECT `+listedColumns+`, `+personColumns+`, COALESCE(c.number, ''), COALESCE(c.expires, ''),
			(SELECT COUNT(*) FROM attempt a WHERE a.county = l.county AND a.person = l.person),
			(SELECT COALESCE(MAX(a.day), '') FROM attempt a WHERE a.county = l.county AND a.person = l.person)
		FROM listed l
		JOIN person p ON p.county = l.county AND p.id = l.person
		LEFT JOIN certificate c ON c.county = l.county AND c.id = l.certificate
		WHERE l.county = $1 AND l.kind = $2 AND l.region >= $3 AND l.region < $4 AND (l.region > $5 OR l.id > $6)
			AND ($7 = FALSE OR l.application = '') AND ($8 = FALSE OR p.poor = TRUE)
		ORDER BY l.region, l.id
		LIMIT $9`,
		a.county, string(f.Kind), start, a.to, start, after, f.Open, f.Poor, f.Limit)
}
