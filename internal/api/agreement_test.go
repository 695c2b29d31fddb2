package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestAgreementsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		text := `{"hospital":"hospital-533103","parties":"甲、乙","from":"2020-01-01","to":"2020-05-01","categories":["4"],"doctors":"甲 主治医师"`
		if a := p.call(access.Clerk, "POST", "/api/v1/agreements", strings.Replace(text, "2020-05-01", "2019-05-01", 1)+"}"); a.status != 422 || !strings.Contains(a.text, `to`) {
			t.Errorf("ends before it begins: %d %s", a.status, a.text)
		}
		if a := p.call(access.Health, "POST", "/api/v1/agreements", text+"}"); a.status != 403 {
			t.Errorf("entered by the health commission: %d", a.status)
		}
		l := p.must(200, access.Clerk, "POST", "/api/v1/agreements", text+"}")
		if l.field("items.1.county") != "533103" || l.field("items.1.name") == "" {
			t.Errorf("the list %s", l.text)
		}
		at := "/api/v1/agreements/agreement-hospital-533103"
		p.must(200, access.Clerk, "POST", at, text+`,"version":1}`)
		if a := p.call(access.Clerk, "POST", at, text+`,"version":1}`); a.status != 409 {
			t.Errorf("changed on an old version: %d", a.status)
		}
		l = p.must(200, access.Hospital, "GET", "/api/v1/agreements?limit=1", "")
		if l.field("items.0.valid") != "true" || l.field("items.0.ends") != "true" || l.field("next") == "" {
			t.Errorf("the list %s", l.text)
		}
	})
}
