package casework

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// host is a person who lives here and is registered elsewhere: entered when no earlier case here knows them, else brought up to date. The country's index
// goes on leading to where they are registered, of which nothing is read.
func host(tx *store.Tx, p person.Person) (person.Person, error) {
	known, err := guest(tx, p.County(), p.Number)
	if err != nil {
		return p, err
	}
	if known == nil {
		p.ID = person.ID(id.New())
		return p, tx.AddGuest(access.ApplicationOpen, p)
	}
	if p.Version == 0 {
		if p, err = p.Beside(*known); err != nil {
			return p, err
		}
	}
	p.ID = known.ID
	return p, tx.SavePerson(access.ApplicationOpen, *known, p)
}

// guest is who was entered in the county earlier under the number without being registered there; nil for nobody. A number that was corrected where its
// holder is registered is refused.
func guest(tx *store.Tx, county region.Code, n person.Number) (*person.Person, error) {
	at, who, err := tx.Identity(n)
	if err == nil && who == "" {
		err = tx.Renumbered("number", n)
	}
	if err != nil {
		return nil, err
	}
	if at != county {
		who = ""
	}
	all, err := tx.Guests(county, n, who)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[len(all)-1], nil
}

// Guest looks an identity number up for the counter of the place where, for somebody who is registered in another county: what an earlier case here knows.
func (d *Desk) Guest(ctx context.Context, by access.Actor, where region.Code, n person.Number) (Applicant, error) {
	var a Applicant
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ApplicationOpen, where); err != nil {
			return err
		}
		if flaw := n.Check(); flaw != "" {
			var problems fault.Problems
			problems.Add("number", "person.number."+string(flaw))
			return problems.Fault()
		}
		office, err := tx.Office(where)
		if err != nil {
			return err
		}
		a.Minor = office.Minor(n.Birth())
		for _, m := range application.Matters {
			if office.Policy.Has(policy.ReferMatters, string(m)) {
				a.Matters = append(a.Matters, m)
			}
		}
		p, err := guest(tx, where.County(), n)
		if fault.Of(err) == fault.Invalid {
			return a.before(tx, n, err)
		}
		if err != nil || p == nil || !by.Region.Contains(p.Region) {
			return err
		}
		a.Known = p
		if a.Place, err = place(tx, p.Region); err != nil {
			return err
		}
		a.Open, err = tx.OpenCase(p.County(), p.ID)
		return err
	})
	return a, err
}
