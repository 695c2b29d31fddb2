package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/policy"
	"hefa/internal/testbed"
)

// transferOn is the first transfer that a page leads to.
func transferOn(t *testing.T, a answer) string {
	t.Helper()
	m := regexp.MustCompile(`href="(/transfers/[0-9a-f-]{36})"`).FindStringSubmatch(a.body)
	if m == nil {
		t.Fatal("the page leads to no transfer")
	}
	return m[1]
}

// movedOff is the name of somebody whose move to the neighbour county was approved, after a letter that asked for more papers.
func (s *site) movedOff(t *testing.T) string {
	t.Helper()
	desk, town := casework.New(s.office.DB, s.office.Files), testbed.As(access.Township)
	p := s.office.Person(t)
	s.office.Certificate(t, p, "2028-01-01")
	p.Version = 1
	id, err := desk.OpenApplication(t.Context(), town, casework.Opening{Person: p, Whole: true,
		Request: application.Request{Matter: application.Move, Target: testbed.Elsewhere, Origin: application.Counter}})
	for _, do := range []func() error{
		func() error { return err },
		func() error { return desk.SubmitApplication(t.Context(), town, id) },
		func() error { return desk.ReturnApplication(t.Context(), town, id, []string{"household"}, "") },
		func() error { return desk.SubmitApplication(t.Context(), town, id) },
		func() error {
			return desk.AcceptApplication(t.Context(), town, id, casework.Acceptance{Sighted: policy.Papers})
		},
		func() error { return desk.ReviewApplication(t.Context(), testbed.As(access.Reviewer), id, "") },
		func() error { return desk.ApproveApplication(t.Context(), testbed.As(access.Approver), id) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	return p.Name
}

func TestTheNeighbourTakesOverOrSendsBack(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		here, there := s.as(access.Clerk), s.actor(testbed.Stranger(access.Clerk))
		here.get(t, "/transfers").want(t, http.StatusOK, "没有迁入迁出的残疾人证")
		name := s.movedOff(t)
		there.get(t, "/").want(t, http.StatusOK, "人的残疾人证从外县迁来", "/transfers?way=in")
		page := there.get(t, "/transfers?way=in&state=sent").want(t, http.StatusOK, name, "待接收", "芒市")
		in := transferOn(t, page)
		there.get(t, in).want(t, http.StatusOK, "清单与迁出地签名一致", "接收迁入", "退回迁出地", "申请材料补正告知书", "SM3 ").lacks(t, "撤回迁出", "登记回执")
		s.actor(testbed.Stranger(access.Reviewer)).get(t, in).want(t, http.StatusOK, name).lacks(t, "退回迁出地")
		here.get(t, in).want(t, http.StatusNotFound)
		there.post(t, in, url.Values{}).want(t, http.StatusUnprocessableEntity)
		there.post(t, in, url.Values{"do": {"take"}, "address": {"二组 5 号"}}).want(t, http.StatusUnprocessableEntity, "请选择迁入的村（社区）", "请先核对户口簿原件", "二组 5 号")
		there.post(t, in, url.Values{"do": {"return"}}).want(t, http.StatusUnprocessableEntity, "请写明理由")
		there.post(t, in, url.Values{"do": {"place"}, "township": {"533102001"}, "address": {"二组 5 号"}}).want(t, http.StatusOK, "二组 5 号", "533102001")
		there.post(t, in, url.Values{"do": {"take"}, "region": {"533102999999"}, "seen": {"yes"}}).want(t, http.StatusUnprocessableEntity, "请选择迁入的村（社区）")
		there.post(t, in, url.Values{"do": {"take"}, "region": {"533102001001"}, "address": {"二组 5 号"}, "seen": {"yes"}}).follow(t).
			want(t, http.StatusOK, "已接收", "查看登记信息", "查看业务").lacks(t, "退回迁出地")
		left := regexp.MustCompile(`/applications/[0-9a-f-]{36}`).FindString(there.get(t, in).body)
		made := fileAddress.FindString(there.get(t, left).want(t, http.StatusOK, "系统生成的文书", "申请材料补正告知书.pdf").body)
		if a := there.post(t, made, url.Values{"reason": {"核对迁入档案"}}).want(t, http.StatusOK); !strings.HasPrefix(a.body, "%PDF") {
			t.Errorf("the letter does not open there: %.40s", a.body)
		}
		there.post(t, in, url.Values{"do": {"return"}, "reason": {"户口尚未迁入"}}).want(t, http.StatusUnprocessableEntity, "已接收")
		out := transferOn(t, here.get(t, "/transfers?way=out").want(t, http.StatusOK, name, "已接收"))
		here.get(t, out).want(t, http.StatusOK, "已接收").lacks(t, "撤回迁出", "接收迁入")
		if a := here.get(t, out+"/sheet.pdf").want(t, http.StatusOK); !strings.HasPrefix(a.body, "%PDF") {
			t.Error("no sheet")
		}
		here.get(t, "/transfers/list.xlsx?as=utf8").want(t, http.StatusOK, name, "迁出")
		s.as(access.Village).get(t, "/transfers").want(t, http.StatusForbidden)
		s.movedOff(t)
		second := transferOn(t, here.get(t, "/transfers?state=sent").want(t, http.StatusOK))
		here.post(t, second, url.Values{"do": {"confirm"}}).want(t, http.StatusUnprocessableEntity, "请填写迁入地回执的编号")
		here.post(t, second, url.Values{"do": {"recall"}, "reason": {"本人不再迁移"}}).follow(t).want(t, http.StatusOK, "已撤回", "本人不再迁移")
	})
}
