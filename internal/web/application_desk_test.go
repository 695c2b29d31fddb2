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
	"hefa/internal/testbed"
)

func TestReturnDeclineWithdrawEachGiveTheirLetter(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Township)
		first, second, third := s.office.Case(t, s.office.Person(t), application.Submitted), s.office.Case(t, s.office.Person(t), application.Submitted),
			s.office.Case(t, s.office.Person(t), application.Accepted)
		href := func(a application.Application) string { return "/applications/" + string(a.ID) }

		page := clerk.get(t, href(first)).want(t, http.StatusOK, "退回补正", "不予受理", "撤回申请", "移交办件", "催办")
		if n := strings.Count(page.body, `name="return-missing"`); n != 5 {
			t.Errorf("%d papers can be asked for", n)
		}
		if n := len(regexp.MustCompile(`name="return-missing"[^>]* checked`).FindAllString(page.body, -1)); n != 5 {
			t.Errorf("%d papers are ticked before anything was seen", n)
		}
		clerk.post(t, href(first)+"/return", url.Values{"return-note": {" "}}).want(t, http.StatusUnprocessableEntity, "请勾选缺少的材料", `id="f-return-missing-error"`)
		clerk.post(t, href(first)+"/return", url.Values{"return-missing": {"photo"}, "return-note": {strings.Repeat("长", 501)}}).
			want(t, http.StatusUnprocessableEntity, "最多写 500 个字", strings.Repeat("长", 501))
		page = clerk.post(t, href(first)+"/return", url.Values{"return-missing": {"photo"}, "return-note": {"照片底色不符"}}).follow(t).
			want(t, http.StatusOK, "已退回补正", "BZ000001", "照片底色不符", "办理下一件待办")
		letter := regexp.MustCompile(`/applications/[^"]*/letters/[^"]*\.pdf`).FindString(page.body)
		pdf := clerk.get(t, letter).want(t, http.StatusOK, "%PDF")
		if got := pdf.header.Get("Content-Type"); got != "application/pdf" {
			t.Errorf("letter is %s", got)
		}
		clerk.get(t, strings.TrimSuffix(letter, ".pdf")).want(t, http.StatusOK, "申请材料补正告知书", "照片底色不符", "大字版")
		clerk.get(t, strings.TrimSuffix(letter, ".pdf")+"?reading=easy").want(t, http.StatusOK, "还缺 2 样", "以正式文书为准")
		clerk.get(t, letter+"?reading=tiny").want(t, http.StatusNotFound)
		s.actor(testbed.Stranger(access.Clerk)).get(t, letter).want(t, http.StatusNotFound)

		clerk.post(t, href(second)+"/decline", url.Values{}).want(t, http.StatusUnprocessableEntity, `id="f-decline-reason-error"`)
		clerk.post(t, href(second)+"/decline", url.Values{"decline-reason": {"户籍不在本县"}}).follow(t).want(t, http.StatusOK, "不予受理决定书", "BS000001")
		clerk.get(t, href(second)+"/letters/slip.pdf").want(t, http.StatusConflict, "没有受理回执")

		clerk.post(t, href(third)+"/withdraw", url.Values{}).want(t, http.StatusUnprocessableEntity, `id="f-withdraw-reason-error"`)
		clerk.post(t, href(third)+"/withdraw", url.Values{"withdraw-reason": {"外出务工"}}).follow(t).want(t, http.StatusOK, "已撤回")
		s.as(access.Reviewer).post(t, href(first)+"/decline", url.Values{"decline-reason": {"x"}}).want(t, http.StatusForbidden)
	})
}

// Several people in turn: the township accepts and hands over to the county, the city urges, the county finds it in its tray.
func TestTownshipHandsOverAndTheCityUrges(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		township, county, city := s.as(access.Township), s.as(access.Clerk), s.as(access.City)
		a, other := s.office.Case(t, s.office.Person(t), application.Submitted), s.office.Case(t, s.office.Person(t), application.Submitted)
		href := "/applications/" + string(a.ID)

		township.post(t, href+"/accept", url.Values{"sighted": papers}).follow(t).want(t, http.StatusOK, "打印受理回执（533103-2020-000001）")
		if pdf := township.get(t, href+"/letters/slip.pdf").want(t, http.StatusOK); !strings.HasPrefix(pdf.body, "%PDF") {
			t.Error("the slip is no PDF")
		}
		next := township.get(t, href+"/next")
		if to := next.header.Get("Location"); to != "/applications/"+string(other.ID) {
			t.Errorf("next after accepting is %q", to)
		}
		township.post(t, href+"/handover", url.Values{"handover-to": {""}}).want(t, http.StatusUnprocessableEntity, "请选择能办理这个环节的同事")
		township.post(t, href+"/handover", url.Values{"handover-to": {testbed.As(access.Clerk).Account}, "handover-note": {"请协助"}}).
			follow(t).want(t, http.StatusOK, "已移交", "测试clerk", "请协助")
		township.get(t, "/?state=accepted").want(t, http.StatusOK, "测试clerk")
		township.get(t, "/?state=accepted&mine=1").want(t, http.StatusOK, "请改选").lacks(t, href)

		city.get(t, "/").want(t, http.StatusOK, "请选择县", "芒市", "2 件")
		city.get(t, "/applications?region=533103").want(t, http.StatusOK, href)
		city.post(t, href+"/urge", url.Values{"urge-note": {"群众来电"}}).follow(t).want(t, http.StatusOK, "已催办", "群众来电")
		city.post(t, href+"/urge", url.Values{}).want(t, http.StatusUnprocessableEntity, "今天已经催办过")
		county.get(t, "/?state=accepted&mine=1").want(t, http.StatusOK, href, "催办 1 次")
	})
}

func TestNextEndsAtHomeWhenNothingWaits(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Review)
		s.as(access.Reviewer).get(t, "/applications/"+string(a.ID)+"/next").follow(t).want(t, http.StatusOK, "待办已经全部办完")
	})
}

func TestACaseIsTakenOutAsAPackage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Submitted)
		at := "/applications/" + string(a.ID)
		inspector := s.as(access.Approver)
		inspector.get(t, at).want(t, http.StatusOK, "取出证据包")
		s.as(access.Township).get(t, at).want(t, http.StatusOK).lacks(t, "取出证据包")
		inspector.post(t, at+"/package", url.Values{"package-reason": {"查"}}).want(t, http.StatusUnprocessableEntity, "请写明取出证据包的事由", `href="#f-package-reason"`, ">查<")
		got := inspector.post(t, at+"/package", url.Values{"package-reason": {"市纪检组调取"}}).want(t, http.StatusOK)
		p, err := casework.CheckPackage(strings.NewReader(got.body), int64(len(got.body)), "")
		if err != nil || p.Reason != "市纪检组调取" {
			t.Errorf("%+v %v", p, err)
		}
		inspector.get(t, at).want(t, http.StatusOK, "市纪检组调取")
		s.as(access.Township).post(t, at+"/package", url.Values{"package-reason": {"市纪检组调取"}}).want(t, http.StatusForbidden)
	})
}
