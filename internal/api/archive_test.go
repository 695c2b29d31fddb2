package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/store"
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
		marksOfFiles(p, o, who)
		p.must(422, access.Clerk, "POST", one+"/loans", `{"borrower":"","unit":"","reason":""}`)
		p.must(204, access.Clerk, "POST", one+"/loans", `{"borrower":"测试借阅人","unit":"市残联","reason":"抽查"}`)
		p.must(409, access.Clerk, "POST", one+"/loans", `{"borrower":"测试借阅人","unit":"市残联","reason":"抽查"}`)
		p.must(403, access.Village, "GET", one, "")
	})
}

// marksOfFiles marks a paper of a case that waits, files it, and lifts the mark.
func marksOfFiles(p *program, o *testbed.Office, who person.Person) {
	p.t.Helper()
	a, one := o.Case(p.t, who, application.Delivered), "/api/v1/dossiers/"+string(who.ID)
	o.Update(p.t, access.Clerk, func(tx *store.Tx) error { return tx.Sight(a, []string{"form"}) })
	at := "/api/v1/applications/" + string(a.ID)
	name := "paper form " + string(a.Opened) + " " + lang.T("paper.form")
	p.must(422, access.Clerk, "POST", at+"/mark-paper", `{"paper":"nothing","flaw":"wrong","reason":"x"}`)
	p.must(200, access.Clerk, "POST", at+"/mark-paper", `{"paper":"`+name+`","flaw":"wrong","reason":"是其弟的申请表"}`)
	if got := p.must(200, access.Clerk, "GET", "/api/v1/dossiers/lacks?flaw=wrong", ""); got.field("items.0.reason") != "是其弟的申请表" || got.field("items.0.application") != string(a.ID) {
		p.t.Errorf("the list: %s", got.text)
	}
	p.must(200, access.Clerk, "POST", at+"/file", `{"reason":"原件遗失"}`)
	got := p.must(200, access.Clerk, "GET", one, "")
	if got.field("marks.0.flaw") != "wrong" || !strings.Contains(got.text, `"flaw":"wrong"`) {
		p.t.Errorf("the file: %s", got.text)
	}
	mark := one + "/marks/" + got.field("marks.0.id") + "/lift"
	p.must(422, access.Clerk, "POST", mark, `{"answer":" "}`)
	p.must(403, access.Village, "POST", mark, `{"answer":"已换"}`)
	p.must(204, access.Clerk, "POST", mark, `{"answer":"已换"}`)
	p.must(422, access.Clerk, "POST", one+"/marks", `{"application":"`+string(a.ID)+`","paper":"","flaw":"wrong","reason":"x"}`)
	p.must(204, access.Clerk, "POST", one+"/marks", `{"application":"`+string(a.ID)+`","paper":"`+name+`","flaw":"unsigned","reason":"未签"}`)
}

// TestWhatEndedIsFiledThroughTheAPI lists a declined case that should have been filed, and files it for a reason.
func TestWhatEndedIsFiledThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, who := newProgram(t, o), o.Person(t)
		a := o.Case(t, who, application.Declined)
		one := `{"ends":[{"kind":"case","id":"` + string(a.ID) + `"}]`
		if got := p.must(200, access.Clerk, "GET", "/api/v1/dossiers/ends?kind=case", ""); got.field("items.0.id") != string(a.ID) || got.field("items.0.state") != "declined" {
			t.Errorf("%s", got.text)
		}
		p.must(422, access.Clerk, "POST", "/api/v1/dossiers/ends", `{"ends":[]}`)
		p.must(422, access.Clerk, "POST", "/api/v1/dossiers/ends", one+`}`)
		p.must(403, access.Reviewer, "POST", "/api/v1/dossiers/ends", one+`,"reason":"原件已退还"}`)
		p.must(204, access.Clerk, "POST", "/api/v1/dossiers/ends", one+`,"reason":"原件已退还"}`)
		if got := p.must(200, access.Clerk, "GET", "/api/v1/dossiers/ends", ""); strings.Contains(got.text, string(a.ID)) {
			t.Errorf("%s", got.text)
		}
	})
}
