package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/testbed"
)

func TestFilesOfPeopleThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, who := newProgram(t, o), o.Person(t)
		a := o.Case(t, who, application.Delivered)
		p.must(422, access.Clerk, "POST", "/api/v1/applications/"+string(a.ID)+"/file", `{}`)
		p.must(200, access.Clerk, "POST", "/api/v1/applications/"+string(a.ID)+"/file", `{"reason":"原件在乡镇"}`)
		got := p.must(200, access.Clerk, "GET", "/api/v1/dossiers?no=533103-CJ", "")
		if !strings.Contains(got.text, `"no":"533103-CJ·2020-D30-0001"`) || !strings.Contains(got.text, `"box":"533103-H·2020-D30-001"`) {
			t.Errorf("%s", got.text)
		}
		one := "/api/v1/dossiers/" + string(who.ID)
		p.must(200, access.Clerk, "GET", one, "")
		p.must(422, access.Clerk, "POST", one+"/loans", `{"borrower":"","unit":"","reason":""}`)
		p.must(204, access.Clerk, "POST", one+"/loans", `{"borrower":"测试借阅人","unit":"市残联","reason":"抽查"}`)
		p.must(409, access.Clerk, "POST", one+"/loans", `{"borrower":"测试借阅人","unit":"市残联","reason":"抽查"}`)
		p.must(403, access.Village, "GET", one, "")
	})
}
