package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/key"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// rotate makes a new data key in another process: its own ring and its own store.
func rotate(t *testing.T, o *testbed.Office) (*store.DB, string) {
	t.Helper()
	ring := testbed.Keys()
	db, err := store.Open(t.Context(), o.Address, store.Options{Keys: ring, Now: o.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	k, err := ring.Make(key.Data)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), access.Program(), func(tx *store.Tx) error { return tx.AddKey(k) }); err != nil {
		t.Fatal(err)
	}
	if err := db.UseKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db, k.ID
}

func TestRotationIsResumedAndLosesNoWriteMadeMeanwhile(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		var people []person.Person
		for range 600 {
			people = append(people, o.Person(t))
		}
		other, current := rotate(t, o)
		// Officers of a process that does not know the key yet go on changing phones.
		var wrote sync.WaitGroup
		var n atomic.Int64
		stop, end := context.WithCancel(t.Context())
		wrote.Go(func() {
			for i := 0; stop.Err() == nil && i < len(people); i++ {
				err := o.DB.Update(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error {
					p, err := tx.Person(people[i].ID)
					if err != nil {
						return err
					}
					p.Phone = fmt.Sprintf("1390001%04d", i)
					return tx.SavePerson(access.PersonEdit, p, p)
				})
				if err != nil {
					t.Errorf("changing a phone during rotation: %v", err)
				}
				n.Add(1)
			}
		})
		cut, cancel := context.WithCancel(t.Context())
		_, err := other.Reseal(cut, func(string, int) { cancel() })
		if err == nil {
			t.Error("a pass that was cut off ended well")
		}
		if _, err := other.Reseal(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		end()
		wrote.Wait()
		if err := o.DB.UseKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		for left := 1; left > 0; {
			if left, err = other.Reseal(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		for _, column := range store.Sealed()["person"] {
			all, err := o.DB.Raw(t.Context(), "person", column)
			for _, s := range all {
				if id, _ := o.Keys.KeyOf(s); s != "" && id != current || err != nil {
					t.Errorf("person.%s is sealed with %q, %v", column, id, err)
				}
			}
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			for i, was := range people {
				p, err := tx.Person(was.ID)
				if want := fmt.Sprintf("1390001%04d", i); err != nil || p.Number != was.Number || i < int(n.Load()) && p.Phone != want {
					t.Errorf("person %d: %s %s, %v", i, p.Number, p.Phone, err)
				}
			}
			return nil
		})
	})
}

func TestASealedTextThatWasChangedInTheDatabaseIsNotShown(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Person(t)
		for _, spoilt := range []string{`'533199196105040011'`, `SUBSTR(number, 1, 20) || CASE SUBSTR(number, 21, 1) WHEN 'A' THEN 'B' ELSE 'A' END || SUBSTR(number, 22)`, `'#ffffffff#AAAA'`} {
			o.Update(t, access.Township, func(tx *store.Tx) error {
				_, err := tx.Person(p.ID)
				return err
			})
			was, err := o.DB.Raw(t.Context(), "person", "number")
			if err != nil {
				t.Fatal(err)
			}
			if err := o.DB.Spoil(t.Context(), `UPDATE person SET number = `+spoilt); err != nil {
				t.Fatal(err)
			}
			err = o.DB.View(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error {
				got, err := tx.Person(p.ID)
				if err == nil {
					t.Errorf("%s shows %s", spoilt, got.Number)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
			if err := o.DB.Spoil(t.Context(), `UPDATE person SET number = '`+was[0]+`'`); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAnotherMasterKeyOpensNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		_, err := store.Open(t.Context(), o.Address, store.Options{Keys: testbed.OtherKeys()})
		if fault.Of(err) != fault.Refused {
			t.Errorf("opened with another master key: %v", err)
		}
		if _, err := store.Open(t.Context(), o.Address, store.Options{}); err == nil {
			t.Error("opened without keys")
		}
	})
}
