package registry_test

import (
	"fmt"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// history is the changes of a person as a role reads them, the oldest first.
func history(t *testing.T, desk *registry.Desk, as access.Role, p person.Person) string {
	t.Helper()
	all, err := desk.PersonChanges(t.Context(), testbed.As(as), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range all {
		out = append([]string{fmt.Sprint(c.Field, " ", c.Before, ">", c.After)}, out...)
	}
	return strings.Join(out, "\n")
}

func TestTheHistoryTellsHowAPersonLivedAndLives(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, today := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Village), o.Today()
		a, b := named(t, o, "测试甲", 1), named(t, o, "测试乙", 2)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(desk.EditLife(ctx, clerk, household.Life{Person: a.ID, Marital: household.Married, Lives: testbed.Township, Guardian: b.Number}))
		must(desk.EditLife(ctx, clerk, household.Life{Person: a.ID, Version: 1, Marital: household.Widowed, Education: household.Primary, LivesAt: "女儿家"}))
		if err := desk.EditLife(ctx, clerk, household.Life{Person: a.ID, Version: 1}); fault.Of(err) != fault.Stale {
			t.Errorf("over somebody else's change: %v", err)
		}
		must(desk.JoinHousehold(ctx, clerk, a.ID, b.Number))
		must(desk.AddSupport(ctx, clerk, a.ID, household.Watched, "2020-01-05"))
		h, err := desk.Household(ctx, clerk, a.ID)
		must(err)
		must(desk.EndSupport(ctx, clerk, a.ID, h.Supports[0].ID, today))
		must(desk.LeaveHousehold(ctx, clerk, a.ID))
		want := strings.Join([]string{"marital >married", "lives >" + string(testbed.Township), "guardian_number >" + b.Number.Masked(),
			"marital married>widowed", "education >primary", "lives " + string(testbed.Township) + ">", "lives_at >女儿家", "household >测试乙",
			"support_watched >2020-01-05～", "poor no>yes", "support_watched 2020-01-05～>2020-01-05～" + string(today), "poor yes>no", "household 测试乙>"}, "\n")
		if got := history(t, desk, access.Village, a); got != want {
			t.Errorf("%s", got)
		}
		if got := history(t, desk, access.Village, b); got != "household >测试甲" {
			t.Errorf("whom somebody joined: %s", got)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.PersonChanges(a, 99, household.Fields...)
			if err != nil || len(all) != 2 || all[0].Field != "poor" || all[1].Field != "poor" {
				t.Errorf("without how they live: %+v", all)
			}
			return err
		})
	})
}

func TestTheHistoryTellsOfADeathOnceAndOfLife(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB, o.Files)
		listed, told := named(t, o, "测试亡者", 1), named(t, o, "测试销者", 2)
		o.Certificate(t, listed, "2030-01-01")
		c := o.Certificate(t, told, "2030-01-01")
		if _, err := desk.TakeDepartures(t.Context(), testbed.As(access.Clerk), departures(departure.Death, line(listed, "2020-01-05"))); err != nil {
			t.Fatal(err)
		}
		l := proposed(t, desk, registry.DepartureFilter{})
		if _, err := desk.ApplyDepartures(t.Context(), testbed.As(access.Approver), []departure.ID{l.Departed[0].Departure.ID}); err != nil {
			t.Fatal(err)
		}
		if got := history(t, desk, access.Clerk, listed); got != "death >2020-01-05\ndeath_end >"+string(o.Today()) {
			t.Errorf("of a list: %s", got)
		}
		save := func(s certificate.State, r certificate.Reason, since day.Day) {
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				c, err := tx.Certificate(c.ID)
				if err != nil {
					return err
				}
				c.State, c.Reason, c.Since = s, r, since
				return tx.SaveCertificate(access.DepartureApply, c)
			})
		}
		save(certificate.Frozen, "", "2020-02-01")
		save(certificate.Cancelled, certificate.Death, "2020-03-01")
		save(certificate.Cancelled, certificate.Death, "2020-03-01")
		save(certificate.Valid, "", "2020-03-02")
		if got := history(t, desk, access.Clerk, told); got != "death_end >2020-03-01\ndeath_end 2020-03-01>" {
			t.Errorf("of a case: %s", got)
		}
	})
}
