package casework_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestHandOverGoesToAColleagueWhoseTurnItCanBe(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Submitted)
		all, err := desk.Colleagues(t.Context(), by, a.ID)
		if err != nil || len(all) != 2 { // the township clerk and the county's clerk
			t.Fatalf("colleagues %+v %v", all, err)
		}
		clerk := staff.ID(testbed.As(access.Clerk).Account)
		for name, to := range map[string]staff.ID{"another post": staff.ID(testbed.As(access.Doctor).Account), "nobody": "",
			"another county": staff.ID(testbed.Stranger(access.Clerk).Account)} {
			if err := desk.HandOverApplication(t.Context(), by, a.ID, to, ""); fault.Of(err) != fault.Invalid {
				t.Errorf("handed to %s: %v", name, err)
			}
		}
		if err := desk.HandOverApplication(t.Context(), testbed.As(access.Reviewer), a.ID, clerk, ""); fault.Of(err) != fault.Refused {
			t.Errorf("handed over out of turn: %v", err)
		}
		if err := desk.HandOverApplication(t.Context(), by, a.ID, clerk, "明天起休假"); err != nil {
			t.Fatal(err)
		}
		if err := desk.HandOverApplication(t.Context(), by, a.ID, clerk, ""); fault.Of(err) != fault.Invalid {
			t.Errorf("handed to who has it: %v", err)
		}
		f := file(t, desk, by, a.ID)
		last := f.Timeline[len(f.Timeline)-1]
		if f.Case.Application.Handler != string(clerk) || last.Act != access.ApplicationHandover || last.Note != "→ 测试clerk：明天起休假" {
			t.Errorf("handler %q, last line %+v", f.Case.Application.Handler, last)
		}
		if err := desk.AcceptApplication(t.Context(), by, a.ID, casework.Acceptance{Sighted: everything}); err != nil {
			t.Errorf("a colleague's case cannot be helped out with: %v", err)
		}
		if got := file(t, desk, by, a.ID).Case.Application.Handler; got != string(clerk) {
			t.Errorf("the same desk's next step is in the hand of %q", got)
		}
	})
}

func TestUrgeOnceADayUntilTheCaseMoves(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, city := casework.New(o.DB, o.Files), testbed.As(access.City)
		a := o.Case(t, o.Person(t), application.Submitted)
		urge := func(want fault.Kind) {
			t.Helper()
			if err := desk.UrgeApplication(t.Context(), city, a.ID, "申请人来电询问"); fault.Of(err) != want {
				t.Errorf("urged: %v, want %q", err, want)
			}
		}
		urge("")
		urge(fault.Refused)
		o.Wait(1)
		urge("")
		if got := file(t, desk, city, a.ID).Case.Application; got.Urges != 2 || got.Urged != "2020-04-02" {
			t.Errorf("urged %d times, last %s", got.Urges, got.Urged)
		}
		if err := desk.DeclineApplication(t.Context(), testbed.As(access.Township), a.ID, casework.Declining{Reason: "重复申请"}); err != nil {
			t.Fatal(err)
		}
		if got := file(t, desk, city, a.ID).Case.Application; got.Urges != 0 {
			t.Errorf("still urged %d times after the move", got.Urges)
		}
		urge(fault.Refused)
	})
}

func TestWithdrawnCaseGivesItsPlaceBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Village)
		a := o.Case(t, o.Person(t), application.Scheduled)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			err := tx.AddSession(session.Session{ID: "s", Region: testbed.Township, Hospital: "hospital-533103", Kind: session.Central, Day: o.Today(), Capacity: 9, Taken: 1})
			if err != nil {
				return err
			}
			a.Session = "s"
			return tx.SaveApplication(access.ApplicationSchedule, a.State, a, "")
		})
		if err := desk.WithdrawApplication(t.Context(), by, a.ID, ""); fault.Of(err) != fault.Invalid {
			t.Errorf("withdrawn without a reason: %v", err)
		}
		if err := desk.WithdrawApplication(t.Context(), by, a.ID, "申请人外出务工"); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			s, err := tx.Session("s")
			if s.Taken != 0 {
				t.Errorf("%d places taken", s.Taken)
			}
			return err
		})
		done := o.Case(t, o.Person(t), application.Approved)
		if err := desk.WithdrawApplication(t.Context(), by, done.ID, "不办了"); fault.Of(err) != fault.Refused {
			t.Errorf("withdrawn after approval: %v", err)
		}
	})
}
