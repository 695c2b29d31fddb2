package api_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/testbed"
)

// film is the least that passes for a whole video.
const film = "\x00\x00\x00\x10ftypisom0000\x00\x00\x00\x0cmoovmeta\x00\x00\x00\x0cmdatview"

func TestARemoteCaseThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		a := o.Case(t, o.Person(t), application.Accepted)
		at := "/api/v1/applications/" + string(a.ID)
		if got := p.must(200, access.Township, "GET", at+"/pathway", ""); got.field("path") != "" || got.field("proposed") != "central" {
			t.Error(got.text)
		}
		if got := p.call(access.Township, "PUT", at+"/pathway", `{"path":"remote","ground":"bedridden"}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, "guardian") {
			t.Errorf("without a guardian: %d %s", got.status, got.text)
		}
		got := p.must(200, access.Township, "PUT", at+"/pathway", `{"path":"remote","ground":"bedridden","reason":"瘫痪在床八年","guardian":"测试监护","relation":"儿子"}`)
		if got.field("proposed") != "remote" || !strings.Contains(got.text, "登记本人或监护人同意取证") {
			t.Error(got.text)
		}
		if got := p.call(access.Township, "PUT", at+"/pathway", `{"path":"central","reason":"改为集中"}`); got.status != http.StatusConflict {
			t.Errorf("on an old version: %d %s", got.status, got.text)
		}
		piece := `{"kind":"video","shows":"右下肢抬高","taker":"测试联络员","taken":"2020-03-31T01:30:00Z","name":"右下肢.mp4","content":"` + base64.StdEncoding.EncodeToString([]byte(film)) + `"}`
		if got := p.call(access.Village, "POST", at+"/remote/evidence", piece); got.status != http.StatusConflict {
			t.Errorf("without consent: %d %s", got.status, got.text)
		}
		p.must(200, access.Village, "POST", at+"/remote/consent", `{"giver":"guardian","name":"测试监护","manner":"written","video":true}`)
		got = p.must(200, access.Village, "POST", at+"/remote/evidence", piece)
		if got.field("evidence.0.kind") != "video" || len(got.field("evidence.0.hash")) != 64 || got.field("video") != "true" {
			t.Error(got.text)
		}
		large := strings.Replace(piece, base64.StdEncoding.EncodeToString([]byte(film)), base64.StdEncoding.EncodeToString([]byte(film[:28]+"\x00\x20\x00\x08mdat"+strings.Repeat("v", 2<<20))), 1)
		p.must(200, access.Village, "POST", at+"/remote/evidence", large)
		if got := p.call(access.Township, "POST", at+"/remote/answer", `{"text":"没有更多"}`); got.status != http.StatusConflict {
			t.Errorf("nothing was asked: %d %s", got.status, got.text)
		}
		if got := p.call(access.Doctor, "POST", at+"/remote/ask", `{"text":"右手看不清"}`); got.status != http.StatusNotFound {
			t.Errorf("asked by a hospital that does not call: %d %s", got.status, got.text)
		}
		if got := p.must(200, access.Clerk, "GET", "/api/v1/pathways?path=remote", ""); got.field("items.0.application") != string(a.ID) {
			t.Error(got.text)
		}
		p.must(200, access.Village, "POST", at+"/remote/consent", `{"withdraw":true}`)
		if got := p.must(200, access.Township, "GET", at+"/remote", ""); got.field("consent") != "false" {
			t.Error(got.text)
		}
	})
}
