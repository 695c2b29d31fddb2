package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestMessagesThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		if got := p.call(access.Clerk, "POST", "/api/v1/messages/campaign", `{}`); got.status != http.StatusConflict {
			t.Errorf("where messages are off: %d %s", got.status, got.text)
		}
		o.Policy(t, policy.MessageOn, "yes")
		p.must(202, access.Clerk, "POST", "/api/v1/messages/campaign", `{"poor":true}`)
		o.Certificate(t, o.Person(t), "2030-01-01")
		if n, err := outreach.New(o.DB, nil).TextCampaign(t.Context(), access.Program(), outreach.Audience{Region: testbed.County}, "spring"); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		got := p.must(200, access.Reviewer, "GET", "/api/v1/messages?state=queued", "")
		if got.field("items.0.phone") != "139****0000" || strings.Contains(got.text, "13900000000") {
			t.Error(got.text)
		}
		at := "/api/v1/messages/" + got.field("items.0.id")
		if got := p.call(access.Clerk, "POST", at+"/report", `{"delivered":true}`); got.status != http.StatusConflict {
			t.Errorf("reported before it went out: %d %s", got.status, got.text)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			m, err := tx.Message(message.ID(got.field("items.0.id")))
			if err != nil {
				return err
			}
			if err := m.Taken("77", tx.Now()); err != nil {
				return err
			}
			return tx.SaveMessage(access.MessageSend, m, "")
		})
		p.must(204, access.Clerk, "POST", at+"/report", `{"delivered":false,"why":"空号"}`)
		p.must(204, access.Clerk, "POST", at+"/retry", "")
		p.must(204, access.Township, "POST", "/api/v1/messages/refused", `{"phone":"13900000000"}`)
		if got := p.call(access.Township, "POST", "/api/v1/messages/refused", `{"phone":"1"}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, "phone") {
			t.Errorf("%d %s", got.status, got.text)
		}
	})
}
