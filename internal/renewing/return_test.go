package renewing_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lapse"
	"hefa/internal/registry"
	"hefa/internal/renewing"
	"hefa/internal/testbed"
)

// TestWhoeverComesBackAfterACancellationKeepsTheirHistory cancels a lapsed certificate, waits out the year and opens a new application: the person is the same
// record, with the cancelled certificate and why it ended and the letters that went out.
func TestWhoeverComesBackAfterACancellationKeepsTheirHistory(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, town, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Township), testbed.As(access.Clerk)
		lapses(t, o, desk, 1)
		l := put(t, desk, renewing.LapseFilter{})[0]
		o.Until("2020-04-29")
		if _, err := desk.CancelLapses(t.Context(), testbed.As(access.Approver), []lapse.ID{l.Lapse.ID}); err != nil {
			t.Fatal(err)
		}
		before, err := registry.New(o.DB, o.Files).Person(t.Context(), clerk, l.Person.ID)
		if err != nil {
			t.Fatal(err)
		}
		again := casework.Opening{Person: before.Person, Request: application.Request{Matter: application.New, Wanted: []certificate.Category{certificate.Physical},
			Origin: application.Counter}}
		office := casework.New(o.DB, o.Files)
		o.Until("2021-04-28")
		if _, err := office.OpenApplication(t.Context(), town, again); fault.Of(err) != fault.Invalid {
			t.Errorf("a new application within the year: %v", err)
		}
		o.Until("2021-04-29")
		if _, err := office.OpenApplication(t.Context(), town, again); err != nil {
			t.Fatalf("no new application after the year: %v", err)
		}
		f, err := registry.New(o.DB, o.Files).Person(t.Context(), clerk, l.Person.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Certificates) != 1 || f.Certificates[0].ID != l.Certificate.ID || f.Certificates[0].State != certificate.Cancelled || f.Certificates[0].Reason != certificate.Unrenewed {
			t.Errorf("the certificate that was cancelled: %+v", f.Certificates)
		}
		if len(f.Cases) != len(before.Cases)+1 || len(f.Lines) < len(before.Lines) {
			t.Errorf("%d cases and %d lines, before %d and %d", len(f.Cases), len(f.Lines), len(before.Cases), len(before.Lines))
		}
		letters, err := desk.PersonReminders(t.Context(), clerk, l.Person.ID)
		if err != nil || len(letters.Reminders) == 0 {
			t.Errorf("the letters that went out: %+v, %v", letters, err)
		}
	})
}
