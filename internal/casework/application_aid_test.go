package casework_test

import (
	"slices"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/testbed"
)

func TestWhatSomebodyNeedsOnTheDayIsKeptUntilTheyAreExamined(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := casework.New(o.DB, o.Files), t.Context()
		a := o.Case(t, o.Person(t), application.Submitted)
		if err := desk.AcceptApplication(ctx, testbed.As(access.Township), a.ID, casework.Acceptance{Sighted: everything, Aids: &application.Aids{All: []application.Aid{application.Wheelchair}}}); err != nil {
			t.Fatal(err)
		}
		village := testbed.As(access.Village)
		set := func(version int, all ...application.Aid) error {
			return desk.SetAids(ctx, village, a.ID, application.Aids{All: all, Version: version})
		}
		if err := set(0, application.Sign); fault.Of(err) != fault.Stale {
			t.Errorf("on an old page: %v", err)
		}
		if err := set(1, "horse"); fault.Of(err) != fault.Invalid {
			t.Errorf("a horse: %v", err)
		}
		if err := set(1, application.Stretcher, application.Accompanied); err != nil {
			t.Fatal(err)
		}
		f, err := desk.Application(ctx, village, a.ID)
		if err != nil || !slices.Equal(f.Aids.All, []application.Aid{application.Stretcher, application.Accompanied}) || !slices.Contains(f.Steps, access.ApplicationAid) {
			t.Errorf("the case: %+v %v %v", f.Aids, f.Steps, err)
		}
		if err := desk.SetAids(ctx, testbed.As(access.Reviewer), a.ID, f.Aids); fault.Of(err) != fault.Forbidden {
			t.Errorf("by a reviewer: %v", err)
		}
		over := o.Case(t, o.Person(t), application.Assessed)
		if err := desk.SetAids(ctx, village, over.ID, application.Aids{}); fault.Of(err) != fault.Refused {
			t.Errorf("after the examination: %v", err)
		}
	})
}
