package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestSaveRefusesARowThatChangedMeanwhile(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		a := o.Case(t, o.Person(t), application.Draft)
		save := func() error {
			return o.DB.Update(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error {
				return tx.SaveApplication(access.ApplicationEdit, a.State, a, "")
			})
		}
		if err := save(); err != nil {
			t.Fatal(err)
		}
		if err := save(); fault.Of(err) != fault.Stale {
			t.Errorf("a second save with the old version: %v", err)
		}
	})
}

func TestASecondOpenCaseOfAPersonIsRefused(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Person(t)
		a := o.Case(t, p, application.Draft)
		a.ID = "another"
		err := o.DB.Update(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error { return tx.AddApplication(a) })
		if fault.Of(err) != fault.Refused {
			t.Errorf("a second open case: %v", err)
		}
	})
}

func TestTallyFollowsTheCases(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		a := o.Case(t, o.Person(t), application.Draft)
		o.Case(t, o.Person(t), application.Draft)
		o.Update(t, access.Township, func(tx *store.Tx) error {
			a.State = application.Submitted
			return tx.SaveApplication(access.ApplicationSubmit, application.Draft, a, "")
		})
		o.Update(t, access.Township, func(tx *store.Tx) error {
			n, err := tx.Tally("")
			if n[application.Draft] != 1 || n[application.Submitted] != 1 {
				t.Errorf("tally: %v", n)
			}
			return err
		})
	})
}
