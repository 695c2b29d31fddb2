package registry_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestAHouseholdHasMembersSupportsAndHelpers(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, today := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Village), o.Today()
		a, b, c := o.Person(t), o.Person(t), o.Person(t)
		see := func(p person.Person) registry.Household {
			t.Helper()
			h, err := desk.Household(ctx, clerk, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return h
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(desk.EditLife(ctx, clerk, household.Life{Person: a.ID, Marital: household.Widowed, Education: household.Primary, Lives: testbed.Township, LivesAt: " 女儿家 ", Guardian: b.Number}))
		if l := see(a).Life; l.Marital != household.Widowed || l.LivesAt != "女儿家" || l.Guardian != b.Number || l.Version != 1 {
			t.Errorf("%+v", l)
		}
		if err := desk.EditLife(ctx, clerk, household.Life{Person: a.ID}); fault.Of(err) != fault.Stale {
			t.Errorf("over somebody else's change: %v", err)
		}
		if err := desk.EditLife(ctx, clerk, household.Life{Person: a.ID, Lives: testbed.Elsewhere + "101", Version: 1}); fault.Of(err) != fault.Invalid {
			t.Errorf("lives in another county: %v", err)
		}
		must(desk.EditLife(ctx, clerk, household.Life{Person: a.ID, Version: 1}))
		if l := see(a).Life; l.Guardian != b.Number || l.Marital != "" {
			t.Errorf("the guardian's number does not stay: %+v", l)
		}

		for _, n := range []person.Number{"5331", a.Number, person.MakeNumber("533199", "1940-01-01", 999)} {
			if err := desk.JoinHousehold(ctx, clerk, a.ID, n); fault.Of(err) != fault.Invalid {
				t.Errorf("joins %s: %v", n, err)
			}
		}
		must(desk.JoinHousehold(ctx, clerk, a.ID, b.Number))
		must(desk.JoinHousehold(ctx, clerk, c.ID, a.Number))
		if h := see(b); len(h.Members) != 3 {
			t.Errorf("%d members", len(h.Members))
		}
		must(desk.LeaveHousehold(ctx, clerk, c.ID))
		if err := desk.LeaveHousehold(ctx, clerk, c.ID); fault.Of(err) != fault.Refused {
			t.Errorf("leaves twice: %v", err)
		}
		if h := see(a); len(h.Members) != 2 {
			t.Errorf("%d members after one left", len(h.Members))
		}

		must(desk.AddSupport(ctx, clerk, a.ID, household.Allowance, today))
		if see(a).Person.Poor {
			t.Error("an allowance makes poor")
		}
		must(desk.AddSupport(ctx, clerk, a.ID, household.Watched, today.Add(-9)))
		if err := desk.AddSupport(ctx, clerk, a.ID, household.Watched, today); fault.Of(err) != fault.Invalid {
			t.Errorf("twice at a time: %v", err)
		}
		h := see(a)
		if !h.Person.Poor || len(h.Supports) != 2 || h.Supports[0].Kind != household.Watched {
			t.Errorf("%+v", h.Supports)
		}
		must(desk.EndSupport(ctx, clerk, a.ID, h.Supports[0].ID, today))
		if h = see(a); h.Person.Poor || h.Supports[0].Open() {
			t.Errorf("ended: %+v", h.Supports[0])
		}
		must(desk.AddSupport(ctx, clerk, a.ID, household.Watched, today))

		helper := household.Helper{Role: household.Team, Name: "测试队员", Unit: "县农业农村局", Phone: "13900000000", Span: household.Span{From: today}}
		must(desk.AddHelper(ctx, clerk, b.ID, helper))
		must(desk.AddHelper(ctx, clerk, c.ID, helper)) // who has no household yet
		if h = see(a); len(h.Helpers) != 1 || h.Helpers[0].Phone != "13900000000" {
			t.Errorf("%+v", h.Helpers)
		}
		if err := desk.EndHelper(ctx, clerk, c.ID, h.Helpers[0].ID, today); fault.Of(err) != fault.Missing {
			t.Errorf("another household ends it: %v", err)
		}
		first, err := desk.Helpers(ctx, clerk, registry.HelperFilter{Limit: 1})
		must(err)
		second, err := desk.Helpers(ctx, clerk, registry.HelperFilter{Limit: 1, After: first.Next})
		must(err)
		if len(first.Helpers) != 1 || len(second.Helpers) != 1 || second.Next != "" || first.Helpers[0].Members+second.Helpers[0].Members != 3 {
			t.Errorf("%+v, then %+v", first, second)
		}
		poor, err := desk.Helpers(ctx, testbed.As(access.Poverty), registry.HelperFilter{Limit: 9})
		must(err)
		if len(poor.Helpers) != 1 || poor.Helpers[0].First.ID != a.ID {
			t.Errorf("the poverty office sees %+v", poor.Helpers)
		}
		must(desk.EndHelper(ctx, clerk, a.ID, h.Helpers[0].ID, today))
		if left, err := desk.Helpers(ctx, clerk, registry.HelperFilter{Limit: 9}); err != nil || len(left.Helpers) != 1 {
			t.Errorf("after the end %+v, %v", left, err)
		}
	})
}

// TestAnAllowanceLeavesTheMarkOfThePoor marks a person as a township's list does, which knows of no supports.
func TestAnAllowanceLeavesTheMarkOfThePoor(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, marked := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Village), o.Person(t)
		o.Update(t, access.Township, func(tx *store.Tx) error {
			p, err := tx.Person(marked.ID)
			if err != nil {
				return err
			}
			was := p
			p.Poor = true
			return tx.SavePerson(access.PersonEdit, was, p)
		})
		if err := desk.AddSupport(ctx, clerk, marked.ID, household.Allowance, o.Today()); err != nil {
			t.Fatal(err)
		}
		h, err := desk.Household(ctx, clerk, marked.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.EndSupport(ctx, clerk, marked.ID, h.Supports[0].ID, o.Today()); err != nil {
			t.Fatal(err)
		}
		if h, err = desk.Household(ctx, clerk, marked.ID); err != nil || !h.Person.Poor {
			t.Errorf("an allowance takes the mark of the poor away: %v", err)
		}
	})
}
