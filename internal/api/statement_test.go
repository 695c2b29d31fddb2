package api_test

import (
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestSignedPapersThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, who := newProgram(t, o), o.Person(t)
		const all = "/api/v1/statements"
		p.must(422, access.Township, "POST", all, `{"kind":"survey","count":999}`)
		p.must(403, access.Doctor, "POST", all, `{"kind":"survey"}`)
		made := p.must(201, access.Township, "POST", all, `{"kind":"survey","count":3}`)
		id := regexp.MustCompile(`"id":"([^"]+)"`).FindStringSubmatch(made.text)[1]
		if got := p.must(200, access.Township, "GET", all+"?kind=survey&state=out&limit=2", ""); strings.Count(got.text, `"issue":"`+id) != 2 || !strings.Contains(got.text, `533103-2020-F000003`) {
			t.Errorf("%s", got.text)
		}
		if got := p.must(200, access.Township, "GET", all+"/"+id+"/forms", ""); !strings.HasPrefix(got.text, "%PDF") {
			t.Errorf("%.80q", got.text)
		}
		p.must(404, access.Township, "GET", all+"/"+id+"/proof?reason=%E6%A0%B8%E5%AF%B9%E7%AD%BE%E5%90%8D", "")
		p.must(422, access.Township, "POST", all+"/"+id+"/people", `{"number":"1"}`)
		if got := p.must(200, access.Township, "POST", all+"/"+id+"/people", `{"number":"`+string(who.Number)+`"}`); !strings.Contains(got.text, string(who.ID)) {
			t.Errorf("%s", got.text)
		}
		p.must(422, access.Township, "POST", all+"/"+id+"/end", `{"do":"spoil","reason":""}`)
		p.must(200, access.Township, "POST", all+"/"+id+"/end", `{"do":"spoil","reason":"淋湿了"}`)
		p.must(409, access.Township, "POST", all+"/"+id+"/end", `{"do":"revoke","reason":"改主意了"}`)
	})
}
