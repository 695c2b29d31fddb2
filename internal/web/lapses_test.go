package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

// lapseIDs is the lapses that a page leads to.
func lapseIDs(a answer) []string {
	var out []string
	for _, m := range regexp.MustCompile(`href="/lapses/([0-9a-f-]{36})"`).FindAllStringSubmatch(a.body, -1) {
		out = append(out, m[1])
	}
	return out
}

// overdue is n certificates whose letters went out and which nobody renewed; it is the day after their last.
func (s *site) overdue(t *testing.T, n int) []string {
	t.Helper()
	var ids []string
	for range n {
		ids = append(ids, string(s.office.Certificate(t, s.office.Person(t), "2020-04-20").ID))
	}
	s.round(t)
	village := s.as(access.Village)
	form := url.Values{"ids": letterIDs(village.get(t, "/reminders")), "channel": {"hand"}, "sent": {"2020-04-01"}}
	village.post(t, "/reminders/send", form).want(t, http.StatusSeeOther)
	s.office.Until("2020-04-21")
	return ids
}

func TestOverdueGoesFromItsPublicNoticeToItsCancellation(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		ids := s.overdue(t, 3)
		town, approver := s.as(access.Township), s.as(access.Approver)
		town.get(t, "/lapses").want(t, http.StatusOK, "现在没有提请注销的残疾人证", "/lapses/new")
		town.get(t, "/lapses/new").want(t, http.StatusOK, "2020年4月28日", "逾期未换证", ids[0])
		town.post(t, "/lapses", url.Values{"region": {string(testbed.Township)}}).want(t, http.StatusUnprocessableEntity, "请至少勾选一名持证人")
		posted := town.post(t, "/lapses", url.Values{"region": {string(testbed.Township)}, "ids": ids}).follow(t).want(t, http.StatusOK, "已张贴注销公示", "533103-2020-Z0001", "/public/cancellations/")
		list := posted.b.get(t, "/postings").want(t, http.StatusOK, "533103-2020-Z0001")
		at := regexp.MustCompile(`/postings/[0-9a-f-]{36}`).FindString(list.body)
		if a := town.get(t, at+"/list.pdf").want(t, http.StatusOK); !strings.HasPrefix(a.body, "%PDF") {
			t.Error("the list is no paper")
		}
		all := lapseIDs(approver.get(t, "/lapses").want(t, http.StatusOK).lacks(t, "注销勾选的残疾人证"))
		if len(all) != 3 {
			t.Fatalf("%d are put up", len(all))
		}
		one := "/lapses/" + all[0]
		town.post(t, one+"/object", url.Values{"object-text": {"短"}, "object-name": {"测试邻居"}}).want(t, http.StatusUnprocessableEntity, "不少于 5 个字", "测试邻居", `href="#f-object-text"`)
		town.post(t, one+"/object", url.Values{"object-text": {"此人常年在家，请再核实"}}).follow(t).want(t, http.StatusOK, "有异议，核实中")
		s.as(access.Reviewer).post(t, one+"/resolve", url.Values{}).want(t, http.StatusUnprocessableEntity, "请选择处理决定", "请填写理由")
		s.as(access.Reviewer).post(t, one+"/resolve", url.Values{"resolve-decision": {"uphold"}, "resolve-reason": {"本人卧床"}}).follow(t).want(t, http.StatusOK, "已撤下", "本人卧床")
		town.post(t, "/lapses/"+all[1]+"/drop", url.Values{}).want(t, http.StatusUnprocessableEntity, "请填写理由")
		town.post(t, "/lapses/"+all[1]+"/drop", url.Values{"drop-reason": {"本人已来办理"}}).follow(t).want(t, http.StatusOK, "残疾人证恢复有效")
		s.office.Until("2020-04-29")
		approver.get(t, "/").want(t, http.StatusOK, "公示期满，待注销", "<b>1</b>")
		page := approver.get(t, "/lapses?state=over").want(t, http.StatusOK, "注销勾选的残疾人证")
		if got := lapseIDs(page); len(got) != 1 || got[0] != all[2] {
			t.Fatalf("%v wait for their cancellation", got)
		}
		s.password(t, access.Approver)
		approver.post(t, "/lapses/cancel", url.Values{"ids": {all[0]}}).want(t, http.StatusUnprocessableEntity, "请再输入一次您的登录密码", "checked")
		approver.post(t, "/lapses/cancel", url.Values{"confirm": {password}}).want(t, http.StatusUnprocessableEntity, "请至少勾选一名持证人")
		town.post(t, "/lapses/cancel", url.Values{"ids": {all[2]}}).want(t, http.StatusForbidden)
		approver.post(t, "/lapses/cancel", url.Values{"ids": {all[0], all[2]}, "confirm": {password}}).want(t, http.StatusOK, "已注销 1 本残疾人证", "未能注销", "已撤下")
		approver.get(t, "/lapses/"+all[2]).want(t, http.StatusOK, "已注销", "2021年4月29日起可以重新申请")
		approver.get(t, "/lapses/stops.xlsx?from=2020-04-01").want(t, http.StatusOK)
		approver.get(t, "/lapses?from=2020-04-01").want(t, http.StatusOK, "由另一人批准后导出", "ended=2020-04-01")
		approver.get(t, "/disclosures/new?ended=2020-04-01&columns=cause&state=cancelled").want(t, http.StatusOK, "注销日期从", "2020-04-01", "注销原因")
		approver.post(t, "/disclosures", url.Values{"ended": {"2020-04-30"}, "ended_to": {"2020-04-01"}, "columns": {"cause"}, "receiver": {"县民政局"}, "reason": {"核停两项补贴用"}}).
			want(t, http.StatusUnprocessableEntity, "2020-04-30", `href="#f-ended_to"`)
		approver.post(t, "/disclosures", url.Values{"ended": {"2020-04-01"}, "state": {"cancelled"}, "columns": {"number", "cause"}, "receiver": {"县民政局"}, "reason": {"核停两项补贴用"}}).follow(t).
			want(t, http.StatusOK, "注销日期从：2020-04-01")
		town.get(t, "/lapses").want(t, http.StatusOK).lacks(t, "stops.xlsx")
		town.get(t, "/lapses/stops.xlsx").want(t, http.StatusForbidden)
		town.get(t, "/lapses/list.xlsx").want(t, http.StatusOK)
		town.get(t, "/lapses?from=morgen").want(t, http.StatusUnprocessableEntity, "morgen")
		s.as(access.Clerk).get(t, "/lapses/new").want(t, http.StatusOK, "请先选择乡镇")
	})
}

func TestWhomNoLetterReachedIsNotPutUp(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Certificate(t, s.office.Person(t), "2020-04-20")
		s.round(t)
		s.office.Until("2020-04-21")
		s.as(access.Township).get(t, "/lapses/new").want(t, http.StatusOK, "没有可以提请注销的人员", "逾期但告知单尚未送达", "查看告知单")
	})
}

func TestLettersForAllWhoLapsedBeforeAreMadeOnOnePage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for range 2 {
			s.office.Certificate(t, s.office.Person(t), "2019-12-31")
		}
		town := s.as(access.Township)
		town.get(t, "/lapses/new").want(t, http.StatusOK, "全部生成复核告知单")
		form := url.Values{"region": {string(testbed.Township)}}
		s.as(access.Reviewer).post(t, "/lapses/tell", form).want(t, http.StatusForbidden)
		town.post(t, "/lapses/tell", form).follow(t).want(t, http.StatusOK, "已生成 2 份复核告知单", "打印信件")
		town.get(t, "/lapses/new").want(t, http.StatusOK).lacks(t, "全部生成复核告知单")
		s.as(access.Clerk).post(t, "/lapses/tell", url.Values{"region": {string(testbed.County)}}).want(t, http.StatusUnprocessableEntity)
	})
}
