package store

import (
	"fmt"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Key is what a search for people looks for; one of its fields at most is filled. Without any the people of the area come by place.
type Key struct {
	Name        string             // the beginning or, of two characters or more, any part of a name
	Latin       string             // the beginning of initials or of pinyin, lower case
	Number      person.Number      // a whole identity number
	Certificate certificate.Number // a whole certificate number
	Phone       string             // the digits of a whole telephone number, of the person or the guardian
	Case        string             // the number on the slip of an application
	Village     string             // the beginning of the name of a place inside the area
}

// keyShown is how many letters of a key the audit keeps.
const keyShown = 40

// Masked is the key as the audit keeps it: no number of a person, a certificate or a telephone can be read in it.
func (k Key) Masked() string {
	switch {
	case k.Number != "":
		return k.Number.Masked()
	case k.Certificate != "":
		return k.Certificate.Masked()
	case k.Phone != "":
		return person.MaskedPhone(k.Phone)
	}
	out := []rune(k.Name + k.Latin + k.Case + k.Village)
	if k.Case == "" {
		for i, r := range out {
			if r >= '0' && r <= '9' {
				out[i] = '*'
			}
		}
	}
	return string(out[:min(len(out), keyShown)])
}

// PeopleFilter narrows a search for people; empty fields do not.
type PeopleFilter struct {
	Region           region.Code
	Key              Key
	Poor             bool
	BornFrom, BornTo day.Day              // first and last birth date
	State            certificate.State    // of a certificate of theirs; without it those that were replaced or cancelled do not count
	Category         certificate.Category // of the same certificate
	Level            certificate.Level    // of the same certificate
	From, To         day.Day              // first and last day of expiry of the same certificate
	After            person.ID            // the last person of the page before
	Limit            int
}

// Narrowed says whether anything but the key and the place narrows the search.
func (f PeopleFilter) Narrowed() bool {
	return f.Poor || f.BornFrom != "" || f.BornTo != "" || f.ofCertificate()
}

func (f PeopleFilter) ofCertificate() bool {
	return f.State != "" || f.Category != "" || f.Level != "" || f.From != "" || f.To != ""
}

// People is the people of the area who fit. Every search walks an index from where the page before ended.
func (tx *Tx) People(f PeopleFilter) ([]person.Person, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	switch k := f.Key; {
	case k.Name != "":
		return tx.peopleNamed(f, a)
	case k.Latin != "":
		return tx.peopleCalled(f, a, "initials", k.Latin)
	case k.Number != "":
		now, err := tx.peopleWith(f, a, `p.lookup = ?`, tx.lookup(string(k.Number)))
		if err != nil || len(now) >= f.Limit {
			return now, err
		}
		before, err := tx.peopleWith(f, a, `p.id IN (SELECT o.person FROM former_number o WHERE o.lookup = ? AND o.county = p.county AND o.apart = FALSE)`, tx.lookup(string(k.Number)))
		return append(now, before[:min(len(before), f.Limit-len(now))]...), err
	case k.Certificate != "":
		return tx.peopleWith(f, a, `p.id IN (SELECT o.person FROM certificate o WHERE o.lookup = ? AND o.county = p.county)`, tx.lookup(string(k.Certificate)))
	case k.Phone != "":
		return tx.peopleWith(f, a, `p.id IN (SELECT s.person FROM spelling s WHERE s.county = p.county AND s.text = ?)`, tx.lookup(k.Phone))
	case k.Case != "":
		return tx.peopleWith(f, a, `p.id IN (SELECT o.person FROM application o WHERE o.county = p.county AND o.no = ?)`, k.Case)
	}
	return tx.peopleAt(f, a)
}

// peopleNamed is the people who are called so, or when nobody is, those of the village that is; the page before tells which of them it showed.
func (tx *Tx) peopleNamed(f PeopleFilter, a area) ([]person.Person, error) {
	called := true
	if f.After != "" {
		last, err := tx.Person(f.After)
		if err != nil {
			return nil, err
		}
		folded := person.Fold(f.Key.Name)
		called = strings.HasPrefix(last.Name, f.Key.Name) || strings.HasPrefix(last.Name, folded) || firstSpelling(last, folded) != ""
	}
	if called {
		found, err := tx.peopleCalled(f, a, "name", f.Key.Name)
		if err != nil || len(found) > 0 || f.After != "" {
			return found, err
		}
	}
	f.Key = Key{Village: f.Key.Name}
	return tx.peopleAt(f, a)
}

// fitting is the conditions of a search but for its key.
func (f PeopleFilter) fitting(a area) *conditions {
	c := &conditions{}
	c.add(`p.county = ? AND p.region >= ? AND p.region < ?`, a.county, a.from, a.to)
	if f.Poor {
		c.add(`p.poor`)
	}
	if f.BornFrom != "" {
		c.add(`p.birth >= ?`, string(f.BornFrom))
	}
	if f.BornTo != "" {
		c.add(`p.birth <= ?`, string(f.BornTo))
	}
	if f.ofCertificate() {
		c.add(`EXISTS (SELECT 1 FROM certificate c WHERE c.county = p.county AND c.person = p.id AND (c.state = ? OR ? = '' AND c.state NOT IN ('replaced', 'cancelled', 'left'))
			AND (? = '' OR c.category = ?) AND (? = '' OR c.level = ?) AND c.expires >= ? AND c.expires <= ?)`, string(f.State), string(f.State),
			string(f.Category), string(f.Category), string(f.Level), string(f.Level), string(f.From), stored(f.To))
	}
	return c
}

func (tx *Tx) peopleBy(c *conditions, from, order string, limit int) ([]person.Person, error) {
	c.args = append(c.args, limit)
	return list(tx, tx.person, fmt.Sprintf(`SELECT `+personColumns+` FROM %s WHERE %s ORDER BY %s LIMIT $%d`,
		from, strings.Join(c.clauses, " AND "), order, len(c.args)), c.args...)
}

// peopleWith is the few people whom an exact key names.
func (tx *Tx) peopleWith(f PeopleFilter, a area, clause, value string) ([]person.Person, error) {
	c := f.fitting(a)
	c.add(clause, value)
	c.add(`p.id > ?`, string(f.After))
	return tx.peopleBy(c, `person p`, `p.id`, f.Limit)
}

// peopleAt is the people of the area by place; with a village those of the places in it that are called so.
func (tx *Tx) peopleAt(f PeopleFilter, a area) ([]person.Person, error) {
	c := f.fitting(a)
	if f.Key.Village != "" {
		places, err := list(tx, func(s *string) []any { return []any{s} }, `
			SELECT code
			FROM region
			WHERE code >= $1 AND code < $2 AND SUBSTR(name, 1, LENGTH($3)) = $3
			ORDER BY code`, a.from, a.to, f.Key.Village)
		if err != nil || len(places) == 0 {
			return nil, err
		}
		var any []string
		for _, p := range places {
			from, to := region.Code(p).Range()
			c.args = append(c.args, from, to)
			any = append(any, fmt.Sprintf(`p.region >= $%d AND p.region < $%d`, len(c.args)-1, len(c.args)))
		}
		c.clauses = append(c.clauses, `(`+strings.Join(any, " OR ")+`)`)
	}
	if f.After != "" {
		last, err := tx.Person(f.After)
		if err != nil {
			return nil, err
		}
		c.add(`p.region >= ? AND (p.region > ? OR p.id > ?)`, string(last.Region), string(last.Region), string(last.ID))
	}
	return tx.peopleBy(c, `person p`, `p.region, p.id`, f.Limit)
}

// peopleCalled is the people whose name, or initials, begin with q, then those whose name begins with q as it is compared, and after them those who have
// another spelling that does.
func (tx *Tx) peopleCalled(f PeopleFilter, a area, column, q string) ([]person.Person, error) {
	folded := person.Fold(q)
	written := beginnings{column, []string{q}}
	if column == "name" && folded != "" && folded != q {
		written.texts = append(written.texts, folded)
	}
	var last *person.Person
	stage := 0
	if f.After != "" {
		p, err := tx.Person(f.After)
		if err != nil {
			return nil, err
		}
		last, stage = &p, written.of(p)
	}
	var out []person.Person
	for ; stage < len(written.texts); stage++ {
		c := written.at(f.fitting(a), stage, last)
		found, err := tx.peopleBy(c, `person p`, `p.`+column+`, p.id`, f.Limit)
		if err != nil {
			return nil, err
		}
		out, last = append(out, found[:min(len(found), f.Limit-len(out))]...), nil
		if len(out) == f.Limit {
			return out, nil
		}
	}
	if folded == "" {
		return out, nil
	}
	more, err := tx.peopleSpelt(f, a, folded, last, func(p person.Person) bool { return written.of(p) < len(written.texts) })
	return append(out, more[:min(len(more), f.Limit-len(out))]...), err
}

// beginnings is what a column of people may begin with, in the order in which they are walked; nobody is walked twice.
type beginnings struct {
	column string
	texts  []string
}

// value is what the column holds of p.
func (b beginnings) value(p person.Person) string {
	if b.column == "initials" {
		return p.Initials()
	}
	return p.Name
}

// of is the first beginning that p has, their number for none.
func (b beginnings) of(p person.Person) int {
	for i, text := range b.texts {
		if strings.HasPrefix(b.value(p), text) {
			return i
		}
	}
	return len(b.texts)
}

// at narrows c to the beginning i, behind the last person that was shown of it.
func (b beginnings) at(c *conditions, i int, last *person.Person) *conditions {
	c.add(`p.`+b.column+` >= ? AND p.`+b.column+` < ?`, b.texts[i], b.texts[i]+"\U0010FFFF")
	for _, before := range b.texts[:i] {
		if !strings.HasPrefix(before, b.texts[i]) {
			continue
		}
		c.add(`(p.`+b.column+` < ? OR p.`+b.column+` >= ?)`, before, before+"\U0010FFFF")
	}
	if last != nil {
		at := b.value(*last)
		c.add(`p.`+b.column+` >= ? AND (p.`+b.column+` > ? OR p.id > ?)`, at, at, string(last.ID))
	}
	return c
}

// peopleSpelt walks the spellings that begin with q. Somebody with several is shown at the first, and not at all when known says that another list
// has them.
func (tx *Tx) peopleSpelt(f PeopleFilter, a area, q string, last *person.Person, known func(person.Person) bool) ([]person.Person, error) {
	at, after := q, ""
	if last != nil {
		at, after = firstSpelling(*last, q), string(last.ID)
	}
	type row struct {
		text string
		person.Person
	}
	var out []person.Person
	for {
		c := f.fitting(a)
		c.add(`s.county = ? AND s.text >= ? AND s.text < ? AND (s.text > ? OR s.person > ?)`, a.county, at, q+"\U0010FFFF", at, after)
		c.args = append(c.args, f.Limit)
		page, err := list(tx, func(r *row) []any { return append([]any{&r.text}, tx.person(&r.Person)...) }, fmt.Sprintf(`
			SELECT s.text, `+personColumns+`
			FROM spelling s
			JOIN person p ON p.county = s.county AND p.id = s.person
			WHERE %s
			ORDER BY s.text, s.person
			LIMIT $%d`, strings.Join(c.clauses, " AND "), len(c.args)), c.args...)
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			if !known(r.Person) && firstSpelling(r.Person, q) == r.text {
				out = append(out, r.Person)
			}
		}
		if len(out) >= f.Limit || len(page) < f.Limit {
			return out[:min(len(out), f.Limit)], nil
		}
		at, after = page[len(page)-1].text, string(page[len(page)-1].ID)
	}
}

// firstSpelling is the first of a person's spellings that begins with q, "" when none does.
func firstSpelling(p person.Person, q string) string {
	for _, s := range p.Spellings() {
		if strings.HasPrefix(s, q) {
			return s
		}
	}
	return ""
}
