package office_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/person"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

func TestRelativesAreDeclaredAndScreened(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, doctor := office.New(o.DB), t.Context(), testbed.As(access.Doctor)
		p := o.Person(t)
		o.Certificate(t, p, "2030-01-01")
		declare := func(r staff.Relative) error { return desk.DeclareRelative(ctx, doctor, r) }
		good := staff.Relative{Name: " " + p.Name, Number: p.Number, Relation: staff.Sibling}
		for field, spoil := range map[string]func(*staff.Relative){
			"name": func(r *staff.Relative) { r.Name = " " }, "number": func(r *staff.Relative) { r.Number = "123" }, "relation": func(r *staff.Relative) { r.Relation = "friend" },
		} {
			bad := good
			spoil(&bad)
			if got := fault.Fields(declare(bad)); len(got) != 1 || got[0].Name != field {
				t.Errorf("%s: %v", field, got)
			}
		}
		if err := declare(good); err != nil {
			t.Fatal(err)
		}
		if got := fault.Fields(declare(good)); len(got) != 1 || got[0].Key != "relative.twice" {
			t.Errorf("declared twice: %v", got)
		}
		stranger := staff.Relative{Name: "外县人", Number: person.MakeNumber("533199", "1950-01-01", 77), Relation: staff.Spouse}
		if err := declare(stranger); err != nil {
			t.Fatal(err)
		}
		own, err := desk.Relatives(ctx, doctor)
		if err != nil || len(own) != 2 || own[0].Name != p.Name {
			t.Fatalf("own: %+v %v", own, err)
		}
		if others, err := desk.Relatives(ctx, testbed.As(access.Clerk)); err != nil || len(others) != 0 {
			t.Errorf("somebody else sees %d: %v", len(others), err)
		}
		kin, _, err := desk.Kindred(ctx, testbed.As(access.Discipline), testbed.County, 0, 50)
		if err != nil || len(kin) != 1 || !kin[0].Holds || kin[0].Withdrawn || kin[0].Person.ID != p.ID || kin[0].Role != access.Doctor {
			t.Errorf("in the register: %+v %v", kin, err)
		}
		if none, more, err := desk.Kindred(ctx, testbed.As(access.Discipline), testbed.County, 1, 50); err != nil || len(none) != 0 || more {
			t.Errorf("the second page: %v %v %v", none, more, err)
		}
		if none, more, err := desk.Kindred(ctx, testbed.As(access.Discipline), testbed.County, 0, 0); err != nil || len(none) != 0 || !more {
			t.Errorf("a page of nobody: %v %v %v", none, more, err)
		}
		if _, _, err := desk.Kindred(ctx, testbed.As(access.Clerk), testbed.County, 0, 50); fault.Of(err) != fault.Forbidden {
			t.Errorf("a clerk screens: %v", err)
		}
		if err := desk.WithdrawRelative(ctx, testbed.As(access.Clerk), own[0].ID); fault.Of(err) != fault.Missing {
			t.Errorf("somebody else withdraws: %v", err)
		}
		if err := desk.WithdrawRelative(ctx, doctor, own[0].ID); err != nil {
			t.Fatal(err)
		}
		if kin, _, err = desk.Kindred(ctx, testbed.As(access.Approver), "", 0, 50); err != nil || len(kin) != 1 || !kin[0].Withdrawn || kin[0].Ended != o.Today() {
			t.Errorf("a withdrawal is not seen: %+v %v", kin, err)
		}
		if err := declare(good); err != nil {
			t.Errorf("declared anew: %v", err)
		}
	})
}
