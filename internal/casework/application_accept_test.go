package casework_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// everything is the whole checklist of a first certificate of an adult (rules.md §1.2).
var everything = []string{"identity", "household", "photo", "form", "records"}

func TestAcceptWantsEveryPaperAndGivesANumber(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Submitted)
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, everything[1:]); fault.Of(err) != fault.Refused {
			t.Errorf("accepted without the identity card: %v", err)
		}
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, everything); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			got, err := tx.Application(a.ID)
			if got.State != application.Accepted || got.No != "533103-2020-000001" {
				t.Errorf("accepted as %s, number %s", got.State, got.No)
			}
			if got.Due != "2020-04-29" { // 20 working days after 1 April, with 清明 (4–6 April) off and 26 April made up
				t.Errorf("due %s", got.Due)
			}
			return err
		})
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, everything); fault.Of(err) != fault.Refused {
			t.Errorf("accepted twice: %v", err)
		}
	})
}
