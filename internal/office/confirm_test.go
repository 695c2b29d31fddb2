package office_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestAGraveActAsksForThePasswordAndGuessingLocks(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := office.New(o.DB), testbed.As(access.Approver)
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			a, err := tx.Account(staff.ID(by.Account))
			if err != nil {
				return err
			}
			a.Hash = seal.Password("Korrekt-horse-7")
			return tx.SaveAccount(access.SelfManage, a, "password")
		})
		if err := desk.Confirm(t.Context(), by, office.Proof{Typed: "Korrekt-horse-7"}); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			err := desk.Confirm(t.Context(), by, office.Proof{Typed: "guess"})
			if f := fault.Fields(err); len(f) == 1 && f[0].Key != "confirm.wrong" || len(f) == 0 && fault.Of(err) != fault.Refused {
				t.Errorf("a guess: %v", err)
			}
		}
		if err := desk.Confirm(t.Context(), by, office.Proof{Typed: "Korrekt-horse-7"}); fault.Of(err) != fault.Refused {
			t.Errorf("after five guesses: %v", err)
		}
		if f := fault.Fields(desk.Confirm(t.Context(), testbed.As(access.Clerk), office.Proof{})); len(f) != 1 || f[0].Key != "confirm.missing" {
			t.Errorf("nothing: %v", f)
		}
	})
}
