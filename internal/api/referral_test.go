package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/person"
	"hefa/internal/testbed"
)

func TestAReferralThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		number := string(person.MakeNumber("533199", "1971-03-02", 778))
		asked := `{"matter":"cancel","cause":"wish","stated":"不再需要","wanted":["4"],"home":"533102","person":{"name":"测试外来人","number":"` + number + `","region":"` + string(testbed.Village) + `"}}`
		if got := p.call(access.Township, "POST", "/api/v1/applications", strings.Replace(asked, "533102", "533103", 1)); got.status != http.StatusUnprocessableEntity {
			t.Errorf("of this county: %d %s", got.status, got.text)
		}
		at := "/api/v1/applications/" + p.must(201, access.Township, "POST", "/api/v1/applications", asked).field("id")
		p.must(200, access.Township, "POST", at+"/submit", `{}`)
		p.must(200, access.Township, "POST", at+"/accept", `{"sighted":["identity","request","old","residence"]}`)
		if got := p.call(access.Clerk, "POST", at+"/send", `{"registered":" "}`); got.status != http.StatusUnprocessableEntity {
			t.Errorf("without the register's address: %d %s", got.status, got.text)
		}
		one := "/api/v1/referrals/" + p.must(200, access.Clerk, "POST", at+"/send", `{"registered":"瑞丽市 8 号"}`).field("referral")
		if got := p.must(200, access.Clerk, "GET", "/api/v1/referrals?side=host", ""); got.field("items.0.state") != "sent" || strings.Contains(got.text, number) || strings.Contains(got.text, "null") {
			t.Error(got.text)
		}
		p.must(204, access.Clerk, "POST", one+"/recall", `{"reason":"补材料"}`)
		p.must(200, access.Clerk, "POST", at+"/send", `{"registered":"瑞丽市 8 号"}`)
		for _, path := range []string{"/return", "/decline"} {
			if got := p.call(access.Clerk, "POST", one+path, `{"reason":"x"}`); got.status != http.StatusNotFound {
				t.Errorf("%s by the county that took it: %d %s", path, got.status, got.text)
			}
		}
		p.must(204, access.Clerk, "POST", one+"/confirm", `{"outcome":"arrived","receipt":"3 号"}`)
		if got := p.call(access.Clerk, "POST", one+"/hand", `{"receiver":"测试外来人"}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, "note") {
			t.Errorf("the old one neither handed in nor explained: %d %s", got.status, got.text)
		}
		if got := p.call(access.Clerk, "POST", one+"/hand", `{"receiver":"测试外来人","recalled":true,"means":"post"}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, "tracking") {
			t.Errorf("by post without a number: %d %s", got.status, got.text)
		}
		p.must(204, access.Clerk, "POST", one+"/hand", `{"receiver":"测试外来人","recalled":true,"means":"home"}`)
		if got := p.must(200, access.Clerk, "GET", one, ""); got.field("state") != "done" {
			t.Error(got.text)
		}
		if got := p.call(access.Clerk, "POST", one+"/receive", ""); got.status != http.StatusConflict {
			t.Errorf("received afterwards: %d %s", got.status, got.text)
		}
	})
}
