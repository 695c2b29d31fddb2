package api_test

import (
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/org"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestDoctorsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		l := p.must(200, access.Health, "GET", "/api/v1/doctors?limit=1", "")
		if l.field("items.0.may") != "true" || l.field("items.0.version") != "1" {
			t.Errorf("the list %s", l.text)
		}
		at := "/api/v1/doctors/" + l.field("items.0.id")
		if a := p.call(access.Health, "POST", at, `{"categories":[],"licence":"","standing":"employed","version":1}`); a.status != 422 || !strings.Contains(a.text, "licence") {
			t.Errorf("empty papers: %d %s", a.status, a.text)
		}
		retired := `{"categories":["4"],"licence":"Z1","standing":"retired","version":1}`
		if a := p.call(access.Hospital, "POST", at, retired); a.status != 403 {
			t.Errorf("corrected by the hospital: %d", a.status)
		}
		p.must(204, access.Health, "POST", at, retired)
		if a := p.call(access.Health, "POST", at, retired); a.status != 409 {
			t.Errorf("corrected on an old version: %d", a.status)
		}
		if l := p.must(200, access.Clerk, "GET", "/api/v1/doctors", ""); l.field("items.0.may") != "false" || l.field("items.0.standing") != "retired" {
			t.Errorf("the list %s", l.text)
		}
	})
}

func TestGradesAreComparedThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddGrades(application.Application{ID: "case", Region: testbed.Village}, store.Graded{Assessment: "a", Hospital: org.ID(testbed.As(access.Doctor).Org), Spent: map[string]time.Duration{"d": 4 * time.Minute}},
				assessment.Conclusion{On: o.Today(), Findings: []assessment.Finding{{Category: certificate.Physical, Level: certificate.Third, Meets: true, Doctor: "d"}}})
		})
		got := p.must(200, access.City, "GET", "/api/v1/watch/grades?by=category&share=met", "")
		if !strings.Contains(got.text, `"name":"肢体"`) || !strings.Contains(got.text, `"standing":"inside"`) || !strings.Contains(got.text, `"levels":[0,0,1,0]`) {
			t.Errorf("%s", got.text)
		}
		if got := p.must(200, access.City, "GET", "/api/v1/watch/grades?share=quick", ""); got.field("items.0.timed") != "1" || got.field("items.0.quick") != "1" || got.field("items.0.median_seconds") != "240" {
			t.Errorf("%s", got.text)
		}
		p.must(422, access.City, "GET", "/api/v1/watch/grades?by=age", "")
		p.must(403, access.Clerk, "GET", "/api/v1/watch/grades", "")
		p.must(404, access.City, "GET", "/api/v1/watch/grades?region=110101", "")
	})
}
