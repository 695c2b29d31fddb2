package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/testbed"
)

func TestSessionsAndToursThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		a := o.Case(t, o.Person(t), application.Accepted)
		plan := `{"region":"533103105","hospital":"hospital-533103","kind":"home","day":"2020-04-02","capacity":2}`
		if got := p.call(access.Township, "POST", "/api/v1/sessions", plan); got.status != http.StatusForbidden {
			t.Errorf("a township plans: %d", got.status)
		}
		made := p.must(200, access.Clerk, "POST", "/api/v1/sessions", plan).field("id")
		tour := `{"from":"2020-04-02","hospitals":["hospital-533103"],"capacity":50,"townships":["533103104","533103105"]%s}`
		got := p.must(200, access.Clerk, "POST", "/api/v1/sessions/tour", strings.Replace(tour, "%s", "", 1))
		if !strings.Contains(got.text, `"days":["2020-04-03"]`) || !strings.Contains(got.text, `"region":"533103105","waiting":1,"due":"2020-04-01","days":["2020-04-07"],"late":true`) {
			t.Errorf("a tour: %s", got.text)
		}
		if got := p.must(200, access.Clerk, "GET", "/api/v1/sessions", ""); got.field("items.0.id") != made || strings.Count(got.text, `"id"`) != 1 {
			t.Errorf("a proposal was kept: %s", got.text)
		}
		p.must(200, access.Clerk, "POST", "/api/v1/sessions/tour", strings.Replace(tour, "%s", `,"save":true`, 1))
		first := p.must(200, access.Clerk, "GET", "/api/v1/sessions?limit=2", "")
		if rest := p.must(200, access.Clerk, "GET", "/api/v1/sessions?limit=2&after="+first.field("next"), ""); rest.field("items.0.region") != "533103105" || rest.field("next") != "" {
			t.Errorf("the second page: %s", rest.text)
		}
		p.must(200, access.Township, "POST", "/api/v1/applications/"+string(a.ID)+"/schedule", `{"session":"`+made+`"}`)
		if got := p.call(access.Township, "POST", "/api/v1/applications/"+string(a.ID)+"/miss", `{"why":"ill"}`); got.status != http.StatusConflict {
			t.Errorf("missed before the day: %d %s", got.status, got.text)
		}
		o.Wait(1)
		if got := p.must(200, access.Township, "POST", "/api/v1/applications/"+string(a.ID)+"/miss", `{"why":"ill"}`); got.field("state") != "accepted" {
			t.Errorf("missed: %s", got.text)
		}
	})
}

func TestASessionIsMovedThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		a := o.Case(t, o.Person(t), application.Accepted)
		at := "/api/v1/sessions/" + p.must(200, access.Clerk, "POST", "/api/v1/sessions", `{"region":"533103105","hospital":"hospital-533103","kind":"central","day":"2020-04-02","capacity":2}`).field("id")
		p.must(200, access.Township, "POST", at+"/seats", `{"applications":["`+string(a.ID)+`"]}`)
		got := p.must(200, access.Clerk, "GET", at, "")
		if got.field("applications.0") != string(a.ID) || got.field("waiting") != "1" || got.field("blocked") != "0" {
			t.Fatalf("the session: %s", got.text)
		}
		change := `{"day":"2020-04-03","capacity":3,"starts":"9:00","version":` + got.field("version") + `}`
		p.must(403, access.Township, "PUT", at, change)
		if got := p.must(200, access.Clerk, "PUT", at, change); got.field("day") != "2020-04-03" || got.field("capacity") != "3" || got.field("starts") != "9:00" {
			t.Errorf("moved: %s", got.text)
		}
		p.must(409, access.Clerk, "PUT", at, change)
		o.Declare(t, testbed.As(access.Doctor), a.Person)
		if got := p.must(200, access.Township, "GET", at, ""); got.field("blocked_cases.0.id") != string(a.ID) || !strings.Contains(got.field("blocked_cases.0.why"), "N22") {
			t.Errorf("blocked: %s", got.text)
		}
		p.must(404, access.Clerk, "GET", "/api/v1/sessions/none", "")
	})
}

func TestSeatsThroughTheAPINameWhoIsLeftOut(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		kin, rest := o.Case(t, o.Person(t), application.Accepted), o.Case(t, o.Person(t), application.Accepted)
		o.Declare(t, testbed.As(access.Doctor), kin.Person)
		at := "/api/v1/sessions/" + p.must(200, access.Clerk, "POST", "/api/v1/sessions", `{"region":"533103105","hospital":"hospital-533103","kind":"home","day":"2020-04-02","capacity":9}`).field("id") + "/seats"
		alone, both := `{"applications":["`+string(kin.ID)+`"]}`, `{"applications":["`+string(kin.ID)+`","`+string(rest.ID)+`"]}`
		got := p.must(200, access.Township, "POST", at, both)
		if got.field("seated.0") != string(rest.ID) || got.field("left_out.0.id") != string(kin.ID) || got.field("left_out.0.doctors.0") != "测试doctor" || !strings.Contains(got.field("left_out.0.why"), "N22") {
			t.Errorf("two at once: %s", got.text)
		}
		o.Employ(t, "colleague", "测试同事", certificate.Physical)
		if got := p.must(200, access.Township, "POST", at, alone); got.field("seated.0") != string(kin.ID) || got.field("recused.0.doctors.0") != "测试doctor" {
			t.Errorf("with a colleague: %s", got.text)
		}
	})
}

func TestWhatSomebodyNeedsOnTheDayThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		at := "/api/v1/applications/" + string(o.Case(t, o.Person(t), application.Submitted).ID)
		got := p.must(200, access.Township, "POST", at+"/accept", `{"sighted":["identity","household","photo","form","records"],"aids":["wheelchair"]}`)
		if got.field("aids.0") != "wheelchair" || got.field("aids_version") != "1" {
			t.Errorf("accepted: %s", got.text)
		}
		if got := p.must(200, access.Village, "POST", at+"/aid", `{"aids":["sign"],"version":1}`); got.field("aids.0") != "sign" {
			t.Errorf("noted: %s", got.text)
		}
		p.must(409, access.Village, "POST", at+"/aid", `{"aids":[],"version":1}`)
		p.must(422, access.Village, "POST", at+"/aid", `{"aids":["horse"],"version":2}`)
	})
}
