package store

import (
	"fmt"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/region"
)

// CaseFilter narrows a list of cases; empty fields do not. Name is the beginning of the name, Initials of its letters; the list is then by name.
// Overdue cases come by deadline, all others the newest first.
type CaseFilter struct {
	Region   region.Code
	State    application.State
	Matter   application.Matter
	Category certificate.Category
	Handler  string
	Overdue  bool
	Person   person.ID
	Name     string
	Initials string
	No       string
	After    application.ID // the last case of the page before
	Limit    int
}

// conditions is the clauses of a list with their values.
type conditions struct {
	clauses []string
	args    []any
}

// add puts a clause in which each ? stands for the next value.
func (c *conditions) add(clause string, args ...any) {
	for _, a := range args {
		c.args = append(c.args, a)
		clause = strings.Replace(clause, "?", fmt.Sprintf("$%d", len(c.args)), 1)
	}
	c.clauses = append(c.clauses, clause)
}

// equal narrows a column to a value, unless the value is "".
func (c *conditions) equal(column, value string) {
	if value != "" {
		c.add(column+" = ?", value)
	}
}

// within narrows to a township or a village, by equality, so that their indexes are walked in order; a whole county needs no more than its key.
func (c *conditions) within(where region.Code) {
	switch where.Level() {
	case region.Township:
		c.add(`SUBSTR(a.region, 1, 9) = ?`, string(where))
	case region.Village:
		c.add(`a.region = ?`, string(where))
	}
}

// Cases is the cases of the area that fit; a hospital's staff get those that its sessions call. Every list walks an index in its own order, so
// that a page costs what it shows.
func (tx *Tx) Cases(f CaseFilter) ([]Case, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	var c conditions
	c.add(`a.county = ? AND p.county = a.county AND p.id = a.person`, a.county)
	if f.Name == "" && f.Initials == "" {
		c.within(region.Code(a.from))
	}
	c.equal("a.state", string(f.State))
	c.equal("a.matter", string(f.Matter))
	c.equal("a.category", string(f.Category))
	c.equal("a.no", f.No)
	c.equal("a.person", string(f.Person))
	if f.Handler != "" {
		c.add(`a.handler = ? AND a.handler <> ''`, f.Handler)
	}
	if tx.by.Role.Clinical() {
		c.add(`a.session IN (SELECT s.id FROM session s WHERE s.county = a.county AND s.hospital = ?)`, tx.by.Org)
	}
	if tx.by.Role == access.Doctor {
		c.add(`a.person NOT IN (`+fmt.Sprintf(blinding, "a.county", "?")+`)`, tx.by.Account)
	}
	var after *Case
	if f.After != "" {
		if after, err = tx.caseOf(f.After); err != nil {
			return nil, err
		}
	}
	tables, order := `application a CROSS JOIN person p`, ""
	switch {
	case f.Name != "" || f.Initials != "":
		c.add(`(a.region >= ? AND a.region < ?) IS TRUE`, a.from, a.to)
		tables, order = `person p CROSS JOIN application a`, c.byName(f, after)
	case f.Overdue:
		order = c.byDue(string(tx.Today()), after)
	default:
		order = c.byAge(after)
	}
	if f.No == "" && f.Person == "" {
		order += " " + wide // page by page
	}
	c.args = append(c.args, f.Limit)
	return list(tx, tx.scanLine, fmt.Sprintf(`
		SELECT `+applicationColumns+`, `+lineColumns+`
		FROM %s
		WHERE %s
		ORDER BY %s
		LIMIT $%d`, tables, strings.Join(c.clauses, " AND "), order, len(c.args)), c.args...)
}

// caseOf is one case with its person.
func (tx *Tx) caseOf(id application.ID) (*Case, error) {
	a, err := tx.Application(id)
	if err != nil {
		return nil, err
	}
	p, err := tx.Person(a.Person)
	return &Case{a, p}, err
}

// byAge is the newest first.
func (c *conditions) byAge(after *Case) string {
	if after != nil {
		c.add(`a.id < ?`, string(after.Application.ID))
	}
	return `a.id DESC`
}

// byDue is what is late, the latest first.
func (c *conditions) byDue(today string, after *Case) string {
	c.add(`a.due <> '`+never+`' AND a.due < ?`, today)
	if after != nil {
		due := stored(after.Application.Due)
		c.add(`a.due >= ? AND (a.due > ? OR a.id > ?)`, due, due, string(after.Application.ID))
	}
	return `a.due, a.id`
}

// byName walks the names, or their initials, that begin as asked. The place is then told of an expression that no index has: else SQLite
// walks the township's cases for each person instead of the person's own.
func (c *conditions) byName(f CaseFilter, after *Case) string {
	column, from := "p.name", f.Name
	if f.Initials != "" {
		column, from = "p.initials", f.Initials
	}
	c.add(column+` >= ? AND `+column+` < ?`, from, from+"\U0010FFFF")
	c.add(`p.county = ?`, c.args[0])
	if after != nil {
		at := after.Person.Name
		if f.Initials != "" {
			at = after.Person.Initials()
		}
		person := string(after.Person.ID)
		c.add(column+` >= ? AND (`+column+` > ? OR p.id > ? OR p.id = ? AND a.id > ?)`, at, at, person, person, string(after.Application.ID))
	}
	return column + `, p.id, a.id`
}
