package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/correction"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// before is who had the number before a correction, "" for nobody.
func before(t *testing.T, db *store.DB, n person.Number) (out person.ID) {
	t.Helper()
	err := db.View(t.Context(), access.Program(), func(tx *store.Tx) error {
		f, err := tx.Former(n)
		if f != nil {
			out = f.Person
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAFormerNumberLeadsToItsHolder follows a number that was corrected through a new key, a start after an older version, a move to another county and back
// to its holder.
func TestAFormerNumberLeadsToItsHolder(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Person(t)
		was, n := p.Number, person.MakeNumber("533199", "1961-05-04", 905)
		now := o.Renumber(t, p, n)
		if got := before(t, o.DB, was); got != p.ID {
			t.Fatalf("the number before leads to %q", got)
		}
		other, current := rotate(t, o)
		for left := 1; left > 0; {
			var err error
			if left, err = other.Reseal(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := other.Raw(t.Context(), "former_number", "number")
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		if id, _ := o.Keys.KeyOf(rows[0]); id != current {
			if err := o.DB.UseKeys(t.Context()); err != nil {
				t.Fatal(err)
			}
			if id, _ := o.Keys.KeyOf(rows[0]); id != current {
				t.Errorf("the number before is sealed with %s", id)
			}
		}
		for _, s := range []string{`UPDATE former_number SET lookup = ''`, `DELETE FROM sealed WHERE part = 'former_number.number'`} { // as a migration leaves it
			if err := o.DB.Spoil(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		later, err := store.Open(t.Context(), o.Address, store.Options{Keys: testbed.Keys(), Now: o.Now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = later.Close() })
		if got := before(t, later, was); got != p.ID {
			t.Errorf("after an older version the number before leads to %q", got)
		}
		away := now
		away.ID, away.Region = "away", testbed.Elsewhere+"101201"
		if err := later.Update(t.Context(), access.Program(), func(tx *store.Tx) error { return tx.SettlePerson(access.TransferTake, now, away) }); err != nil {
			t.Fatal(err)
		}
		if got := before(t, later, was); got != away.ID {
			t.Errorf("after a move the number before leads to %q", got)
		}
		err = later.Update(t.Context(), access.Program(), func(tx *store.Tx) error {
			away.Version = 1
			return tx.RenumberPerson(away, correction.Correction{ID: "back", Number: was})
		})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := before(t, later, was), before(t, later, n); a != "" || b != away.ID {
			t.Errorf("back to the first number: %q and %q", a, b)
		}
	})
}
