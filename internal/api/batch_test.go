package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestABatchIsDispatchedAndReceivedThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		a := o.Case(t, o.Person(t), application.Approved)
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			a, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			a.Approved, a.Category, a.Level, a.Assessed = o.Today(), certificate.Physical, certificate.Third, o.Today()
			return tx.SaveApplication(access.ApplicationApprove, a.State, a, "")
		})
		id, err := p.desks.Records.PrepareBatch(t.Context(), testbed.As(access.Clerk), testbed.Township, []application.ID{a.ID})
		if err != nil {
			t.Fatal(err)
		}
		at := "/api/v1/batches/" + string(id)
		if got := p.call(access.Clerk, "POST", at+"/dispatch", `{}`); got.status != http.StatusConflict {
			t.Errorf("unprinted: %d %s", got.status, got.text)
		}
		if err := p.desks.Records.PrintApplication(t.Context(), testbed.As(access.Clerk), a.ID, ""); err != nil {
			t.Fatal(err)
		}
		for _, left := range []string{"2020-02-31", "1.4.", "2020-4-1"} {
			if got := p.call(access.Clerk, "POST", at+"/dispatch", `{"left":"`+left+`"}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, `"left"`) {
				t.Errorf("left on %s: %d %s", left, got.status, got.text)
			}
		}
		if got := p.call(access.Clerk, "GET", "/api/v1/certificates?region=533103105&expires_from=2020-02-31", ""); got.status != http.StatusUnprocessableEntity {
			t.Errorf("a day that is none in a condition: %d %s", got.status, got.text)
		}
		p.must(200, access.Clerk, "POST", at+"/dispatch", `{"left":"","seal":"000123","bearer":"县邮政"}`)
		if got := p.call(access.Township, "POST", at+"/receive", `{"count":0,"whole":true}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, "note") {
			t.Errorf("a short one without a word: %d %s", got.status, got.text)
		}
		if got := p.must(200, access.Township, "POST", at+"/receive", `{"count":1,"whole":true}`); got.field("received") != string(o.Today()) || strings.Contains(got.text, "null") {
			t.Error(got.text)
		}
		if got := p.must(200, access.Township, "GET", "/api/v1/batches", ""); got.field("items.0.seal") != "000123" {
			t.Error(got.text)
		}
		o.Wait(40)
		if got := p.must(200, access.City, "GET", "/api/v1/cards/pace?region=533103", ""); got.field("townships.0.pace.waiting_late") != "1" || got.field("sum.waiting_most") != "40" {
			t.Error(got.text)
		}
		p.must(409, access.City, "GET", "/api/v1/cards/pace", "")
		p.must(422, access.Clerk, "GET", "/api/v1/cards/pace?since=2020-13-01", "")
	})
}
