package job_test

import (
	"testing"

	"hefa/internal/day"
	"hefa/internal/job"
)

func TestALeapOfTheClockIsToldFromSleep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		last, today day.Day
		want        job.Leap
	}{
		{"", "2026-11-30", job.Steady},
		{"2026-11-30", "2026-11-30", job.Steady},
		{"2026-11-30", "2026-12-01", job.Steady},
		{"2026-11-30", "2027-01-14", job.Steady}, // 45 days
		{"2026-11-30", "2027-01-15", job.Ahead},
		{"2026-11-30", "2027-11-30", job.Ahead},
		{"2024-02-29", "2034-02-28", job.Ahead},
		{"2026-11-30", "2026-11-29", job.Back},
		{"2024-03-01", "2024-02-29", job.Back},
		{"2034-02-28", "2024-02-29", job.Back},
	} {
		if got := job.LeapOf(c.last, c.today); got != c.want {
			t.Errorf("%s after %q: %v, want %v", c.today, c.last, got, c.want)
		}
	}
}
