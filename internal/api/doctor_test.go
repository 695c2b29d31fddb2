package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
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
