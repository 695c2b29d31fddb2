package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestAHouseholdThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		a, b := o.Person(t), o.Person(t)
		at, today := "/api/v1/people/"+string(a.ID)+"/", string(o.Today())
		if got := p.must(200, access.Township, "GET", at+"household", ""); got.field("version") != "0" || strings.Contains(got.text, "null") {
			t.Errorf("nothing kept: %s", got.text)
		}
		if got := p.call(access.Reviewer, "PUT", at+"life", `{"version":0}`); got.status != http.StatusForbidden {
			t.Errorf("a reviewer: %d", got.status)
		}
		if got := p.call(access.Township, "PUT", at+"life", `{"marital":"other","version":0}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, "marital") {
			t.Errorf("%d %s", got.status, got.text)
		}
		p.must(200, access.Township, "PUT", at+"life", `{"marital":"married","education":"junior","version":0}`)
		if got := p.must(200, access.Township, "POST", at+"household", `{"number":"`+string(b.Number)+`"}`); got.field("members.1.id") == "" || strings.Contains(got.text, string(b.Number)) {
			t.Errorf("joined: %s", got.text)
		}
		got := p.must(200, access.Township, "POST", at+"supports", `{"kind":"lifted","from":"`+today+`"}`)
		p.must(200, access.Township, "POST", at+"supports/"+got.field("supports.0.id")+"/end", `{"on":"`+today+`"}`)
		got = p.must(200, access.Township, "POST", at+"helpers", `{"role":"contact","name":"测试责任人","from":"`+today+`"}`)
		if got = p.must(200, access.Township, "POST", at+"helpers/"+got.field("helpers.0.id")+"/end", `{"on":"`+today+`"}`); got.field("helpers.0.to") != today || got.field("supports.0.to") != today {
			t.Errorf("ended: %s", got.text)
		}
		p.must(200, access.Township, "POST", at+"household", `{}`)
		changes := p.must(200, access.Township, "GET", at+"changes", "")
		if changes.field("items.0.field") != "household" || changes.field("items.0.before") != b.Name || changes.field("items.0.after") != "" || changes.field("items.0.by") == "" {
			t.Errorf("changes: %s", changes.text)
		}
	})
}
