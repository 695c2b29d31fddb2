package office_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/office"
	"hefa/internal/testbed"
)

// TestAClockThatLeapsHoldsTheRound moves the clock as a broken battery does: a day back, a year ahead, ten years from 29 February. Work under way is neither
// lost nor held for a year, and what is due by the calendar waits until the clock is right.
func TestAClockThatLeapsHoldsTheRound(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, ctx := office.New(o.DB), t.Context()
		round := func(moved bool, want fault.Kind) []string {
			t.Helper()
			if err := d.DailyRound(ctx, access.Program(), moved); fault.Of(err) != want {
				t.Errorf("%s: %v, want %q", o.Today(), err, want)
			}
			return claimAll(t, ctx, d)
		}
		due, backup := []string{"backup.take", "notice.close", "reminder.round"}, []string{"backup.take"}
		for _, step := range []struct {
			days  int
			moved bool
			want  fault.Kind
			kinds []string
		}{
			{0, false, "", due},
			{1, false, "", due},
			{-1, false, fault.Refused, backup}, // a day back: its work was done
			{1, false, "", due},                // and right again
			{365, false, fault.Refused, backup},
			{-365, false, "", due},
			{365, true, "", due},  // a demonstration's day
			{-365, true, "", due}, // and back
			{20, false, "", due},  // an outage of twenty days
			{45, false, "", due},  // the longest that is believed
			{46, false, fault.Refused, backup},
		} {
			o.Wait(step.days)
			if got := round(step.moved, step.want); !slices.Equal(got, step.kinds) {
				t.Errorf("%d days on, at %s: %v, want %v", step.days, o.Today(), got, step.kinds)
			}
		}
	})
}

func TestTenYearsFromALeapDayAreNotBelieved(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := office.New(o.DB)
		o.Until("2024-02-29")
		if err := d.DailyRound(t.Context(), access.Program(), false); err != nil {
			t.Fatal(err)
		}
		o.Until("2034-02-28")
		if err := d.DailyRound(t.Context(), access.Program(), false); fault.Of(err) != fault.Refused {
			t.Errorf("ten years on: %v", err)
		}
		o.Wait(-day.Day("2034-02-28").Sub("2024-03-01"))
		if err := d.DailyRound(t.Context(), access.Program(), false); err != nil {
			t.Errorf("the day after: %v", err)
		}
	})
}

func TestTheDayOfADemonstrationDoesNotCountForTheDaysAfter(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := office.New(o.DB)
		for _, step := range []struct {
			days  int
			moved bool
		}{{0, true}, {2400, false}, {-2400, true}, {2401, false}} {
			o.Wait(step.days)
			if err := d.DailyRound(t.Context(), access.Program(), step.moved); err != nil {
				t.Errorf("%s, moved %v: %v", o.Today(), step.moved, err)
			}
		}
	})
}

// claimAll takes every job that is ready and finishes it; it gives their kinds, sorted.
func claimAll(t *testing.T, ctx context.Context, d *office.Desk) []string {
	t.Helper()
	rows, err := d.NextJobs(ctx, access.Program(), []string{job.TakeBackup{}.Kind(), job.CloseNotices{}.Kind(), job.RemindAll{}.Kind()}, 9)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, r := range rows {
		kinds = append(kinds, r.Kind)
		if err := d.FinishJob(ctx, access.Program(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(kinds)
	return kinds
}

func TestWorkOfAClockThatWasAheadIsNotHeldForAYear(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, ctx := office.New(o.DB), t.Context()
		take := func() []string { return claimAll(t, ctx, d) }
		leave := func() {
			t.Helper()
			if err := d.DailyRound(ctx, access.Program(), true); err != nil {
				t.Fatal(err)
			}
		}
		o.Wait(365)
		leave()
		o.Wait(-365)
		if got := take(); len(got) != 3 {
			t.Errorf("left a year ahead: %v", got)
		}
		o.Wait(365)
		leave()
		rows, err := d.NextJobs(ctx, access.Program(), []string{job.CloseNotices{}.Kind()}, 1)
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v, %v", rows, err)
		}
		if rows, err := d.NextJobs(ctx, access.Program(), []string{job.CloseNotices{}.Kind()}, 1); err != nil || len(rows) != 0 {
			t.Errorf("held, and taken all the same: %v, %v", rows, err)
		}
		o.Wait(-365)
		if got := take(); !slices.Contains(got, "notice.close") {
			t.Errorf("held a year ahead: %v", got)
		}
		leave()
		rows, err = d.NextJobs(ctx, access.Program(), []string{job.CloseNotices{}.Kind()}, 1)
		if err != nil || len(rows) != 1 {
			t.Fatalf("%v, %v", rows, err)
		}
		if err := d.FinishJob(ctx, access.Program(), rows[0], context.DeadlineExceeded); err != nil {
			t.Fatal(err)
		}
		if got := take(); slices.Contains(got, "notice.close") {
			t.Errorf("tried again at once: %v", got)
		}
		o.Pass(time.Minute)
		if got := take(); !slices.Contains(got, "notice.close") {
			t.Errorf("not tried again after a minute: %v", got)
		}
	})
}
