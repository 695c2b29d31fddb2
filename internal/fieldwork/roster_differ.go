package fieldwork

import (
	"slices"

	"hefa/internal/certificate"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/store"
)

// differ keeps every field that the row and the register tell differently; what was decided before of the same two values stays decided, and what both
// tell alike again is over.
func (c *chunk) differ(r line, k *store.Known, where region.Code) error {
	if c.u.Kind != roster.Register {
		return nil
	}
	card := about(r, k)
	if card == nil && !r.Standing.Live() {
		return nil // an earlier one that the register never held says nothing of the person now
	}
	kept := c.differing[k.Person.ID]
	for _, t := range r.Compare(k.Person, card, where) {
		i := slices.IndexFunc(kept, func(d roster.Difference) bool { return d.Field == t.Field && d.State.Current() })
		again := i >= 0 && !t.Same && kept[i].Ours == t.Ours && kept[i].Theirs == t.Theirs
		if i >= 0 {
			if again {
				kept[i].Roster, kept[i].Row = c.u.ID, r.Row
			} else {
				kept[i].State = roster.Settled
			}
			if err := c.tx.KeepDifference(kept[i]); err != nil {
				return err
			}
			kept[i].Version++
		}
		if !t.Same && !again {
			c.found(r, k.Person, card, t)
		}
	}
	return nil
}

// found notes a difference that nobody has decided yet.
func (c *chunk) found(r line, p person.Person, card *certificate.Certificate, t roster.Pair) {
	if slices.ContainsFunc(c.differences, func(d roster.Difference) bool { return d.Person == p.ID && d.Field == t.Field }) {
		return // a line above of the same list tells so
	}
	d := roster.Difference{ID: roster.DifferenceID(id.New()), Region: p.Region, Roster: c.u.ID, Row: r.Row, Person: p.ID, Field: t.Field, Ours: t.Ours, Theirs: t.Theirs,
		State: roster.Undecided}
	if card != nil {
		d.Certificate = card.ID
	}
	c.differences = append(c.differences, d)
}

// about is the certificate of a person that a row tells of: the one in hand, or the one of the same number that has ended here; nil for none, and while the row
// tells of one that is being made or was replaced.
func about(r line, k *store.Known) *certificate.Certificate {
	if r.Certificate == "" || r.Standing == certificate.Pending {
		return nil
	}
	if k.Held != nil && (r.Standing.Live() || k.Held.Number == r.Certificate) {
		return k.Held
	}
	if last := k.Cancelled(); k.Held == nil && last != nil && last.Number == r.Certificate && r.Standing.Live() {
		return last
	}
	return nil
}
