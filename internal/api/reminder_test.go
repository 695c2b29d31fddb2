package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/policy"
	"hefa/internal/testbed"
)

// TestALetterThroughTheAPI takes a reminder from the round to the answer of its person.
func TestALetterThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		o.Certificate(t, o.Person(t), "2020-09-01")
		if _, err := p.desks.Renewing.RemindAll(t.Context(), access.Program(), ""); err != nil {
			t.Fatal(err)
		}
		list := p.must(200, access.Village, "GET", "/api/v1/reminders?step=6&state=made", "")
		id := list.field("items.0.id")
		if list.field("items.0.no") != "533103-2020-T0000001" || list.field("items.0.due") != "2020-09-01" {
			t.Fatalf("the list: %s", list.text)
		}
		at := "/api/v1/reminders/" + id
		if a := p.call(access.Village, "POST", at+"/send", `{"channel":"hand","sent":"2020-05-01"}`); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, `"sent"`) {
			t.Errorf("sent next month: %d %s", a.status, a.text)
		}
		p.must(200, access.Village, "POST", at+"/send", `{"channel":"hand","sent":"2020-04-01"}`)
		if got := p.must(200, access.Village, "POST", at+"/receive", `{"received":"2020-04-01","signer":"guardian"}`).field("state"); got != "received" {
			t.Errorf("after the slip it is %s", got)
		}
		reached := p.must(200, access.Village, "GET", at, "").field("person.id")
		p.must(200, access.Village, "POST", "/api/v1/people/"+reached+"/attempts", `{"day":"2020-04-01","way":"phone","party":[{"name":"岩旺","post":"delegate"}],"result":"refuses"}`)
		if got := p.must(200, access.Village, "GET", at, ""); got.field("urges") != "1" || got.field("offer") != "mobilise" {
			t.Errorf("urged: %s", got.text)
		}
		if got := p.must(200, access.Township, "POST", at+"/answer", `{"reason":"away"}`).field("offer"); got != "remote" {
			t.Errorf("the offer is %s", got)
		}
		p.must(409, access.Village, "POST", "/api/v1/reminders/scans?received=2020-04-01&name=a.jpg", "no picture")
		p.must(422, access.Village, "POST", "/api/v1/reminders/scans?received=2030-04-01&name=a.jpg", "no picture")
		if got := p.must(200, access.Clerk, "GET", "/api/v1/reminders/villages", ""); !strings.Contains(got.text, `"received":1`) {
			t.Errorf("the villages: %s", got.text)
		}
		if a := p.call(access.Village, "GET", "/api/v1/reminders/letters.pdf", ""); a.status != http.StatusForbidden {
			t.Errorf("a village worker printed all: %d", a.status)
		}
		if a := p.call(access.Township, "GET", "/api/v1/reminders/letters.pdf?reading=large", ""); a.status != http.StatusOK || !strings.HasPrefix(a.text, "%PDF") {
			t.Errorf("the letters: %d %.300s", a.status, a.text)
		}
		if a := p.call(access.Village, "GET", "/api/v1/reminders/letters.zip", ""); a.status != http.StatusForbidden {
			t.Errorf("a village worker took all files: %d", a.status)
		}
		if a := p.call(access.Township, "GET", "/api/v1/reminders/letters.zip", ""); a.status != http.StatusOK || !strings.HasPrefix(a.text, "PK") {
			t.Errorf("the files: %d %.300s", a.status, a.text)
		}
		if a := p.must(200, access.Village, "GET", "/api/v1/forms/survey?rows=40", ""); !strings.HasPrefix(a.text, "%PDF") {
			t.Errorf("the blank survey: %.300s", a.text)
		}
		p.must(422, access.Village, "GET", "/api/v1/forms/survey?rows=501", "")
		p.must(404, access.Village, "GET", "/api/v1/forms/nothing", "")
		if got := p.must(200, access.City, "GET", "/api/v1/reminders/reasons?region=533103", ""); !strings.Contains(got.text, `"counts":{"away":1},"total":1`) {
			t.Errorf("the reasons: %s", got.text)
		}
		o.Policy(t, policy.BaseEstimate, "100")
		if got := p.must(200, access.City, "GET", "/api/v1/reminders/year?region=533103", ""); got.field("holding.estimated") != "100" || strings.Contains(got.text, `"expected"`) {
			t.Errorf("the outlook: %s", got.text)
		}
		if got := p.must(200, access.City, "GET", "/api/v1/reminders/year?region=533103", ""); !strings.Contains(got.text, `"2020-09":1`) || !strings.Contains(got.text, `"lost":-1`) {
			t.Errorf("the year: %s", got.text)
		}
		who := o.Person(t)
		made := p.must(201, access.Township, "POST", "/api/v1/reminders", `{"kind":"flow","person":"`+string(who.ID)+`"}`)
		if made.field("kind") != "flow" || made.field("due") != "" {
			t.Errorf("made by hand: %s", made.text)
		}
		if a := p.call(access.Doctor, "GET", at, ""); a.status != http.StatusForbidden {
			t.Errorf("a doctor reads it: %d", a.status)
		}
	})
}
