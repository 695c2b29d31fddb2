package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/departure"
	"hefa/internal/registry"
	"hefa/internal/testbed"
)

// TestDeathsThroughTheAPI takes somebody on a list of deaths to the cancellation.
func TestDeathsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		dead := o.Person(t)
		c := o.Certificate(t, dead, "2030-01-01")
		text := "姓名,身份证号,死亡日期\n" + dead.Name + "," + string(dead.Number) + ",2020-01-05\n"
		file := registry.DepartureFile{Region: testbed.County, Kind: departure.Death, Source: "县公安局", Name: "死亡.csv", File: strings.NewReader(text), Size: int64(len(text))}
		if _, err := p.desks.Registry.TakeDepartures(t.Context(), testbed.As(access.Clerk), file); err != nil {
			t.Fatal(err)
		}
		got := p.must(200, access.Reviewer, "GET", "/api/v1/departures?kind=death&state=proposed", "")
		if got.field("items.0.certificate") != string(c.ID) || got.field("items.0.due") != "cancel" || strings.Contains(got.text, string(dead.Number)) {
			t.Fatalf("proposed: %s", got.text)
		}
		order := `{"ids":["` + got.field("items.0.id") + `"]}`
		if a := p.call(access.Clerk, "POST", "/api/v1/departures/apply", order); a.status != http.StatusForbidden {
			t.Errorf("a clerk cancels: %d", a.status)
		}
		if got := p.must(200, access.Approver, "POST", "/api/v1/departures/apply", order); got.field("items.0.done") != "cancel" {
			t.Errorf("applied: %s", got.text)
		}
		if got := p.must(200, access.Approver, "POST", "/api/v1/departures/apply", order); got.field("items.0.done") != "" || !strings.Contains(got.text, "已注销") {
			t.Errorf("applied again: %s", got.text)
		}
		if got := p.must(200, access.Clerk, "GET", "/api/v1/certificates/"+string(c.ID), ""); got.field("reason") != "death" {
			t.Errorf("the certificate: %s", got.text)
		}
	})
}
