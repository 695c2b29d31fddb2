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
