package api_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

// TestDeathsThroughTheAPI takes somebody on a list of deaths to the cancellation.
func TestDeathsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		dead := o.Person(t)
		c := o.Certificate(t, dead, "2030-01-01")
		alive := o.Person(t)
		o.Certificate(t, alive, "2030-01-01")
		list := `{"kind":"death","source":"县公安局","lines":[{"name":"` + dead.Name + `","number":"` + string(dead.Number) + `","happened":"2020-01-05"},{"name":"短号","number":"5331"},
			{"name":"` + alive.Name + `","number":"` + string(alive.Number) + `","happened":"2020-01-06"}]}`
		if a := p.call(access.Approver, "POST", "/api/v1/departures", list); a.status != http.StatusForbidden {
			t.Errorf("an approver hands a list in: %d", a.status)
		}
		if got := p.must(200, access.Clerk, "POST", "/api/v1/departures", list); got.field("matched") != "2" || got.field("rejected") != "1" || got.field("rows") != "3" {
			t.Errorf("taken: %s", got.text)
		}
		both := p.must(200, access.Clerk, "GET", "/api/v1/departures", "")
		wrong := regexp.MustCompile(`"id":"([^"]+)"[^}]*"certificate":"[^"]*"[^}]*"happened":"2020-01-06"`).FindStringSubmatch(both.text)
		if len(wrong) != 2 {
			t.Fatalf("listed: %s", both.text)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/departures/dismiss", `{"ids":["`+wrong[1]+`"],"reason":" "}`); a.status != http.StatusUnprocessableEntity {
			t.Errorf("dismissed without a reason: %d %s", a.status, a.text)
		}
		p.must(204, access.Clerk, "POST", "/api/v1/departures/dismiss", `{"ids":["`+wrong[1]+`"],"reason":"经入户核实本人健在"}`)
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
