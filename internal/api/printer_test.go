package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestPrintersThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		const sheet = `"name":"卡机","width":2100,"height":2970,"places":[{"x":100,"y":200},{"x":1100,"y":200}],"front":{"x":-5,"y":10},"back":{"x":3,"y":0},"mirrored":true`
		if a := p.call(access.Clerk, "POST", "/api/v1/printers", `{"make":"book",`+sheet+`}`); a.status != 422 || !strings.Contains(a.text, "places") {
			t.Errorf("books where only cards fit: %d %s", a.status, a.text)
		}
		made := p.must(200, access.Clerk, "POST", "/api/v1/printers", `{"make":"card",`+sheet+`}`)
		if made.field("make") != "card" || made.field("places.0.x") != "100" || made.field("front.x") != "-5" || made.field("version") != "1" || made.field("county") != "533103" {
			t.Errorf("set up %s", made.text)
		}
		at := "/api/v1/printers/" + made.field("id")
		changed := p.must(200, access.Clerk, "POST", at, `{"version":1,"retired":true,`+strings.Replace(sheet, `"x":-5`, `"x":7`, 1)+`}`)
		if changed.field("front.x") != "7" || changed.field("retired") != "true" || changed.field("make") != "card" {
			t.Errorf("changed %s", changed.text)
		}
		if a := p.call(access.Clerk, "POST", at, `{"version":1,`+sheet+`}`); a.status != 409 && a.status != 412 {
			t.Errorf("an old version: %d %s", a.status, a.text)
		}
		if all := p.must(200, access.Clerk, "GET", "/api/v1/printers", ""); all.field("items.0.name") != "卡机" {
			t.Errorf("the list %s", all.text)
		}
		if a := p.call(access.Township, "GET", "/api/v1/printers", ""); a.status != 403 {
			t.Errorf("a township reads them: %d", a.status)
		}
	})
}
