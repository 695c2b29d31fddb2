package testbed

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/correction"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/store"
)

// Renumber gives p another identity number, as a granted correction does, and answers p as they stand then.
func (o *Office) Renumber(t testing.TB, p person.Person, n person.Number) (now person.Person) {
	t.Helper()
	o.Update(t, access.Approver, func(tx *store.Tx) (err error) {
		if now, err = tx.Person(p.ID); err != nil {
			return err
		}
		if err = tx.RenumberPerson(now, correction.Correction{ID: id.New(), Number: n}); err != nil {
			return err
		}
		now, err = tx.Person(p.ID)
		return err
	})
	return now
}
