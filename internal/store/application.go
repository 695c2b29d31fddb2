package store

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/person"
	"hefa/internal/region"
)

const applicationColumns = `a.id, a.region, a.no, a.person, a.matter, a.previous, a.origin, a.wanted, a.state, a.since, a.due, a.opened, a.accepted, a.approved,
	a.session, a.notice, a.batch, a.category, a.level, a.assessed, a.handler, a.urged, a.urges, a.reviewer, a.reread,
	a.cause, a.stated, a.target, a.home, a.version`

func scanApplication(a *application.Application) []any {
	return []any{&a.ID, &a.Region, &a.No, &a.Person, &a.Matter, &a.Previous, &a.Origin, categories{&a.Wanted}, &a.State, &a.Since, due{&a.Due}, &a.Opened,
		&a.Accepted, &a.Approved, &a.Session, &a.Notice, &a.Batch, &a.Category, &a.Level, &a.Assessed, &a.Handler, &a.Urged, &a.Urges,
		&a.Reviewer, &a.Reread, &a.Cause, &a.Stated, &a.Target, &a.Home, &a.Version}
}

// Application is the case with the id.
func (tx *Tx) Application(id application.ID) (application.Application, error) {
	county, err := tx.home("application", string(id))
	if err != nil {
		return application.Application{}, err
	}
	a, err := one(tx, scanApplication, `
		SELECT `+applicationColumns+`
		FROM application a
		WHERE a.county = $1 AND a.id = $2`, county, string(id))
	if err != nil {
		return a, err
	}
	return a, tx.sees(a.County(), a.Person)
}

// AddApplication opens a case; a second open one of the same person is refused by the index.
func (tx *Tx) AddApplication(a application.Application) error {
	s := Subject{Kind: "application", ID: string(a.ID), Region: a.Region}
	err := tx.write(access.ApplicationOpen, s, `
		INSERT INTO application (county, id, region, no, person, matter, previous, origin, wanted, state, since, due, opened, cause, stated, target, home)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		string(a.County()), string(a.ID), string(a.Region), a.No, string(a.Person), string(a.Matter), string(a.Previous), string(a.Origin),
		joined(a.Wanted), string(a.State), string(a.Since), stored(a.Due), string(a.Opened), string(a.Cause), a.Stated, string(a.Target), string(a.Home))
	if clash(err) {
		return fault.New(fault.Refused, "application.second")
	}
	if err != nil {
		return err
	}
	return tx.tally(a, a.State, 1)
}

// SaveApplication refuses a row that changed since a was read; was is the state that it was read in, and note what the timeline says. A case that another
// county took is told there.
func (tx *Tx) SaveApplication(act access.Act, was application.State, a application.Application, note string) error {
	err := tx.write(act, Subject{Kind: "application", ID: string(a.ID), Region: a.Region, Note: note}, `
		UPDATE application
		SET no = $1, wanted = $2, state = $3, since = $4, due = $5, accepted = $6, approved = $7, session = $8, notice = $9, batch = $10,
			category = $11, level = $12, assessed = $13, handler = $14, urged = $15, urges = $16, reviewer = $17, reread = $18, version = version + 1
		WHERE county = $19 AND id = $20 AND version = $21`,
		a.No, joined(a.Wanted), string(a.State), string(a.Since), stored(a.Due), string(a.Accepted), string(a.Approved), a.Session, a.Notice, a.Batch,
		string(a.Category), string(a.Level), string(a.Assessed), a.Handler, string(a.Urged), a.Urges, a.Reviewer, a.Reread,
		string(a.County()), string(a.ID), a.Version)
	if err != nil || was == a.State {
		return err
	}
	if err := tx.tally(a, was, -1); err != nil {
		return err
	}
	if err := tx.tally(a, a.State, 1); err != nil || a.Origin != application.Guest {
		return err
	}
	return tx.Enqueue(job.TellReferral{County: string(a.County()), Application: string(a.ID)})
}

// tallyParts is in how many parts PostgreSQL keeps a count: on a single row 16 clerks of one township met each other so often that one save in eight
// was given up as busy.
const tallyParts = 32

// tally keeps the count of cases per township and state.
func (tx *Tx) tally(a application.Application, s application.State, n int) error {
	part := 0
	if tx.db.postgres {
		part = rand.IntN(tallyParts)
	}
	_, err := tx.exec(`
		INSERT INTO tally (county, township, state, part, n)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (county, township, state, part) DO UPDATE SET n = tally.n + excluded.n`,
		string(a.County()), string(a.Region.Township()), string(s), part, n)
	return err
}

// Tally is how many cases of the area stand in each state. The area is a county or a township; a village is counted with its township.
func (tx *Tx) Tally(where region.Code) (map[application.State]int, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	type row struct {
		state application.State
		n     int
	}
	from := region.Code(a.from)
	if from.Level() > region.Township {
		a.from, a.to = from.Township().Range()
	}
	rows, err := list(tx, func(r *row) []any { return []any{&r.state, &r.n} }, `
		SELECT state, CAST(SUM(n) AS BIGINT)
		FROM tally
		WHERE county = $1 AND township >= $2 AND township < $3
		GROUP BY state`, a.county, a.from, a.to)
	out := map[application.State]int{}
	for _, r := range rows {
		out[r.state] = r.n
	}
	return out, err
}

// Case is a case with its person, as lists show them.
type Case struct {
	Application application.Application
	Person      person.Person
}

func (tx *Tx) scanCase(c *Case) []any {
	return append(scanApplication(&c.Application), tx.person(&c.Person)...)
}

// lineColumns is as much of a person as a page of fifty cases shows: to open the address, the phone and the guardian of each would double its cost.
const lineColumns = `p.id, p.region, p.name, p.number, p.sex, p.birth, p.poor`

func (tx *Tx) scanLine(c *Case) []any {
	p := &c.Person
	return append(scanApplication(&c.Application), &p.ID, &p.Region, &p.Name, sealed[person.Number]{tx, &p.Number}, &p.Sex, &p.Birth, &p.Poor)
}

// Queue is up to limit cases of the area in one state, the most urgent first; after is the last case of the page before.
func (tx *Tx) Queue(where region.Code, state application.State, after *application.Application, limit int) ([]Case, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	from, id := "", ""
	if after != nil {
		from, id = stored(after.Due), string(after.ID)
	}
	return list(tx, tx.scanCase, `
		SELECT `+applicationColumns+`, `+personColumns+`
		FROM application a
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE a.county = $1 AND a.state = $2 AND a.due >= $3 AND (a.due > $4 OR a.id > $5) AND a.region >= $6 AND a.region < $7
		ORDER BY a.due, a.id
		LIMIT $8`, a.county, string(state), from, from, id, a.from, a.to, limit)
}

// Overdue is how many cases of the area in one state should have been done before today, counted up to most.
func (tx *Tx) Overdue(where region.Code, state application.State, most int) (int, error) {
	a, err := tx.area(where)
	if err != nil {
		return 0, err
	}
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM (
			SELECT 1
			FROM application
			WHERE county = $1 AND state = $2 AND due < $3 AND region >= $4 AND region < $5
			LIMIT $6
		) late`, a.county, string(state), string(tx.Today()), a.from, a.to, most)
	return int(n), err
}

// members is the cases of one session, notice or batch (column), by village and name.
func (tx *Tx) members(column string, county region.Code, id string) ([]Case, error) {
	all, err := list(tx, tx.scanCase, `
		SELECT `+applicationColumns+`, `+personColumns+`
		FROM application a
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE a.county = $1 AND a.`+column+` = $2
		ORDER BY a.region, a.id`, string(county), id)
	if err != nil || tx.by.Role != access.Doctor {
		return all, err
	}
	blind, err := tx.blinded(county)
	return slices.DeleteFunc(all, func(c Case) bool { return blind[c.Person.ID] }), err
}

// Next is the next number of a series in a county, such as the year's acceptances; numbers have no gaps because they are given in the transaction.
func (tx *Tx) Next(county region.Code, series string) (int, error) {
	n, err := tx.number(`
		INSERT INTO counter (county, series, n)
		VALUES ($1, $2, 1)
		ON CONFLICT (county, series) DO UPDATE SET n = counter.n + 1
		RETURNING n`, string(county), series)
	return int(n), err
}

// AcceptanceNo is the county's next number of an accepted case in the year: 533103-2020-000001.
func (tx *Tx) AcceptanceNo(county region.Code) (string, error) {
	year := tx.Today().Year()
	n, err := tx.Next(county, fmt.Sprintf("accept-%d", year))
	return fmt.Sprintf("%s-%d-%06d", county, year, n), err
}
