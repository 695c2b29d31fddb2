package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

// TestALapseThroughTheAPI takes an overdue certificate from its public notice over an objection to its cancellation and onto the stop list.
func TestALapseThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		c := o.Certificate(t, o.Person(t), "2020-04-20")
		if _, err := p.desks.Renewing.RemindAll(t.Context(), access.Program(), ""); err != nil {
			t.Fatal(err)
		}
		letter := p.must(200, access.Village, "GET", "/api/v1/reminders", "").field("items.0.id")
		p.must(200, access.Village, "POST", "/api/v1/reminders/"+letter+"/send", `{"channel":"read","sent":"2020-04-01"}`)
		o.Until("2020-04-21")
		if got := p.must(200, access.Township, "GET", "/api/v1/lapses/candidates", ""); got.field("items.0.certificate") != string(c.ID) || !strings.Contains(got.text, `"told":true`) {
			t.Fatalf("the candidates: %s", got.text)
		}
		o.Certificate(t, o.Person(t), "2019-12-31")
		if got := p.must(200, access.Township, "POST", "/api/v1/lapses/tell", `{"region":"`+string(testbed.Township)+`"}`).field("made"); got != "1" {
			t.Errorf("%s letters were made", got)
		}
		order := `{"region":"` + string(testbed.Township) + `","certificates":["` + string(c.ID) + `"]}`
		if a := p.call(access.Approver, "POST", "/api/v1/lapses", order); a.status != http.StatusForbidden {
			t.Errorf("the approver put it up: %d %s", a.status, a.text)
		}
		p.must(201, access.Township, "POST", "/api/v1/lapses", order)
		id := p.must(200, access.Reviewer, "GET", "/api/v1/lapses?state=announced", "").field("items.0.id")
		at := "/api/v1/lapses/" + id
		if got := p.must(200, access.Township, "POST", at+"/object", `{"text":"此人常年在家"}`).field("state"); got != "disputed" {
			t.Errorf("after the objection it is %s", got)
		}
		p.must(200, access.Reviewer, "POST", at+"/resolve", `{"decision":"dismiss","reason":"三次上门均不愿办理"}`)
		cancel := `{"lapses":["` + id + `"]}`
		if got := p.must(200, access.Approver, "POST", "/api/v1/lapses/cancel", cancel); !strings.Contains(got.text, `"done":false`) || !strings.Contains(got.text, "2020-04-28") && !strings.Contains(got.text, "4月28日") {
			t.Errorf("cancelled while the notice runs: %s", got.text)
		}
		o.Until("2020-04-29")
		if got := p.must(200, access.Approver, "POST", "/api/v1/lapses/cancel", cancel); !strings.Contains(got.text, `"done":true`) {
			t.Errorf("not cancelled: %s", got.text)
		}
		if got := p.must(200, access.Clerk, "GET", "/api/v1/certificates/"+string(c.ID), ""); got.field("state") != "cancelled" || got.field("reason") != "unrenewed" {
			t.Errorf("the certificate: %s", got.text)
		}
		if a := p.call(access.Clerk, "GET", "/api/v1/lapses/stops.xlsx?from=2020-04-01&to=2020-04-30", ""); a.status != http.StatusOK || !strings.HasPrefix(a.text, "PK") {
			t.Errorf("the stop list: %d", a.status)
		}
		if a := p.call(access.Clerk, "POST", at+"/drop", `{"reason":"迟了"}`); a.status != http.StatusConflict {
			t.Errorf("taken off after its cancellation: %d %s", a.status, a.text)
		}
	})
}
