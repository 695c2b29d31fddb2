package demo_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/day"
	"hefa/internal/demo"
	"hefa/internal/files"
	"hefa/internal/testbed"
)

// A newcomer who signs in as the doctor finds the case on the list of sessions, with its consent and three pieces of evidence that can be opened; on a day off it waits
// for the next working day.
func TestARemoteCaseWaitsForItsDoctor(t *testing.T) {
	t.Parallel()
	for today, want := range map[day.Day]day.Day{demo.Plan: demo.Plan, "2026-11-22": "2026-11-23"} {
		t.Run(string(today), func(t *testing.T) {
			t.Parallel()
			keys := testbed.Keys()
			db := keyed(t, today, keys)
			folder, err := files.Open(t.TempDir(), keys)
			if err != nil {
				t.Fatal(err)
			}
			if err := demo.Remote(t.Context(), db, folder); err != nil {
				t.Fatal(err)
			}
			desk := assessing.New(db, folder)
			doctor := access.Actor{Account: "demo-shi-guke", Name: "演示医生乙", Role: access.Doctor, Region: demo.County, Org: "demo-hospital-shi"}
			l, err := desk.Sessions(t.Context(), doctor, assessing.Filter{Limit: 9})
			if err != nil || len(l.Lines) == 0 || l.Lines[0].Kind != "remote" || l.Lines[0].Waiting != 1 || l.Lines[0].Day != want {
				t.Fatalf("the doctor's sessions: %+v, %v", l.Lines, err)
			}
			d, err := desk.Session(t.Context(), doctor, l.Lines[0].ID)
			if err != nil || len(d.Cases) != 1 || d.Cases[0].Application.State != application.Scheduled {
				t.Fatalf("the day: %+v, %v", d.Cases, err)
			}
			r, err := desk.Remote(t.Context(), doctor, d.Cases[0].Application.ID)
			if err != nil || len(r.Items) != 3 || !r.Way.Consent.Holds() || !r.Way.Consent.Video || r.CanAsk != (want == today) {
				t.Errorf("the evidence: %+v, %v", r, err)
			}
			for _, i := range r.Items {
				if c, err := folder.Open(i.File.Hash); err != nil {
					t.Errorf("%s: %v", i.Shows, err)
				} else if err := c.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
