package fieldwork

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/store"
)

// chunk is some rows of a list on their way into the register, in one transaction.
type chunk struct {
	tx     *store.Tx
	u      roster.Upload
	places places
	in     []store.Intake
	out    []store.Rejected
	seen   []certificate.ID // whose numbers the list of another register holds too

	differing   map[person.ID][]roster.Difference // how the registers differed before
	differences []roster.Difference               // what this list tells otherwise besides
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
	before, err := c.renumbered(numbers, homes)
	if err != nil {
		return err
	}
	ids := c.here(homes, before)
	known, err := c.tx.KnownPeople(c.u.County(), c.u.Kind, ids)
	if err != nil {
		return err
	}
	if c.u.Kind == roster.Register {
		if c.differing, err = c.tx.DifferencesOf(c.u.County(), ids); err != nil {
			return err
		}
	}
	for _, r := range rows {
		home, found := homes[r.Number]
		f, corrected := before[r.Number]
		switch {
		case corrected:
			if err := c.corrected(r, f, known[f.Person]); err != nil {
				return err
			}
		case !found:
			c.add(r)
		case home.County != c.u.County():
			c.decline(r, roster.Elsewhere, both{row: r.Number.Masked()})
		default:
			if err := c.join(r, known[home.Person]); err != nil {
				return err
			}
		}
	}
	if err := c.tx.TakeIn(c.u, c.in); err != nil {
		return err
	}
	if c.u.Kind == roster.Register {
		if err := c.tx.Reconcile(c.u, c.seen); err != nil {
			return err
		}
		if err := c.tx.AddDifferences(c.differences); err != nil {
			return err
		}
	}
	return c.tx.AddRejected(c.u, c.out)
}

// here is the people of the county among who has the numbers now and who had them before.
func (c *chunk) here(homes map[person.Number]store.Home, before map[person.Number]store.Former) (ids []person.ID) {
	for _, h := range homes {
		if h.County == c.u.County() {
			ids = append(ids, h.Person)
		}
	}
	for _, f := range before {
		if f.County == c.u.County() {
			ids = append(ids, f.Person)
		}
	}
	return ids
}

// renumbered is who had those of the numbers that nobody has, before they were corrected.
func (c *chunk) renumbered(numbers []person.Number, homes map[person.Number]store.Home) (map[person.Number]store.Former, error) {
	var unknown []person.Number
	for _, n := range numbers {
		if _, found := homes[n]; !found {
			unknown = append(unknown, n)
		}
	}
	return c.tx.Formers(unknown)
}

// corrected reports a row with a number that was corrected to another; k is whose it was, nil for somebody of another county.
func (c *chunk) corrected(r line, f store.Former, k *store.Known) error {
	if k == nil || !c.u.Region.Contains(k.Person.Region) && !k.Person.Region.Contains(c.u.Region) {
		county, err := c.tx.Region(f.County)
		c.decline(r, roster.Corrected, both{row: r.Number.Masked(), here: lang.T("roster.corrected.elsewhere", f.On.Chinese(), county.Name)})
		return err
	}
	if k.Held != nil && r.Certificate == k.Held.Number && c.u.Kind == roster.Register {
		c.seen = append(c.seen, k.Held.ID)
	}
	word := "roster.corrected.same"
	if person.Bare(k.Person.Name) != person.Bare(r.Name) {
		word = "roster.corrected.name"
	}
	c.decline(r, roster.Corrected, both{row: r.Number.Masked(), here: lang.T(word, f.On.Chinese(), k.Person.Number.Masked(), k.Person.Name, r.Name)})
	return nil
}

// add enters somebody who is new to the register.
func (c *chunk) add(r line) {
	where, village := c.places.of(r.Entry)
	switch {
	case where == "":
		c.decline(r, roster.Unplaced, both{row: r.Township})
		return
	case !r.Standing.Live():
		c.ended(r, nil)
		return
	}
	p := r.Person(where)
	p.ID = person.ID(id.New())
	in := store.Intake{Person: p, New: true}
	if r.Certificate != "" {
		in.Certificate = c.held(r.Entry, p)
	}
	if c.u.Kind.Waits() {
		in.Listed = c.listed(r.Entry, p, in.Certificate, village)
	}
	c.in = append(c.in, in)
	c.u.Added++
}

// join adds to somebody who is known what the row says beyond that.
func (c *chunk) join(r line, k *store.Known) error {
	where, village := c.places.of(r.Entry)
	if !c.u.Region.Contains(k.Person.Region) && !k.Person.Region.Contains(c.u.Region) {
		c.decline(r, roster.Elsewhere, both{row: r.Number.Masked()})
		return nil
	}
	if err := c.differ(r, k, where); err != nil {
		return err
	}
	if c.against(r, k) {
		return nil
	}
	if k.Lifted {
		r.Poor = false // what ended here stands above any list, for none tells of which day it is
	}
	p, changed := k.Person, false
	if r.Complete(&p, where) {
		if err := c.tx.SavePerson(access.RosterImport, k.Person, p); err != nil {
			return err
		}
		if k.Held != nil && k.Held.Region != p.Region && k.Person.Region != p.Region { // it followed
			k.Held.Region = p.Region
			k.Held.Version++
		}
		for i := range c.differences {
			if c.differences[i].Person == p.ID {
				c.differences[i].Region = p.Region
			}
		}
		changed = true
	}
	in, held := store.Intake{Person: p}, k.Held
	switch {
	case held == nil && r.Certificate != "":
		in.Certificate = c.held(r.Entry, p)
		held = in.Certificate
	case held != nil && c.u.Kind == roster.Register && r.CompleteCard(held):
		if err := c.tx.SaveCertificate(access.RosterImport, *held); err != nil {
			return err
		}
		changed = true
	}
	if !k.Listed && c.u.Kind.Waits() {
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

// against reports a row that the register contradicts, and one of a certificate that has ended here or there.
func (c *chunk) against(r line, k *store.Known) bool {
	if k.Held != nil && r.Certificate == k.Held.Number && c.u.Kind == roster.Register {
		c.seen = append(c.seen, k.Held.ID)
	}
	if r.Standing == certificate.Pending {
		c.u.Known++ // one that is being made says nothing of the one in hand
		return true
	}
	if i := slices.IndexFunc(k.Past, func(past certificate.Certificate) bool { return past.Number == r.Certificate }); i >= 0 {
		switch {
		case !r.Standing.Live():
			c.u.Known++ // both say that it has ended
			return true
		case k.Held == nil || k.Held.Number != r.Certificate: // an exchange keeps the number
			c.ended(r, &k.Past[i])
			return true
		}
	}
	switch f := r.Against(c.u.Kind, k.Person, k.Held); f {
	case "":
		return c.over(r, k)
	case roster.OtherName:
		c.decline(r, f, both{row: r.Name, here: k.Person.Name})
	case roster.Differs:
		column, row, here := r.Both(*k.Held)
		c.decline(r, f, both{column, row, here})
	case roster.OtherCard:
		if !r.Standing.Live() {
			c.u.Known++ // an earlier one that the register never held
			return true
		}
		c.decline(r, f, both{row: r.Certificate.Masked(), here: k.Held.Number.Masked()})
	case roster.Renewed:
		c.decline(r, f, both{row: r.Certificate.Masked()})
	default:
		c.decline(r, f, both{row: r.Number.Masked()})
	}
	return true
}

// over reports a row of somebody who holds nothing any more here, or of a certificate that has ended there: a list may be older than the cancellation, so
// what it says is entered by nobody but a person. Who died is on no list of people to be visited either.
func (c *chunk) over(r line, k *store.Known) bool {
	last := k.Cancelled()
	switch {
	case k.Held == nil && last != nil && !r.Standing.Live():
		c.u.Known++ // both say that it has ended
	case k.Held == nil && last != nil && (r.Certificate != "" || last.Reason == certificate.Death):
		c.ended(r, last)
	case !r.Standing.Live():
		c.ended(r, nil)
	default:
		return false
	}
	return true
}

// ended reports a row that names what has ended in one of the two registers; here is what ended here, nil for nothing.
func (c *chunk) ended(r line, here *certificate.Certificate) {
	b := both{row: r.Number.Masked(), here: lang.T("roster.ended.none")}
	if r.Certificate != "" {
		standing := r.Standing
		if standing == "" {
			standing = certificate.Valid
		}
		b.row = lang.T("roster.ended.how", r.Certificate.Masked(), lang.T(standing.Word()))
	}
	if here != nil {
		how := []string{lang.T(here.State.Word())}
		if here.Reason != "" {
			how = append(how, lang.T(here.Reason.Word()))
		}
		if here.Since != "" {
			how = append(how, string(here.Since))
		}
		b.here = lang.T("roster.ended.how", here.Number.Masked(), strings.Join(how, " "))
	}
	c.decline(r, roster.Ended, b)
}

func (c *chunk) held(e roster.Entry, p person.Person) *certificate.Certificate {
	card := e.Held(p)
	card.ID = certificate.ID(id.New())
	c.seen = append(c.seen, card.ID)
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

// both is what a row and the register tell of the same thing.
type both struct{ column, row, here string }

// decline reports a row that the register contradicts.
func (c *chunk) decline(r line, why roster.Defect, b both) {
	cells := make([]string, len(c.u.Titles))
	for i := range min(len(cells), len(r.cells)) {
		cells[i] = r.cells[i].Text
	}
	switch why {
	case roster.OtherName:
		b.column = lang.T("roster.column.name")
	case roster.OtherCard, roster.Renewed, roster.Ended:
		b.column = lang.T("roster.column.certificate")
	case roster.Unplaced:
		b.column = lang.T("roster.column.township")
	case roster.Elsewhere, roster.Holder, roster.Corrected:
		b.column = lang.T("roster.column.identity")
	}
	c.out = append(c.out, store.Rejected{Cells: cells, Rejection: roster.Rejection{Row: r.Row, Column: b.column, Value: b.row, Reason: why,
		Message: lang.T("roster.late."+string(why), b.row, b.here, b.column)}})
	c.u.Declined++
}
