package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestOldCardsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		if got := p.must(200, access.Discipline, "GET", "/api/v1/recalls", ""); !strings.Contains(got.text, `"items":[]`) {
			t.Errorf("kept: %s", got.text)
		}
		if got := p.must(200, access.Discipline, "GET", "/api/v1/recalls/cancelled", ""); !strings.Contains(got.text, `"items":[]`) {
			t.Errorf("owed: %s", got.text)
		}
		back := `{"certificates":["x"],"day":"2020-04-01","obtained":true}`
		if a := p.call(access.Approver, "POST", "/api/v1/recalls/take", back); a.status != http.StatusNotFound {
			t.Errorf("one that is not there: %d %s", a.status, a.text)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/recalls/take", strings.Replace(back, `"x"`, "", 1)); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, "请勾选证件") {
			t.Errorf("none: %d %s", a.status, a.text)
		}
		order := `{"cards":["x"],"day":"2019-01-01","way":"粉碎","first":"甲","second":"乙"}`
		if a := p.call(access.Approver, "POST", "/api/v1/recalls/destroy", order); a.status != http.StatusForbidden {
			t.Errorf("an approver: %d %s", a.status, a.text)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/recalls/destroy", strings.Replace(order, "2019-01-01", "morgen", 1)); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, "不能晚于今天") {
			t.Errorf("on no day: %d %s", a.status, a.text)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/recalls/destroy", order); a.status != http.StatusConflict {
			t.Errorf("a card that nobody handed in: %d %s", a.status, a.text)
		}
	})
}
