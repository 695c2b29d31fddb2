package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/testbed"
)

func TestEndedFilesThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, who := newProgram(t, o), o.Person(t)
		a := o.Case(t, who, application.Delivered)
		p.must(200, access.Clerk, "POST", "/api/v1/applications/"+string(a.ID)+"/file", `{"reason":"原件在乡镇"}`)
		lists := "/api/v1/appraisals"
		p.must(409, access.Clerk, "POST", lists, `{"head":"组长","members":["甲","乙"]}`)
		o.Wait(365 * 40)
		p = newProgram(t, o)
		p.must(422, access.Clerk, "POST", lists, `{"head":"","members":["甲"]}`)
		p.must(403, access.Approver, "POST", lists, `{"head":"组长","members":["甲","乙"]}`)
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(p.must(200, access.Clerk, "POST", lists, `{"head":"组长","members":["甲","乙"]}`).text), &made); err != nil {
			t.Fatal(err)
		}
		if got := p.must(200, access.Discipline, "GET", lists, ""); !strings.Contains(got.text, `"no":"533103-2060-JD01"`) {
			t.Errorf("%s", got.text)
		}
		one := lists + "/" + made.ID
		p.must(204, access.Clerk, "POST", one+"/files", `{"files":["`+string(who.ID)+`"],"verdict":"destroy"}`)
		p.must(204, access.Clerk, "POST", one+"/propose", "")
		p.must(204, access.Approver, "POST", one+"/decide", `{"grant":true}`)
		order := `{"day":"` + string(o.Today()) + `","way":"粉碎","first":"监销人甲","second":"监销人乙"}`
		p.must(422, access.Clerk, "POST", one+"/destroy", strings.Replace(order, "粉碎", "", 1))
		p.must(204, access.Clerk, "POST", one+"/destroy", order)
		if got := p.must(200, access.Clerk, "GET", one+"?verdict=destroy", ""); !strings.Contains(got.text, `"state":"done"`) || !strings.Contains(got.text, string(who.ID)) {
			t.Errorf("%s", got.text)
		}
	})
}
