package store_test

import (
	"slices"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestPeopleOfAnOlderSchemaAreSpeltOutAtTheNextStart(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Person(t)
		texts := func(db *store.DB) []string {
			all, err := db.Raw(t.Context(), "spelling", "text")
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(all)
			return all
		}
		want := texts(o.DB)
		for _, s := range []string{`DELETE FROM spelling`, `DELETE FROM sealed WHERE part LIKE 'spelling.%'`} {
			if err := o.DB.Spoil(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		db, err := store.Open(t.Context(), o.Address, store.Options{Keys: testbed.Keys(), Now: func() time.Time { return testbed.Start }})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if got := texts(db); len(want) < 4 || !slices.Equal(got, want) {
			t.Errorf("spelt %q, want %q", got, want)
		}
		err = db.View(t.Context(), testbed.As(access.Clerk), func(tx *store.Tx) error {
			found, err := tx.People(store.PeopleFilter{Key: store.Key{Phone: "13900000000"}, Limit: 2})
			if err == nil && (len(found) != 1 || found[0].ID != p.ID) {
				t.Errorf("found %+v", found)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
