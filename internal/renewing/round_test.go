package renewing_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// round is the daily round as the worker begins it.
func round(t *testing.T, d *renewing.Desk) renewing.Rounds {
	t.Helper()
	n, err := d.RemindAll(t.Context(), access.Program(), "")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// all is every reminder of 芒市 as the clerk sees it.
func all(t *testing.T, d *renewing.Desk) []renewing.Reminded {
	t.Helper()
	l, err := d.Reminders(t.Context(), testbed.As(access.Clerk), renewing.Filter{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	return l.Reminders
}

func TestRoundRemindsAtSixThreeAndOneMonthOnceEach(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		c := o.Certificate(t, o.Person(t), "2020-12-31")
		o.Certificate(t, o.Person(t), "2022-01-01")
		want := map[day.Day]string{"2020-06-30": "6", "2020-09-30": "3", "2020-11-30": "1"}
		got := map[day.Day]string{}
		for o.Today() < "2021-01-05" {
			round(t, desk)
			if n := round(t, desk); n.Made+n.Ended != 0 {
				t.Fatalf("a second round on %s did %+v", o.Today(), n)
			}
			for _, r := range all(t, desk) {
				if r.Reminder.Made == o.Today() {
					got[o.Today()] += r.Reminder.Step
					if strconv.Itoa(r.Reminder.Months) != r.Reminder.Step || r.Reminder.Due != c.Expires || r.Reminder.Certificate != c.ID {
						t.Errorf("on %s: %+v", o.Today(), r.Reminder)
					}
				}
			}
			o.Wait(1)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("reminded %v, want %v", got, want)
		}
	})
}

func TestRoundCatchesUpAndLeavesOutWhatTheNextStepHasOvertaken(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		o.Certificate(t, o.Person(t), "2020-12-31")
		o.Until("2020-07-18") // eighteen days without the program
		round(t, desk)
		if r := all(t, desk); len(r) != 1 || r[0].Reminder.Step != "6" || r[0].Reminder.Months != 6 {
			t.Fatalf("after eighteen days: %+v", r)
		}
		o.Until("2020-12-05") // nearly half a year
		round(t, desk)
		if r := all(t, desk); len(r) != 2 || r[1].Reminder.Step != "1" || r[1].Reminder.Months != 1 {
			t.Errorf("after half a year: %+v", r)
		}
	})
}

func TestPolicyOfTheCountySetsTheSteps(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		o.Policy(t, "remind.months", "2")
		o.Certificate(t, o.Person(t), "2020-05-20")
		o.Certificate(t, o.Person(t), "2020-09-20")
		round(t, desk)
		if r := all(t, desk); len(r) != 1 || r[0].Reminder.Step != "2" {
			t.Errorf("%+v", r)
		}
	})
}

func TestEverythingStopsWhenThePersonComesOrTheCertificateIsGone(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		came, gone, stays := o.Person(t), o.Person(t), o.Person(t)
		for _, p := range []person.Person{came, gone, stays} {
			o.Certificate(t, p, "2020-09-01")
		}
		round(t, desk)
		o.Case(t, came, application.Draft)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			held, err := tx.CertificatesOf(testbed.County, gone.ID)
			if err != nil {
				return err
			}
			held[0].State = certificate.Replaced
			return tx.SaveCertificate(access.ApplicationDeliver, held[0])
		})
		if err := desk.EndReminders(t.Context(), access.Program(), testbed.County, came.ID); err != nil {
			t.Fatal(err)
		}
		state := func() map[string]int {
			out := map[string]int{}
			for _, r := range all(t, desk) {
				out[string(r.Reminder.State)]++
			}
			return out
		}
		if got := state(); got["kept"] != 1 || got["made"] != 2 {
			t.Errorf("at once: %v", got)
		}
		o.Until("2020-06-02") // the step of three months
		round(t, desk)
		if got := state(); got["kept"] != 2 || got["made"] != 2 {
			t.Errorf("three months before: %v", got)
		}
	})
}

func TestRoundIsOfOneCountyForAClerkAndOfNoneForAStranger(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		o.Certificate(t, o.Person(t), "2020-09-01")
		if _, err := desk.RemindAll(t.Context(), testbed.As(access.Village), testbed.Village); fault.Of(err) != fault.Forbidden {
			t.Errorf("a village worker began the round: %v", err)
		}
		if n, err := desk.RemindAll(t.Context(), testbed.As(access.Clerk), testbed.County); err != nil || n.Made != 1 {
			t.Errorf("the clerk's round: %+v, %v", n, err)
		}
	})
}

// A step that was made cannot be made again, even by who would go around the round.
func TestNoLetterTwiceForOneStep(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		o.Certificate(t, o.Person(t), "2020-09-01")
		round(t, desk)
		again := all(t, desk)[0].Reminder
		again.ID = "another"
		err := o.DB.Update(context.Background(), testbed.As(access.Clerk), func(tx *store.Tx) error { return tx.AddReminder(again) })
		if f := fault.Of(err); f != fault.Refused {
			t.Errorf("a second letter: %v", err)
		}
		if again.State != reminder.Made {
			t.Error(again.State)
		}
	})
}
