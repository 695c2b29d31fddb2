package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestAListWithWholeNumbersThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		holder := o.Person(t)
		o.Certificate(t, holder, "2030-01-01")
		order := `{"columns":["name","number"],"reason":"与民政核对低保","receiver":"县民政局"}`
		if a := p.call(access.Village, "POST", "/api/v1/disclosures", order); a.status != http.StatusForbidden {
			t.Errorf("a village worker: %d", a.status)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/disclosures", `{"columns":["secret"],"reason":"","receiver":""}`); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, "columns") || !strings.Contains(a.text, "reason") {
			t.Errorf("nothing: %d %s", a.status, a.text)
		}
		asked := p.must(200, access.Clerk, "POST", "/api/v1/disclosures", order)
		at := "/api/v1/disclosures/" + asked.field("id")
		if a := p.call(access.Clerk, "POST", at+"/take", ""); a.status != http.StatusConflict {
			t.Errorf("ungranted: %d %s", a.status, a.text)
		}
		if a := p.call(access.Approver, "POST", at+"/judge", `{"grant":false}`); a.status != http.StatusUnprocessableEntity {
			t.Errorf("a denial without a reason: %d %s", a.status, a.text)
		}
		if got := p.must(200, access.Approver, "POST", at+"/judge", `{"grant":true}`); got.field("state") != "granted" || got.field("left") != "2" {
			t.Errorf("granted: %s", got.text)
		}
		if got := p.must(200, access.Clerk, "POST", at+"/take?as=utf8", ""); !strings.Contains(got.text, string(holder.Number)) || !strings.Contains(got.text, asked.field("no")) {
			t.Errorf("the list: %s", got.text)
		}
		if got := p.must(200, access.Reviewer, "GET", "/api/v1/disclosures?state=granted", ""); got.field("items.0.left") != "1" || strings.Contains(got.text, string(holder.Number)) {
			t.Errorf("afterwards: %s", got.text)
		}
	})
}
