package registry_test

import (
	"bytes"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/disclosure"
	"hefa/internal/fault"
	"hefa/internal/registry"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// end cancels a certificate on a day.
func end(t *testing.T, o *testbed.Office, c certificate.Certificate, why certificate.Reason, on day.Day) {
	t.Helper()
	if err := c.End(why, on); err != nil {
		t.Fatal(err)
	}
	o.Update(t, access.Approver, func(tx *store.Tx) error { return tx.SaveCertificate(access.DepartureApply, c) })
}

func TestTheStopListHoldsEveryCancellationAndWholeNumbersOnlyBySomebodyElse(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk)
		dead, lapsed, early, again, valid := o.Person(t), o.Person(t), o.Person(t), o.Person(t), o.Person(t)
		end(t, o, o.Certificate(t, dead, "2030-01-01"), certificate.Death, "2020-03-02")
		end(t, o, o.Certificate(t, lapsed, "2019-01-01"), certificate.Unrenewed, "2020-03-31")
		end(t, o, o.Certificate(t, early, "2030-01-01"), certificate.Wish, "2020-02-28")
		end(t, o, o.Certificate(t, again, "2030-01-01"), certificate.Twice, "2020-03-03")
		o.Certificate(t, again, "2030-01-01")
		o.Certificate(t, valid, "2030-01-01")
		var b bytes.Buffer
		if err := desk.ExportStops(ctx, clerk, registry.StopFilter{From: "2020-03-01", To: "2020-03-31"}, sheet.Out{To: &b, As: sheet.UTF8}); err != nil {
			t.Fatal(err)
		}
		for name, in := range map[string]bool{dead.Name: true, lapsed.Name: true, early.Name: false, again.Name: false, valid.Name: false, string(dead.Number): false, dead.Number.Masked(): true, "死亡": true} {
			if strings.Contains(b.String(), name) != in {
				t.Errorf("%s on the list: %v", name, !in)
			}
		}
		if err := desk.ExportStops(ctx, testbed.As(access.Township), registry.StopFilter{}, sheet.Out{To: &b, As: sheet.XLSX}); fault.Of(err) != fault.Forbidden {
			t.Errorf("a township took the list out: %v", err)
		}
		id, err := desk.AskDisclosure(ctx, clerk, disclosure.Disclosure{Columns: disclosure.Stops, Reason: "核停两项补贴", Receiver: "县民政局",
			Filter: disclosure.Filter{State: certificate.Cancelled, Ended: "2020-03-01", EndedTo: "2020-03-31"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.TakeDisclosure(ctx, clerk, id, sheet.UTF8, &b); fault.Of(err) != fault.Refused {
			t.Errorf("whole numbers without a second person: %v", err)
		}
		if err := desk.JudgeDisclosure(ctx, testbed.As(access.Approver), id, true, ""); err != nil {
			t.Fatal(err)
		}
		b.Reset()
		if err := desk.TakeDisclosure(ctx, clerk, id, sheet.UTF8, &b); err != nil {
			t.Fatal(err)
		}
		for name, in := range map[string]bool{string(dead.Number): true, string(lapsed.Number): true, "2020-03-31": true, early.Name: false, again.Name: false, clerk.Name: true} {
			if strings.Contains(b.String(), name) != in {
				t.Errorf("%s among whole numbers: %v", name, !in)
			}
		}
	})
}
