package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

const departureColumns = `d.id, d.region, d.list, d.kind, d.person, d.certificate, d.named, d.happened, d.whither, d.state, d.decided, d.reason, d.version`

func (tx *Tx) departure(d *departure.Departure) []any {
	return []any{&d.ID, &d.Region, &d.List, &d.Kind, &d.Person, &d.Certificate, sealed[string]{tx, &d.Named}, &d.On, sealed[string]{tx, &d.Whither}, &d.State,
		&d.Decided, sealed[string]{tx, &d.Reason}, &d.Version}
}

// Departure is the departure with the id.
func (tx *Tx) Departure(id departure.ID) (departure.Departure, error) {
	county, err := tx.home("departure", string(id))
	if err != nil {
		return departure.Departure{}, err
	}
	return one(tx, tx.departure, `SELECT `+departureColumns+` FROM departure d WHERE d.county = $1 AND d.id = $2`, county, string(id))
}

// DeparturesOf is every departure about a certificate, the oldest first.
func (tx *Tx) DeparturesOf(c certificate.Certificate) ([]departure.Departure, error) {
	return list(tx, tx.departure, `
		SELECT `+departureColumns+`
		FROM departure d
		WHERE d.county = $1 AND d.certificate = $2
		ORDER BY d.id`, string(c.County()), string(c.ID))
}

// DeparturesBare is every departure of a person that was matched with no certificate, the oldest first.
func (tx *Tx) DeparturesBare(county region.Code, of person.ID) ([]departure.Departure, error) {
	return list(tx, tx.departure, `
		SELECT `+departureColumns+`
		FROM departure d
		WHERE d.county = $1 AND d.person = $2 AND d.certificate = ''
		ORDER BY d.id`, string(county), string(of))
}

// Departing says whether a list names the holder of a certificate as dead or moved and that is not settled yet.
func (tx *Tx) Departing(county region.Code, of certificate.ID) (bool, error) {
	n, err := tx.number(`SELECT COUNT(*) FROM departure WHERE county = $1 AND certificate = $2 AND certificate <> '' AND state IN ('proposed', 'frozen')`, string(county), string(of))
	return n > 0, err
}

// Alive refuses a card for the person of a case whom a list names as dead, whichever certificate of theirs it was matched with, until that is settled.
func (tx *Tx) Alive(a application.Application) error {
	if err := tx.holdPerson(a.County(), a.Person); err != nil {
		return err
	}
	n, err := tx.number(`SELECT COUNT(*) FROM departure WHERE county = $1 AND person = $2 AND kind = 'death' AND state = 'proposed'`, string(a.County()), string(a.Person))
	if err == nil && n > 0 {
		err = fault.New(fault.Refused, "departure.named.dead")
	}
	return err
}

// AddDepartureList keeps what came of a list.
func (tx *Tx) AddDepartureList(l departure.List) error {
	return tx.write(access.DepartureTake, Subject{Kind: "departures", ID: string(l.ID), Region: l.Region, Note: l.Source}, `
		INSERT INTO departure_list (county, id, region, kind, source, name, author, day, lines, rejected, unknown, idle, matched)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		string(l.County()), string(l.ID), string(l.Region), string(l.Kind), l.Source, tx.seal(l.Name), l.Author, string(l.On), l.Rows, l.Rejected, l.Unknown,
		l.Idle, l.Matched)
}

const departureListColumns = `id, region, kind, source, name, author, day, lines, rejected, unknown, idle, matched`

func (tx *Tx) departureList(l *departure.List) []any {
	return []any{&l.ID, &l.Region, &l.Kind, &l.Source, sealed[string]{tx, &l.Name}, &l.Author, &l.On, &l.Rows, &l.Rejected, &l.Unknown, &l.Idle, &l.Matched}
}

// DepartureLists is the lists of the county, the newest first.
func (tx *Tx) DepartureLists(county region.Code, limit int) ([]departure.List, error) {
	return list(tx, tx.departureList, `
		SELECT `+departureListColumns+`
		FROM departure_list
		WHERE county = $1
		ORDER BY id DESC
		LIMIT $2`, string(county), limit)
}

func departureSubject(d departure.Departure) Subject {
	return Subject{Kind: "departure", ID: string(d.ID), Region: d.Region, Note: string(d.Certificate)}
}

// AddDeparture proposes something for a certificate, or for somebody who died without one; a second time at once is refused by the index.
func (tx *Tx) AddDeparture(d departure.Departure) error {
	if err := tx.holdPerson(d.County(), d.Person); err != nil {
		return err
	}
	return tx.write(access.DepartureTake, departureSubject(d), `
		INSERT INTO departure (county, id, region, list, kind, person, certificate, named, happened, whither, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(d.County()), string(d.ID), string(d.Region), string(d.List), string(d.Kind), string(d.Person), string(d.Certificate), tx.seal(d.Named),
		string(d.On), tx.seal(d.Whither), string(d.State))
}

// SaveDeparture refuses a row that changed since d was read.
func (tx *Tx) SaveDeparture(act access.Act, d departure.Departure) error {
	if err := tx.holdPerson(d.County(), d.Person); err != nil {
		return err
	}
	return tx.write(act, departureSubject(d), `
		UPDATE departure
		SET list = $1, kind = $2, named = $3, happened = $4, whither = $5, state = $6, decided = $7, reason = $8, certificate = $9,
			version = version + 1
		WHERE county = $10 AND id = $11 AND version = $12`,
		string(d.List), string(d.Kind), tx.seal(d.Named), string(d.On), tx.seal(d.Whither), string(d.State), string(d.Decided), tx.seal(d.Reason),
		string(d.Certificate), string(d.County()), string(d.ID), d.Version)
}

// Departed is a departure with its person and the number of the certificate, as lists show it.
type Departed struct {
	Departure departure.Departure
	Person    person.Person
	Number    certificate.Number // "" of somebody who died without one
}

// DepartureFilter narrows a list of departures; empty fields do not.
type DepartureFilter struct {
	Region region.Code
	Kind   departure.Kind
	State  departure.State
	After  string // region and id of the last row of the page before, joined by a space
	Limit  int
}

// Departures is the departures of the area that fit, by village.
func (tx *Tx) Departures(f DepartureFilter) ([]Departed, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, after := a.from, ""
	if len(f.After) > 37 {
		cut := len(f.After) - 37
		from, after = max(from, f.After[:cut]), f.After[cut+1:]
	}
	return list(tx, func(d *Departed) []any {
		return append(append(tx.departure(&d.Departure), tx.person(&d.Person)...), sealed[certificate.Number]{tx, &d.Number})
	}, `
		SELECT `+departureColumns+`, `+personColumns+`, COALESCE(c.number, '')
		FROM departure d
		JOIN person p ON p.county = d.county AND p.id = d.person
		LEFT JOIN certificate c ON c.county = d.county AND c.id = d.certificate
		WHERE d.county = $1 AND d.region >= $2 AND d.region < $3 AND (d.region > $2 OR d.id > $4) AND ($5 = '' OR d.kind = $5) AND ($6 = '' OR d.state = $6)
		ORDER BY d.region, d.id
		LIMIT $7`,
		a.county, from, a.to, after, string(f.Kind), string(f.State), f.Limit)
}
