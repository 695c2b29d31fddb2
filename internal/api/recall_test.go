package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/store"
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

func TestCardsOfTheCancelledThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		c := o.Certificate(t, o.Person(t), "2020-12-31")
		o.Update(t, access.Reviewer, func(tx *store.Tx) (err error) {
			if c, err = tx.Certificate(c.ID); err != nil {
				return err
			}
			if err := c.End(certificate.Wish, tx.Today()); err != nil {
				return err
			}
			return tx.SaveCertificate(access.DepartureApply, c)
		})
		cancelled := o.Today()
		o.Wait(3)
		says := func(path string, want ...string) {
			t.Helper()
			got := p.must(200, access.Clerk, "GET", "/api/v1/recalls"+path, "").text
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("%s lacks %s: %s", path, w, got)
				}
			}
		}
		order := func(day, more string) string {
			return fmt.Sprintf(`{"certificates":[%q],"day":%q,%s}`, c.ID, day, more)
		}
		says("/cancelled", string(c.ID), `"cancelled":"`+string(cancelled)+`"`)
		if a := p.call(access.Clerk, "POST", "/api/v1/recalls/take", order(string(o.Today()), `"obtained":true,"reason":"家属称已随葬"`)); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, "不能登记为已收回") {
			t.Errorf("given back with a reason why not: %d %s", a.status, a.text)
		}
		p.must(204, access.Clerk, "POST", "/api/v1/recalls/take", order(string(o.Today()), `"obtained":false,"reason":"家属称已随葬"`))
		says("/cancelled?given=true", string(c.ID), `"reason":"家属称已随葬"`)
		says("/cancelled", `"items":[]`)
		p.must(204, access.Clerk, "POST", "/api/v1/recalls/retract", fmt.Sprintf(`{"certificates":[%q],"obtained":false}`, c.ID))
		says("/cancelled", string(c.ID))
		p.must(204, access.Clerk, "POST", "/api/v1/recalls/take", order(string(cancelled.Add(1)), `"obtained":true`))
		says("", `"card":"`+string(c.ID)+`"`, `"handed":"`+string(cancelled.Add(1))+`"`, `"cancelled":true`)
		p.must(204, access.Clerk, "POST", "/api/v1/recalls/retract", fmt.Sprintf(`{"certificates":[%q],"obtained":true}`, c.ID))
		says("", `"items":[]`)
	})
}
