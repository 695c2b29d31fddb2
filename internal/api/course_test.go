package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/attachment"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/session"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// number is an invented identity number of a man born on 4 May 1961.
var number = person.MakeNumber("533199", "1961-05-04", 777)

const everything = `{"sighted":["identity","household","photo","form","records"]}`

func opening(n person.Number) string {
	return `{"matter":"new","wanted":["4"],"person":{"name":"测试甲","number":"` + string(n) + `","region":"` + string(testbed.Village) + `","phone":"13900000000"}}`
}

// TestTheWholeCourseThroughTheAPI opens a case and takes it to the shelf with the accounts that a county has.
func TestTheWholeCourseThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		id := p.must(201, access.Township, "POST", "/api/v1/applications", opening(number)).field("id")
		act := func(role access.Role, name, body, state string) {
			t.Helper()
			if got := p.must(200, role, "POST", "/api/v1/applications/"+id+"/"+name, body).field("state"); got != state {
				t.Fatalf("after %s the case is %s, want %s", name, got, state)
			}
		}
		act(access.Township, "submit", "{}", "submitted")
		act(access.Township, "return", `{"missing":["photo"],"note":"照片不清"}`, "returned")
		act(access.Township, "submit", "{}", "submitted")
		act(access.Township, "accept", everything, "accepted")
		s, err := p.desks.Assessing.PlanSession(t.Context(), testbed.As(access.Clerk), session.Session{Region: testbed.Township,
			Hospital: org.ID("hospital-" + testbed.County), Kind: session.Central, Day: "2020-04-02", Place: "测试", Capacity: 10})
		if err != nil {
			t.Fatal(err)
		}
		act(access.Township, "schedule", `{"session":"`+string(s)+`"}`, "scheduled")
		o.Until("2020-04-02")
		conclusion := `{"findings":[{"category":"4","level":"3","meets":true,"findings":"左小腿缺失","cause":"外伤","values":{"adl":"3","origin":"amputation","leftleg-lost":"thigh"}}],"second":"测试医生乙"}`
		if a := p.call(access.Doctor, "POST", "/api/v1/applications/"+id+"/assess", conclusion); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, "second") {
			t.Errorf("a second name without the paper: %d %s", a.status, a.text)
		}
		p.sheet(id)
		act(access.Doctor, "assess", conclusion, "assessed")
		act(access.Township, "announce", "{}", "announced")
		act(access.Township, "object", `{"text":"此人情况需要核实"}`, "disputed")
		act(access.Reviewer, "resolve", `{"decision":"dismissed","reason":"入户核实无误"}`, "announced")
		if a := p.call(access.Township, "POST", "/api/v1/applications/"+id+"/close", "{}"); a.status != http.StatusConflict {
			t.Errorf("closed while the notice runs: %d %s", a.status, a.text)
		}
		o.Until("2020-04-14")
		act(access.Township, "close", "{}", "review")
		act(access.Reviewer, "review", `{"note":"材料齐全"}`, "reviewed")
		act(access.Approver, "approve", "{}", "approved")
		act(access.Clerk, "print", `{"serial":"K000001"}`, "printed")
		act(access.Clerk, "dispatch", "{}", "dispatched")
		act(access.Township, "deliver", `{"receiver":"测试甲"}`, "delivered")
		act(access.Clerk, "file", `{"reason":"测试"}`, "closed")
		p.holds(id)
	})
}

// holds looks at what the course left behind: the timeline, the certificate, the person.
func (p *program) holds(id string) {
	p.t.Helper()
	read := p.must(200, access.Township, "GET", "/api/v1/applications/"+id, "")
	if n := strings.Count(read.text, `"act":"application.`); n < 14 {
		p.t.Errorf("the timeline has %d lines: %s", n, read.text)
	}
	list := p.must(200, access.Township, "GET", "/api/v1/certificates?region="+string(testbed.Township)+"&expires_from=2030-01-01&expires_to=2030-12-31&limit=50", "")
	if list.field("items.0.standing") != "valid" || list.field("items.0.expires") != "2030-04-13" {
		p.t.Errorf("certificates: %s", list.text)
	}
	one := p.must(200, access.Clerk, "GET", "/api/v1/certificates/"+list.field("items.0.id"), "")
	if strings.Contains(one.text, string(number)) || one.field("application") != id {
		p.t.Errorf("a certificate shows its whole number or not its case: %s", one.text)
	}
	people := p.must(200, access.Township, "GET", "/api/v1/people?q="+string(number), "")
	if people.field("items.0.name") != "测试甲" {
		p.t.Errorf("people: %s", people.text)
	}
}

func TestAFailureIsAProblemThatNamesItsFields(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		wrong := p.call(access.Township, "POST", "/api/v1/applications", opening(number[:17]+"9"))
		if wrong.status != 422 || wrong.header.Get("Content-Type") != "application/problem+json" || wrong.field("errors.0.field") != "number" {
			t.Errorf("wrong number: %d %s %s", wrong.status, wrong.header, wrong.text)
		}
		cases := map[string]struct {
			role         access.Role
			method, path string
			body         string
			status       int
		}{
			"nobody":              {"", "GET", "/api/v1/people?q=x", "", 401},
			"a role without it":   {access.Doctor, "POST", "/api/v1/applications", opening(number), 403},
			"no such case":        {access.Township, "GET", "/api/v1/applications/none", "", 404},
			"a broken body":       {access.Township, "POST", "/api/v1/applications", "{", 400},
			"a field that is not": {access.Township, "POST", "/api/v1/applications", `{"matter":"gift"}`, 422},
			"outside the area":    {access.Township, "GET", "/api/v1/certificates?region=533102", "", 404},
		}
		for name, c := range cases {
			a := p.call(c.role, c.method, c.path, c.body)
			if a.status != c.status || a.header.Get("Content-Type") != "application/problem+json" || a.field("detail") == "" {
				t.Errorf("%s: %d %s %s", name, a.status, a.header.Get("Content-Type"), a.text)
			}
		}
	})
}

func TestAnIdempotencyKeyDoesItOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		first := p.call(access.Township, "POST", "/api/v1/applications", opening(number), "Idempotency-Key", "k1")
		again := p.call(access.Township, "POST", "/api/v1/applications", opening(number), "Idempotency-Key", "k1")
		if first.status != 201 || again.status != 201 || first.text != again.text || again.header.Get("Idempotent-Replay") != "true" {
			t.Errorf("first %d %s, again %d %s", first.status, first.text, again.status, again.text)
		}
		other := p.call(access.Township, "POST", "/api/v1/applications", opening(person.MakeNumber("533199", "1961-05-04", 779)), "Idempotency-Key", "k1")
		if other.status != 409 {
			t.Errorf("another request under the same key: %d", other.status)
		}
		if without := p.call(access.Township, "POST", "/api/v1/applications", opening(number)); without.status != 409 {
			t.Errorf("a second open case without a key: %d %s", without.status, without.text)
		}
	})
}

func TestTheDescriptionNamesEveryAct(t *testing.T) {
	t.Parallel()
	p := newProgram(t, testbed.Open(t, "sqlite"))
	a := p.must(200, "", "GET", "/api/openapi.json", "")
	if a.field("openapi") != "3.1.0" {
		t.Errorf("version %s", a.field("openapi"))
	}
	for _, act := range []string{"submit", "accept", "return", "schedule", "assess", "announce", "object", "review", "approve", "refuse", "print", "dispatch", "deliver", "file", "withdraw"} {
		if !strings.Contains(a.text, `"/api/v1/applications/{id}/`+act+`"`) {
			t.Errorf("%s is not described", act)
		}
	}
}

// sheet is the scan of a sheet that two doctors signed, which lets a name without an account stand for the second.
func (p *program) sheet(id string) {
	p.t.Helper()
	p.office.Update(p.t, access.Clerk, func(tx *store.Tx) error {
		return tx.AddAttachment(attachment.Attachment{ID: "sheet", Region: testbed.Village, Application: id, Paper: "assessment", Name: "评定表.pdf", Type: "application/pdf"})
	})
}
