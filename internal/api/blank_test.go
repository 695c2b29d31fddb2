package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestTheBookOfBlanksThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		p.must(200, access.Clerk, "POST", "/api/v1/blanks/receive", `{"kind":"book-green","first":"yn 0001","count":10,"supplier":"云南省残联"}`)
		if a := p.call(access.Clerk, "POST", "/api/v1/blanks/receive", `{"kind":"book-green","first":"YN0010","count":2,"supplier":"云南省残联"}`); a.status != 409 {
			t.Errorf("a serial received twice: %d %s", a.status, a.text)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/blanks/issue", `{"first":"YN","count":0,"desk":""}`); a.status != 422 || !strings.Contains(a.text, "count") {
			t.Errorf("blanks without digits: %d %s", a.status, a.text)
		}
		p.must(200, access.Clerk, "POST", "/api/v1/blanks/issue", `{"first":"YN0001","count":4,"desk":"1 号台"}`)
		p.must(200, access.Clerk, "POST", "/api/v1/blanks/return", `{"first":"YN0004","count":1,"reason":"多领"}`)
		p.must(200, access.Clerk, "POST", "/api/v1/blanks/lose", `{"serial":"YN0003","reason":"不见","witness":"测试见证"}`)
		if a := p.call(access.Clerk, "POST", "/api/v1/blanks/close", `{"desk":"1 号台","counted":{"book-green":3}}`); a.status != 422 {
			t.Errorf("closed on a wrong count: %d %s", a.status, a.text)
		}
		done := p.must(200, access.Clerk, "POST", "/api/v1/blanks/close", `{"desk":"1 号台","counted":{"book-green":2}}`)
		if done.field("kinds.0.received") != "10" || done.field("kinds.0.states.stock") != "7" || done.field("desks.0.done") != "true" {
			t.Errorf("the book %s", done.text)
		}
		page := p.must(200, access.Reviewer, "GET", "/api/v1/blanks?state=stock&limit=1", "")
		if page.field("items.0.serial") != "YN0004" || page.field("next") != "YN0004" {
			t.Errorf("the list %s", page.text)
		}
		if a := p.call(access.Township, "GET", "/api/v1/blanks/book", ""); a.status != 403 && a.status != 404 {
			t.Errorf("a township reads the county's book: %d", a.status)
		}
	})
}
