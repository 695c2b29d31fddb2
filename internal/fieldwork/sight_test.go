package fieldwork_test

import (
	"bytes"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestThePovertyOfficeSeesPoorHouseholdsOnly(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		poor, other := o.Person(t), o.Person(t)
		o.Update(t, access.Township, func(tx *store.Tx) (err error) {
			if poor, err = tx.Person(poor.ID); err != nil {
				return err
			}
			poor.Poor = true
			return tx.SavePerson(access.PersonEdit, poor, poor)
		})
		o.Listed(t, poor, "")
		o.Listed(t, other, "")
		desk := fieldwork.New(o.DB, o.Files)
		for role, want := range map[access.Role][]person.ID{access.Poverty: {poor.ID}, access.Reviewer: {poor.ID, other.ID}} {
			found, err := desk.Listed(t.Context(), testbed.As(role), fieldwork.ListedFilter{Kind: roster.Suspected, Limit: 10})
			if err != nil || len(found.People) != len(want) {
				t.Fatalf("%s sees %d people, want %d: %v", role, len(found.People), len(want), err)
			}
			for i, w := range found.People {
				if w.Person != want[i] {
					t.Errorf("%s sees %s", role, w.Holder.Name)
				}
			}
		}
	})
}

func TestOnlyWhoHandsListsInSeesTheLinesThatGoBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		file, _ := shared(t, roster.Suspected)
		desk, id := hand(t, o, roster.Suspected, bytes.NewReader(file))
		for role, sees := range map[access.Role]bool{access.Township: true, access.Clerk: true, access.Discipline: false, access.Poverty: false, access.City: false} {
			_, lines, err := desk.Roster(t.Context(), testbed.As(role), id, 0, 100)
			if err != nil || (len(lines) > 0) != sees {
				t.Errorf("%s sees %d lines: %v", role, len(lines), err)
			}
			if _, _, err := desk.RosterReport(t.Context(), testbed.As(role), id); (fault.Of(err) == fault.Forbidden) == sees {
				t.Errorf("%s asks for the report: %v", role, err)
			}
		}
	})
}
