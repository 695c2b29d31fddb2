package fieldwork

import (
	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/store"
)

// chunk is some rows of a list on their way into the register, in one transaction.
type chunk struct {
	tx       *store.Tx
	u        roster.Upload
	villages *region.Matcher
	in       []store.Intake
	out      []store.Rejected
}

// take enters the rows: who is new, what is missing of who is known, and the rows that the register contradicts.
func (c *chunk) take(rows []line) error {
	numbers := make([]person.Number, len(rows))
	for i, r := range rows {
		numbers[i] = r.Number
	}
	homes, err := c.tx.Homes(numbers)
	if err != nil {
		return err
	}
	var ids []person.ID
	for _, h := range homes {
		if h.County == c.u.County() {
			ids = append(ids, h.Person)
		}
	}
	known, err := c.tx.KnownPeople(c.u.County(), c.u.Kind, ids)
	if err != nil {
		return err
	}
	for _, r := range rows {
		home, found := homes[r.Number]
		switch {
		case !found:
			c.add(r)
		case home.County != c.u.County():
			c.decline(r, roster.Elsewhere, "")
		default:
			if err := c.join(r, known[home.Person]); err != nil {
				return err
			}
		}
	}
	if err := c.tx.TakeIn(c.u, c.in); err != nil {
		return err
	}
	return c.tx.AddRejected(c.u, c.out)
}

// where is the village that the row means, else the township with the words of the list.
func (c *chunk) where(e roster.Entry) (region.Code, string) {
	if code, ok := c.villages.Match(e.Village); ok {
		return code, ""
	}
	return c.u.Region, e.Village
}

// add enters somebody who is new to the register.
func (c *chunk) add(r line) {
	where, village := c.where(r.Entry)
	p := r.Person(where)
	p.ID = person.ID(id.New())
	in := store.Intake{Person: p, New: true}
	if r.Certificate != "" {
		in.Certificate = c.held(r.Entry, p)
	}
	in.Listed = c.listed(r.Entry, p, in.Certificate, village)
	c.in = append(c.in, in)
	c.u.Added++
}

// join adds to somebody who is known what the row says beyond that.
func (c *chunk) join(r line, k *store.Known) error {
	where, village := c.where(r.Entry)
	if !c.u.Region.Contains(k.Person.Region) && !k.Person.Region.Contains(c.u.Region) {
		c.decline(r, roster.Elsewhere, "")
		return nil
	}
	if f := r.Against(k.Person, k.Held); f != "" {
		c.decline(r, f, k.Person.Name)
		return nil
	}
	p, changed := k.Person, false
	if r.Complete(&p, where) {
		if err := c.tx.SavePerson(access.RosterImport, k.Person, p); err != nil {
			return err
		}
		changed = true
	}
	in, held := store.Intake{Person: p}, k.Held
	if held == nil && r.Certificate != "" {
		in.Certificate = c.held(r.Entry, p)
		held = in.Certificate
	}
	if !k.Listed {
		in.Listed = c.listed(r.Entry, p, held, village)
	}
	switch {
	case in.Listed != nil || in.Certificate != nil:
		c.in = append(c.in, in)
		c.u.Changed++
	case changed:
		c.u.Changed++
	default:
		c.u.Known++
	}
	return nil
}

func (c *chunk) held(e roster.Entry, p person.Person) *certificate.Certificate {
	card := e.Held(p)
	card.ID = certificate.ID(id.New())
	return &card
}

func (c *chunk) listed(e roster.Entry, p person.Person, held *certificate.Certificate, village string) *store.Listed {
	l := store.Listed{ID: id.New(), Region: p.Region, Kind: c.u.Kind, Roster: c.u.ID, Row: e.Row, Person: p.ID, Condition: e.Condition,
		Reason: e.Reason, Remark: e.Remark, Village: village}
	if held != nil {
		l.Certificate = held.ID
	}
	return &l
}

// decline reports a row that the register contradicts; said is the name in the register.
func (c *chunk) decline(r line, why roster.Defect, said string) {
	cells := make([]string, len(c.u.Titles))
	for i := range min(len(cells), len(r.cells)) {
		cells[i] = r.cells[i].Text
	}
	column, value := lang.T("roster.column.identity"), r.Number.Masked()
	switch why {
	case roster.OtherName:
		column, value = lang.T("roster.column.name"), r.Name
	case roster.OtherCard, roster.Renewed:
		column, value = lang.T("roster.column.certificate"), r.Certificate.Masked()
	}
	c.out = append(c.out, store.Rejected{Cells: cells, Rejection: roster.Rejection{Row: r.Row, Column: column, Value: value, Reason: why,
		Message: lang.T("roster.late."+string(why), value, said)}})
	c.u.Declined++
}
