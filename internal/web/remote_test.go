package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// mp4 is the least that passes for a whole video.
const mp4 = "\x00\x00\x00\x10ftypisom0000\x00\x00\x00\x0cmoovmeta\x00\x00\x00\x0cmdatview"

func TestARemoteAssessmentOnItsPages(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		id := string(s.accepted(t, certificate.Physical).ID)
		at := "/applications/" + id
		township, doctor, village := s.as(access.Township), s.as(access.Doctor), s.as(access.Village)
		township.get(t, at).want(t, http.StatusOK, at+"/pathway")
		township.get(t, at+"/remote").want(t, http.StatusOK, "没有确定为线上评残", at+"/pathway")
		township.get(t, at+"/pathway").want(t, http.StatusOK, "建议：集中评残或门诊", "芒政办发〔2020〕23号四（三）；M37", "长期瘫痪在床").lacks(t, "住地边远")
		choice := form("inpatient", "no", "immobile", "yes", "ground", "bedridden", "do", "propose", "version", "0")
		township.post(t, at+"/pathway", choice).want(t, http.StatusOK, "建议：线上评残", "线上评残（材料、视频）（建议）")
		choice.Set("do", "choose")
		choice.Set("path", "remote")
		choice.Set("organiser", "还在")
		township.post(t, at+"/pathway", choice).want(t, http.StatusUnprocessableEntity, "请写明病情和不能出门的情况", "请填写监护人或代理人姓名", `value="还在"`)
		choice.Del("organiser")
		choice.Set("reason", "瘫痪在床八年")
		choice.Set("guardian", "测试监护")
		choice.Set("relation", "儿子")
		township.post(t, at+"/pathway", choice).follow(t).want(t, http.StatusOK, "已确定评残方式", "登记本人或监护人同意取证", "上传：影像")
		township.post(t, at+"/pathway", choice).want(t, http.StatusConflict)
		village.post(t, at+"/pathway", choice).want(t, http.StatusForbidden)

		village.upload(t, at+"/evidence", form("kind", "video"), sent{"file", "右下肢.mp4", []byte(mp4)}).want(t, http.StatusUnprocessableEntity, "不能取证")
		village.post(t, at+"/remote", form("do", "consent")).want(t, http.StatusUnprocessableEntity, "请选择由谁同意", "请填写同意人姓名")
		village.post(t, at+"/remote", form("do", "consent", "giver", "guardian", "name", "测试监护", "manner", "written", "video", "yes")).follow(t).want(t, http.StatusOK, "已登记同意", "测试监护（监护人）")
		village.upload(t, at+"/evidence", form("kind", "video", "shows", "右下肢抬高", "taken", "昨天"), sent{"file", "右下肢.mp4", []byte(mp4)}).
			want(t, http.StatusUnprocessableEntity, "请填写拍摄的日期和时间", `value="昨天"`, "右下肢抬高</textarea>")
		for kind, content := range map[string][]byte{"video": []byte(mp4), "photo": slip(t).content, "document": []byte("%PDF-1.7\n%%EOF\n")} {
			village.upload(t, at+"/evidence", form("kind", kind, "shows", "右下肢", "taken", "2020-03-31", "taken_at", "9:30", "taker", "测试联络员"), sent{"file", "证据." + kind, content}).
				follow(t).want(t, http.StatusOK, "材料已存入本件", "2020-03-31 09:30:00")
		}
		township.post(t, "/applications/"+id+"/schedule", form("session", s.session(t, "central", 3))).want(t, http.StatusUnprocessableEntity, "不能排入“集中评残”")
		remote := s.session(t, "remote", 3)
		township.post(t, at+"/schedule", form("session", remote)).follow(t).want(t, http.StatusOK)
		s.office.Until("2020-04-02")
		doctor.get(t, at+"/assess").want(t, http.StatusOK, "线上评残：由测试监护（儿子）代办", at+"/remote")
		seen := doctor.get(t, at+"/remote").want(t, http.StatusOK, "右下肢", "测试联络员", "退回补充材料")
		link := regexp.MustCompile(`href="(` + at + `/attachments/[^"]+)"[^>]*>影像`).FindStringSubmatch(seen.body)
		if link == nil {
			t.Fatal(seen.body)
		}
		file := doctor.get(t, link[1]).want(t, http.StatusOK)
		if file.body != mp4 || file.header.Get("Content-Type") != "video/mp4" || !strings.Contains(file.header.Get("Content-Security-Policy"), "media-src 'self'") {
			t.Errorf("the video: %q, %v", file.body, file.header)
		}
		doctor.post(t, at+"/remote", form("do", "ask", "reason", "暗")).want(t, http.StatusUnprocessableEntity, "请写明缺什么")
		doctor.post(t, at+"/remote", form("do", "ask", "reason", "右手看不清")).follow(t).want(t, http.StatusOK, "已退回乡镇补充材料")
		doctor.get(t, at+"/remote").want(t, http.StatusNotFound)
		township.get(t, "/pathways").want(t, http.StatusOK, "待补充材料", "线上评残", "测试监护")
		township.get(t, at+"/remote").want(t, http.StatusOK, "医院", "右手看不清", "答复医院的补充要求")
		township.post(t, at+"/remote", form("do", "answer")).want(t, http.StatusUnprocessableEntity, "没有补充新材料的，请说明原因")
		township.post(t, at+"/remote", form("do", "answer", "reply", "病人不能再动")).follow(t).want(t, http.StatusOK, "已答复")
		township.post(t, at+"/remote", form("do", "withdraw")).follow(t).want(t, http.StatusOK, "已撤回")
		township.post(t, at+"/remote", form("do", "dance")).want(t, http.StatusUnprocessableEntity)
		township.get(t, "/pathways/list.xlsx?as=utf8").want(t, http.StatusOK, "测试监护")
		s.as(access.Doctor).get(t, "/pathways").want(t, http.StatusForbidden)
	})
}

// session is a new session of 风平镇 on 2020-04-02, by its id.
func (s *site) session(t *testing.T, kind string, seats int) string {
	t.Helper()
	clerk := s.as(access.Clerk)
	clerk.post(t, "/sessions", url.Values{"region": {"533103105"}, "hospital": {testbed.As(access.Doctor).Org}, "kind": {kind}, "day": {"2020-04-02"}, "capacity": {string(rune('0' + seats))}}).
		follow(t).want(t, http.StatusOK)
	var id string
	s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
		all, err := tx.Sessions(store.SessionFilter{From: "2020-04-02", Limit: 9})
		for _, l := range all {
			if string(l.Kind) == kind {
				id = string(l.ID)
			}
		}
		return err
	})
	return id
}

func TestRecordsAreBroughtOnTheirPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		at := "/applications/" + string(s.accepted(t, certificate.Mental).ID) + "/pathway"
		township := s.as(access.Township)
		township.get(t, at).want(t, http.StatusOK, "建议：统一组织、分批评定（精神）", "M35")
		choice := form("inpatient", "yes", "immobile", "yes", "path", "records", "do", "choose", "version", "0", "guardian", "测试监护", "relation", "母亲")
		township.post(t, at, choice).want(t, http.StatusUnprocessableEntity, "请填写村第一书记姓名")
		choice.Set("secretary", "测试书记")
		township.post(t, at, choice).follow(t).want(t, http.StatusOK, "收取：", "核对病历原件", "由监护人和村第一书记带病历原件")
		choice.Set("original", "yes")
		choice.Set("version", "1")
		township.post(t, at, choice).follow(t).want(t, http.StatusOK, "原件核对人")
	})
}
