package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestADiskThatFailsUnderTheDatabaseIsSaidAndPromisesNothing: what cannot be written or read is refused in words, nothing is kept by halves, and when the
// disk is well again the database goes on by itself, without what it read wrongly meanwhile.
func TestADiskThatFailsUnderTheDatabaseIsSaidAndPromisesNothing(t *testing.T) {
	o := testbed.Open(t, "sqlite")
	known := o.Person(t)
	by := testbed.As(access.Township)
	for what, open := range map[string]func() int{
		"the log can be neither read nor written": func() int { return testbed.StandIn(t, filepath.Dir(o.Address), syscall.O_RDONLY) }, // a folder
		"the log can only be read":                func() int { return testbed.StandIn(t, o.Address+"-wal", syscall.O_RDONLY) },
		"the log reads as noughts and is full":    func() int { return testbed.StandIn(t, "/dev/full", syscall.O_RDWR) },
	} {
		for i := range 3 {
			p := person.Person{ID: person.ID(fmt.Sprintf("%s-%d", strings.ReplaceAll(what, " ", "-"), i)), Region: testbed.Village, Name: "测试丢",
				Number: person.MakeNumber("533199", "1950-01-01", 700+i)}
			p.Fill()
			mend := testbed.Break(t, o.Address+"-wal", open())
			err := o.DB.Update(t.Context(), by, func(tx *store.Tx) error { return tx.AddPerson(access.ApplicationOpen, p) })
			mend()
			if k := fault.Of(err); k != fault.Away && k != fault.Full {
				t.Errorf("%s: %v", what, err)
			}
			o.Person(t) // it goes on
			err = o.DB.View(t.Context(), by, func(tx *store.Tx) error {
				if _, err := tx.Person(p.ID); fault.Of(err) != fault.Missing {
					t.Errorf("%s: what was refused is there: %v", what, err)
				}
				_, err := tx.Person(known.ID)
				return err
			})
			if err != nil {
				t.Errorf("%s, and it is well again: %v", what, err)
			}
		}
	}
}

// TestADatabaseThatCannotBeReadShowsNothing: pages that do not come from the disk are no pages.
func TestADatabaseThatCannotBeReadShowsNothing(t *testing.T) {
	o := testbed.Open(t, "sqlite")
	by, known := testbed.As(access.Township), o.Person(t)
	if err := o.DB.Close(); err != nil { // which folds the log into the file
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), o.Address, store.Options{Keys: o.Keys, Now: o.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	read := func(tx *store.Tx) error {
		_, err := tx.Person(known.ID)
		return err
	}
	for what, name := range map[string]string{"nothing can be read": filepath.Dir(o.Address), "noughts are read": "/dev/full"} {
		if err := db.View(t.Context(), by, func(*store.Tx) error { return nil }); err != nil {
			t.Fatal(err) // the reader has opened the file, and read nothing of people
		}
		mend := testbed.Break(t, o.Address, testbed.StandIn(t, name, syscall.O_RDONLY))
		if err := db.View(t.Context(), by, read); fault.Of(err) != fault.Away {
			t.Errorf("%s: %v", what, err)
		}
		mend()
		if err := db.View(t.Context(), by, read); err != nil {
			t.Errorf("%s, and it is well again: %v", what, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if db, err = store.Open(t.Context(), o.Address, store.Options{Keys: o.Keys, Now: o.Now}); err != nil {
			t.Fatal(err)
		}
	}
}
