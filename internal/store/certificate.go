package store

import (
	"encoding/json"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
)

const unmarkedColumns = `c.id, c.region, c.person, c.number, c.category, c.level, c.grades, c.state, c.issued, c.expires, c.issuer, c.application, c.previous,
	c.since, c.reason, c.kind, c.graded, c.remarks, c.version`

const certificateColumns = unmarkedColumns + `, c.mark`

func (tx *Tx) certificate(c *certificate.Certificate) []any {
	return append(tx.unmarked(c), tx.fits(c))
}

func (tx *Tx) unmarked(c *certificate.Certificate) []any {
	return []any{&c.ID, &c.Region, &c.Person, sealed[certificate.Number]{tx, &c.Number}, &c.Category, &c.Level, asJSON{&c.Grades}, &c.State, &c.Issued,
		&c.Expires, &c.Issuer, &c.Application, &c.Previous, &c.Since, &c.Reason, &c.Kind, &c.Graded, &c.Remarks, &c.Version}
}

// asJSON scans a JSON text into what it points at.
type asJSON struct{ to any }

// Scan takes the text.
func (j asJSON) Scan(src any) error {
	text, _ := src.(string)
	return json.Unmarshal([]byte(text), j.to)
}

// jsonText is v as JSON; the types that are stored so cannot fail.
func jsonText(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// Certificate is the certificate with the id.
func (tx *Tx) Certificate(id certificate.ID) (certificate.Certificate, error) {
	county, err := tx.home("certificate", string(id))
	if err != nil {
		return certificate.Certificate{}, err
	}
	return one(tx, tx.certificate, `
		SELECT `+certificateColumns+`
		FROM certificate c
		WHERE c.county = $1 AND c.id = $2`, county, string(id))
}

// CertificatesOf is every certificate of a person, the newest first.
func (tx *Tx) CertificatesOf(county region.Code, id person.ID) ([]certificate.Certificate, error) {
	return list(tx, tx.certificate, `
		SELECT `+certificateColumns+`
		FROM certificate c
		WHERE c.county = $1 AND c.person = $2
		ORDER BY c.id DESC`, string(county), string(id))
}

// AddCertificate enters a certificate; a second live one of the same person is refused by the index.
func (tx *Tx) AddCertificate(act access.Act, c certificate.Certificate) error {
	err := tx.write(act, Subject{Kind: "certificate", ID: string(c.ID), Region: c.Region}, insertCertificate+tx.places(0, 1, 21), tx.certificateRow(c)...)
	if clash(err) {
		return fault.New(fault.Refused, "certificate.second")
	}
	return err
}

const insertCertificate = `INSERT INTO certificate (county, id, region, person, number, lookup, category, level, grades, state, issued, expires, issuer,
	application, previous, since, reason, kind, graded, remarks, mark) VALUES `

func (tx *Tx) certificateRow(c certificate.Certificate) []any {
	c.Version = 1
	return []any{string(c.County()), string(c.ID), string(c.Region), string(c.Person), tx.seal(string(c.Number)), tx.lookup(string(c.Number)),
		string(c.Category), string(c.Level), jsonText(c.Grades), string(c.State), string(c.Issued), string(c.Expires), c.Issuer, c.Application, string(c.Previous),
		string(c.Since), string(c.Reason), string(or(c.Kind, certificate.Book)), string(c.Graded), c.Remarks, tx.certificateMark(c)}
}

// SaveCertificate refuses a row that changed since c was read; number and grades never change. The history of its holder tells of a death.
func (tx *Tx) SaveCertificate(act access.Act, c certificate.Certificate) error {
	if err := tx.tellDeath(c); err != nil {
		return err
	}
	saved := c
	saved.Version++
	return tx.write(act, Subject{Kind: "certificate", ID: string(c.ID), Region: c.Region}, `
		UPDATE certificate
		SET state = $1, issued = $2, expires = $3, region = $4, since = $5, reason = $6, kind = $7, graded = $8, remarks = $9, mark = $10, version = version + 1
		WHERE county = $11 AND id = $12 AND version = $13`,
		string(c.State), string(c.Issued), string(c.Expires), string(c.Region), string(c.Since), string(c.Reason), string(or(c.Kind, certificate.Book)),
		string(c.Graded), c.Remarks, tx.certificateMark(saved), string(c.County()), string(c.ID), c.Version)
}

// or is v, or the value instead when v is empty.
func or[T ~string](v, instead T) T {
	if v == "" {
		return instead
	}
	return v
}

// Holder is a certificate with its holder, as lists show them.
type Holder struct {
	Certificate certificate.Certificate
	Person      person.Person
}

// CertificateFilter narrows a list of certificates; empty fields do not.
type CertificateFilter struct {
	Region   region.Code
	State    certificate.State
	Category certificate.Category
	Level    certificate.Level
	From, To day.Day   // first and last day of expiry
	Poor     bool      // holders of poor households only
	Since    day.Day   // whose person or certificate changed on that day or after, or is to be corrected in another register
	Ended    day.Day   // cancelled on that day or after
	EndedTo  day.Day   // cancelled on that day or before
	Newest   bool      // one of each person: the one in hand, else the one that ended last; none that is still being made
	Absent   roster.ID // that hold, and do not stand on this list of another register
	After    string    // expiry day and id of the last row of the page before, joined by a space
	Limit    int
}

// certificatesFit is the conditions of a list of certificates, with the arguments of fitting.
const certificatesFit = `c.county = $1 AND c.region >= $2 AND c.region < $3 AND c.expires >= $4 AND c.expires <= $5
			AND ($6 = '' OR c.state = $6) AND ($7 = '' OR c.category = $7) AND ($8 = '' OR c.level = $8) AND (p.poor OR NOT $9)
			AND ($10 = '' OR c.since >= $10 OR c.issued >= $10 OR EXISTS (
				SELECT 1
				FROM person_change h
				WHERE h.county = c.county AND h.person = c.person AND h.at >= $11) OR EXISTS (
				SELECT 1
				FROM difference x
				WHERE x.county = c.county AND x.person = c.person AND x.state = 'send'))
			AND ($12 = '' OR c.reconciled <> $12 AND c.state NOT IN ('pending', 'cancelled', 'replaced', 'left'))
			AND ($13 = '' OR c.state = 'cancelled' AND c.since >= $13) AND ($14 = '' OR c.state = 'cancelled' AND c.since <= $14)`

// newest is the condition that a certificate is the only one of its person that a list of people tells.
const newest = ` AND c.state <> 'pending' AND c.reason <> 'void' AND (c.state NOT IN ('cancelled', 'replaced', 'left') OR NOT EXISTS (
				SELECT 1
				FROM certificate o
				WHERE o.county = c.county AND o.person = c.person AND o.id <> c.id AND o.state <> 'pending' AND o.reason <> 'void'
					AND (o.state NOT IN ('cancelled', 'replaced', 'left') OR o.since > c.since OR o.since = c.since AND o.id > c.id)))`

// fit is the conditions of the list that f narrows.
func (f CertificateFilter) fit() string {
	if f.Newest {
		return certificatesFit + newest
	}
	return certificatesFit
}

// fitting is the arguments of certificatesFit for the area, from a day of expiry on.
func (f CertificateFilter) fitting(a area, from string) []any {
	var at int64
	if f.Since != "" {
		at = f.Since.Begins(day.Beijing).UnixMicro()
	}
	return []any{a.county, a.from, a.to, from, stored(f.To), string(f.State), string(f.Category), string(f.Level), f.Poor, string(f.Since), at, string(f.Absent),
		string(f.Ended), string(f.EndedTo)}
}

// CountCertificates is how many certificates of the area fit; After and Limit of f do not count.
func (tx *Tx) CountCertificates(f CertificateFilter) (int, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return 0, err
	}
	return one(tx, func(n *int) []any { return []any{n} }, `
		SELECT COUNT(*)
		FROM certificate c
		JOIN person p ON p.county = c.county AND p.id = c.person
		WHERE `+f.fit(), f.fitting(a, string(f.From))...)
}

// Certificates is the certificates of the area by expiry.
func (tx *Tx) Certificates(f CertificateFilter) ([]Holder, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, after := string(f.From), ""
	if len(f.After) > 11 {
		from, after = max(from, f.After[:10]), f.After[11:]
	}
	args, within := append(f.fitting(a, from), after, f.Limit), ""
	if t := region.Code(a.from).Township(); t != "" { // an index has the certificates of a township by expiry
		args, within = append(args, string(t)), "AND SUBSTR(c.region, 1, 9) = $17"
	}
	return list(tx, func(h *Holder) []any { return append(tx.certificate(&h.Certificate), tx.person(&h.Person)...) }, `
		SELECT `+certificateColumns+`, `+personColumns+`
		FROM certificate c
		JOIN person p ON p.county = c.county AND p.id = c.person
		WHERE `+f.fit()+` AND (c.expires > $4 OR c.id > $15) `+within+`
		ORDER BY c.expires, c.id
		LIMIT $16`, args...)
}

// Figures is how many people of a township hold a certificate, valid or run out, how many of these end by a day, and how many are poor.
type Figures struct {
	Township region.Code
	Holders  int
	Lapsing  int
	Poor     int
}

// Figures is the figures of each township of the area, by code.
func (tx *Tx) Figures(where region.Code, by day.Day) ([]Figures, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	return list(tx, func(f *Figures) []any { return []any{&f.Township, &f.Holders, &f.Lapsing, &f.Poor} }, `
		SELECT SUBSTR(c.region, 1, 9) AS township, COUNT(*), COUNT(*) FILTER (WHERE c.expires <= $1), COUNT(*) FILTER (WHERE p.poor)
		FROM certificate c
		JOIN person p ON p.county = c.county AND p.id = c.person
		WHERE c.county = $2 AND c.state = 'valid' AND c.region >= $3 AND c.region < $4
		GROUP BY SUBSTR(c.region, 1, 9)
		ORDER BY township`, string(by), a.county, a.from, a.to)
}
