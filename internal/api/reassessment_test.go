package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/office"
	"hefa/internal/org"
	"hefa/internal/session"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestAReassessmentThroughTheAPI orders, signs twice and decides; meanwhile nothing of the first result leaves through the API to the doctors.
func TestAReassessmentThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, two := newProgram(t, o), o.OtherDoctors(t)
		a := o.Case(t, o.Person(t), application.Review)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			s := session.Session{ID: "s", Region: testbed.Township, Hospital: org.ID(testbed.As(access.Doctor).Org), Kind: session.Central, Day: o.Today(), Capacity: 9, Taken: 1}
			if err := tx.AddSession(s); err != nil {
				return err
			}
			a.Category, a.Level, a.Assessed, a.Session = certificate.Physical, certificate.Third, o.Today(), "s"
			f := assessment.Finding{Category: certificate.Physical, Level: certificate.Third, Meets: true, Findings: "首评所见", Doctor: testbed.As(access.Doctor).Account, Name: "首评医生"}
			if err := tx.AddAssessment(a, "0", assessment.Conclusion{Findings: []assessment.Finding{f}, First: "首评医生", Second: "首评主任", On: o.Today(), Session: "s"}); err != nil {
				return err
			}
			return tx.SaveApplication(access.ApplicationAssess, a.State, a, "")
		})
		at := "/api/v1/applications/" + string(a.ID)
		order := fmt.Sprintf(`{"hospital":"hospital-other","doctors":["%s","%s"],"day":"%s","reason":"抽查"}`, two[0].Account, two[1].Account, o.Today())
		if got := p.call(access.Approver, "POST", at+"/reassessments", order); got.status != http.StatusForbidden {
			t.Errorf("the county orders: %d %s", got.status, got.text)
		}
		appeal := p.must(200, access.City, "POST", at+"/reassessments", order).field("items.0.id")
		as := func(by access.Actor) func(method, path, body string, want int) string {
			token, err := p.desks.Office.CreateToken(t.Context(), access.Program(), office.TokenOrder{Login: by.Account, Name: "test", Days: 90})
			if err != nil {
				t.Fatal(err)
			}
			return func(method, path, body string, want int) string {
				t.Helper()
				got := p.call("", method, path, body, "Authorization", "Bearer "+token)
				if got.status != want {
					t.Errorf("%s %s: %d %s", method, path, got.status, got.text)
				}
				for _, trace := range []string{"首评", `"level":"3"`, "抽查"} {
					if strings.Contains(got.text, trace) {
						t.Errorf("%s %s tells %s: %s", method, path, trace, got.text)
					}
				}
				return got.text
			}
		}
		first, second := as(two[0]), as(two[1])
		_, id, _ := strings.Cut(first("GET", "/api/v1/reassessments", "", 200), `"id":"`)
		one := "/api/v1/reassessments/" + id[:36]
		for _, path := range []string{at, at + "/appeals", "/api/v1/people/" + string(a.Person)} {
			for _, read := range []func(string, string, string, int) string{first, second} {
				if got := read("GET", path, "", 404); strings.Contains(got, a.No) && a.No != "" {
					t.Error(got)
				}
			}
		}
		findings := `{"findings":[{"category":"4","meets":true,"level":"2","findings":"复评所见","values":` + values(t, testbed.Measured(certificate.Physical, certificate.Second)) + `}]}`
		first("GET", one, "", 200)
		first("POST", one+"/keep", findings, 200)
		first("POST", one+"/sign", findings, 200)
		second("POST", one+"/return", `{"reason":"右手没有写"}`, 200)
		first("POST", one+"/sign", findings, 200)
		first("POST", one+"/countersign", "", 409)
		second("POST", one+"/countersign", "", 200)
		got := p.must(200, access.City, "POST", at+"/appeals/"+appeal+"/reassessment", `{"do":"adopt","text":"复查"}`)
		if got.field("items.0.state") != "changed" || got.field("items.0.result") != "2" || got.field("items.0.origin") != "office" {
			t.Error(got.text)
		}
	})
}

// values is measured findings as JSON.
func values(t *testing.T, v map[string]string) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
