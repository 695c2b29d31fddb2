package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
)

func TestLiveVideoOnItsPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		at := "/applications/" + string(s.accepted(t, certificate.Physical).ID)
		township, doctor, village := s.as(access.Township), s.as(access.Doctor), s.as(access.Village)
		village.get(t, at+"/call").want(t, http.StatusOK, "没有确定为线上评残").lacks(t, "call.js", "data-join")
		township.post(t, at+"/pathway", form("path", "remote", "ground", "bedridden", "reason", "瘫痪在床八年", "guardian", "测试监护", "relation", "儿子", "do", "choose", "version", "0")).follow(t)
		village.post(t, at+"/remote", form("do", "consent", "giver", "guardian", "name", "测试监护", "manner", "spoken", "video", "yes")).follow(t).want(t, http.StatusOK, at+"/call")
		for kind, content := range map[string][]byte{"video": []byte(mp4), "photo": slip(t).content, "document": []byte("%PDF-1.7\n%%EOF\n")} {
			village.upload(t, at+"/evidence", form("kind", kind, "shows", "右下肢", "taken", "2020-03-31", "taken_at", "9:30", "taker", "测试联络员"), sent{"file", "证据." + kind, content}).follow(t).want(t, http.StatusOK)
		}
		township.post(t, at+"/schedule", form("session", s.session(t, "remote", 3))).follow(t).want(t, http.StatusOK)
		village.post(t, at+"/call/join", nil).want(t, http.StatusConflict)
		s.office.Until("2020-04-02")
		page := doctor.get(t, at+"/call").want(t, http.StatusOK, "call-", "data-join", "<noscript>", "截图存入本件", at+"/remote")
		if p := page.header.Get("Permissions-Policy"); !strings.HasPrefix(p, "camera=(self), microphone=(self)") || strings.Contains(page.header.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("headers %v", page.header)
		}
		if p := doctor.get(t, at+"/remote").header.Get("Permissions-Policy"); !strings.HasPrefix(p, "camera=()") {
			t.Errorf("another page has %s", p)
		}
		var near, far struct {
			Call, Side, Other string
			Round             int
			Ready             bool
			Relay             struct {
				URLs                 []string
				Username, Credential string
			}
		}
		read := func(a answer, to any) {
			t.Helper()
			if err := json.Unmarshal([]byte(a.want(t, http.StatusOK).body), to); err != nil {
				t.Fatal(err, a.body)
			}
		}
		read(village.post(t, at+"/call/join", nil), &near)
		read(doctor.post(t, at+"/call/join", nil), &far)
		if near.Side != "near" || near.Ready || far.Side != "far" || !far.Ready || far.Call != near.Call || !strings.HasSuffix(near.Relay.Username, near.Call+":near") || near.Relay.Credential == far.Relay.Credential ||
			len(near.Relay.URLs) != 2 {
			t.Errorf("near %+v, far %+v", near, far)
		}
		one := at + "/call/" + far.Call
		doctor.post(t, one+"/say", form("round", "1", "sdp", "v=0 offer")).want(t, http.StatusConflict)
		doctor.post(t, one+"/say", form("round", "2", "sdp", "v=0 offer")).want(t, http.StatusNoContent)
		village.get(t, one).want(t, http.StatusOK, `"offer":"v=0 offer"`, "测试doctor")
		township.get(t, one).want(t, http.StatusNotFound)
		doctor.upload(t, one+"/snapshot", form("shows", "右下肢不能抬起"), sent{"file", "a.jpg", []byte("GIF89a")}).want(t, http.StatusUnprocessableEntity)
		doctor.upload(t, one+"/snapshot", form("shows", "右下肢不能抬起"), slip(t)).want(t, http.StatusNoContent)
		township.upload(t, one+"/snapshot", form("shows", "右下肢不能抬起"), slip(t)).want(t, http.StatusConflict)
		doctor.get(t, at+"/remote").want(t, http.StatusOK, "右下肢不能抬起", "测试doctor在视频中截取", "未结束")
		doctor.post(t, one+"/end", form("outcome", "lost")).want(t, http.StatusUnprocessableEntity)
		doctor.post(t, one+"/end", form("outcome", "weak")).follow(t).want(t, http.StatusOK, "线路太弱，改为凭材料评定", "注明线路太弱")
		doctor.upload(t, one+"/snapshot", form("shows", "右下肢不能抬起"), slip(t)).want(t, http.StatusConflict)
		s.as(access.Reviewer).get(t, at+"/call").want(t, http.StatusForbidden)
	})
}
