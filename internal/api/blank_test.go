package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/store"
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

func TestACodeIsCheckedThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		p.must(422, access.Poverty, "POST", "/api/v1/certificates/verify", `{"code":"HEFA1.x"}`)
		p.must(422, access.Poverty, "POST", "/api/v1/certificates/verify", `{"code":""}`)
		a := o.Case(t, o.Person(t), application.Review)
		o.Update(t, access.Approver, func(tx *store.Tx) (err error) {
			if a, err = tx.Application(a.ID); err != nil {
				return err
			}
			a.State, a.Approved, a.Category, a.Level = application.Approved, o.Today(), certificate.Physical, certificate.Third
			return tx.SaveApplication(access.ApplicationApprove, application.Review, a, "")
		})
		p.must(200, access.Clerk, "POST", "/api/v1/applications/"+string(a.ID)+"/print", `{}`)
		var qr string
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			a, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			k, err := tx.CardOf(a)
			qr = k.Face.QR
			return err
		})
		got := p.must(200, access.Poverty, "POST", "/api/v1/certificates/verify", `{"code":"`+qr+`"}`)
		if got.field("holds") != "false" || got.field("level") != "3" {
			t.Errorf("a card that was not handed over: %s", got.text)
		}
	})
}
