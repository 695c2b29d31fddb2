package store

import (
	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
)

// endings is everything of the county $1 between the places $2 and $3 that came to an end and whose papers are not in its person's file. A case that was withdrawn
// before anybody took it or wrote about it left no papers here.
const endings = `
	SELECT a.county, 'case' AS kind, a.id, a.region, a.person, a.no, a.matter AS what, a.state, a.since AS ended, CASE WHEN a.state = 'delivered' THEN a.due ELSE '9999-12-31' END AS due
	FROM application a
	WHERE a.county = $1 AND a.region >= $2 AND a.region < $3 AND a.home = '' AND a.state IN ('delivered', 'declined', 'refused', 'withdrawn')
		AND (a.state <> 'withdrawn' OR a.no <> '' OR EXISTS (SELECT 1 FROM letter k WHERE k.county = a.county AND k.application = a.id))
		AND NOT EXISTS (SELECT 1 FROM casefile f WHERE f.county = a.county AND f.application = a.id AND f.state = a.state AND f.day >= a.since)
	UNION ALL
	SELECT l.county, 'lapse', l.id, l.region, l.person, p.no, l.cause, l.state, l.decided, '9999-12-31'
	FROM lapse l
	JOIN posting p ON p.county = l.county AND p.id = l.posting
	WHERE l.county = $1 AND l.region >= $2 AND l.region < $3 AND l.state = 'cancelled'
		AND NOT EXISTS (SELECT 1 FROM filed f WHERE f.county = l.county AND f.kind = 'lapse' AND f.subject = l.id)
	UNION ALL
	SELECT d.county, 'departure', d.id, d.region, d.person, '', d.kind, d.state, d.decided, '9999-12-31'
	FROM departure d
	WHERE d.county = $1 AND d.region >= $2 AND d.region < $3 AND d.state = 'cancelled' AND d.certificate <> ''
		AND NOT EXISTS (SELECT 1 FROM filed f WHERE f.county = d.county AND f.kind = 'departure' AND f.subject = d.id)
	UNION ALL
	SELECT r.county, 'letter', r.id, r.region, r.person, r.no, r.kind, r.state, r.received, '9999-12-31'
	FROM reminder r
	WHERE r.county = $1 AND r.region >= $2 AND r.region < $3 AND r.received <> ''
		AND NOT EXISTS (SELECT 1 FROM filed f WHERE f.county = r.county AND f.kind = 'letter' AND f.subject = r.id)`

// overdue says of an ending e that it should have been filed: its own last day is before $4, or it ended on $5 or earlier.
const overdue = `(e.due < $4 OR e.state <> 'delivered' AND e.ended <= $5)`

// Unfiled is an end with its person, as lists show it.
type Unfiled struct {
	archive.End
	Holder person.Person
}

func (tx *Tx) unfiled(e *Unfiled) []any {
	return append([]any{&e.Kind, &e.ID, &e.Region, &e.Person, &e.No, &e.What, &e.State, &e.On, due{&e.Due}}, tx.person(&e.Holder)...)
}

// EndFilter narrows a list of what came to an end and is not filed; empty fields do not.
type EndFilter struct {
	Region region.Code
	Kind   archive.EndKind
	Late   bool    // only what should have been filed
	Past   day.Day // what ended until then should have been
	After  string  // day and id of the last row of the page before, joined by a space
	Limit  int
}

// Ends is what came to an end in the area and is not filed, the oldest first.
func (tx *Tx) Ends(f EndFilter) ([]Unfiled, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	on, id := "", ""
	if len(f.After) > 11 {
		on, id = f.After[:10], f.After[11:]
	}
	return list(tx, tx.unfiled, `
		SELECT e.kind, e.id, e.region, e.person, e.no, e.what, e.state, e.ended, e.due, `+personColumns+`
		FROM (`+endings+`) e
		JOIN person p ON p.county = e.county AND p.id = e.person
		WHERE p.county = $1 AND (NOT $6 OR `+overdue+`) AND ($7 = '' OR e.kind = $7) AND e.ended >= $8 AND (e.ended > $8 OR e.id > $9)
		ORDER BY e.ended, e.id
		LIMIT $10`, a.county, a.from, a.to, string(tx.Today()), string(f.Past), f.Late, string(f.Kind), on, id, f.Limit)
}

// EndsLate is how much of the area should have been filed, up to most.
func (tx *Tx) EndsLate(where region.Code, past day.Day, most int) (int, error) {
	a, err := tx.area(where)
	if err != nil {
		return 0, err
	}
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM (SELECT 1 FROM (`+endings+`) e WHERE `+overdue+` LIMIT $6) late`, a.county, a.from, a.to, string(tx.Today()), string(past), most)
	return int(n), err
}

// AddFiled records that the papers of what ended outside of a case lie in the file; a second time is refused.
func (tx *Tx) AddFiled(e archive.End, d archive.Dossier, lacking []archive.Lack, reason string) error {
	err := tx.write(access.ApplicationFile, about(d, e.No+" "+reason), `
		INSERT INTO filed (county, kind, subject, person, day, lacking, reason, closed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, string(d.County()), string(e.Kind), e.ID, string(d.Person), string(tx.Today()), joined(lacking), reason, id.New())
	if clash(err) {
		return fault.New(fault.Refused, "archive.end.filed")
	}
	if err != nil {
		return err
	}
	return tx.reckon(d.County(), d.Person)
}

// Filed says whether the papers of what ended outside of a case lie in its person's file.
func (tx *Tx) Filed(county region.Code, k archive.EndKind, id string) (bool, error) {
	n, err := tx.number(`SELECT COUNT(*) FROM filed WHERE county = $1 AND kind = $2 AND subject = $3`, string(county), string(k), id)
	return n > 0, err
}

// DropFiled lets what ended outside of a case wait to be filed again, when it was.
func (tx *Tx) DropFiled(county region.Code, k archive.EndKind, id string) error {
	_, err := tx.exec(`DELETE FROM filed WHERE county = $1 AND kind = $2 AND subject = $3`, string(county), string(k), id)
	return err
}

// DepartureList is the list with the id.
func (tx *Tx) DepartureList(county region.Code, id departure.ListID) (departure.List, error) {
	return one(tx, tx.departureList, `SELECT `+departureListColumns+` FROM departure_list WHERE county = $1 AND id = $2`, string(county), string(id))
}
