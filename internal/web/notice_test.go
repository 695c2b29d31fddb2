package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// conclude puts a case of p before its notice.
func conclude(t *testing.T, o *testbed.Office, p person.Person) application.Application {
	t.Helper()
	a := o.Case(t, p, application.Scheduled)
	o.Update(t, access.Doctor, func(tx *store.Tx) error {
		a.State, a.Category, a.Level, a.Assessed = application.Assessed, certificate.Physical, certificate.Second, o.Today()
		return tx.SaveApplication(access.ApplicationAssess, application.Scheduled, a, "")
	})
	return a
}

func TestNoticeFromTheTownshipToReview(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, p := s.as(access.Township), s.office.Person(t)
		clerk.get(t, "/notices").want(t, http.StatusOK, "还没有公示")
		clerk.get(t, "/notices/new").want(t, http.StatusOK, "这里没有等待公示的办件")
		a := conclude(t, s.office, p)
		child := conclude(t, s.office, s.office.Born(t, "2012-01-01"))
		s.as(access.Clerk).get(t, "/notices/new").want(t, http.StatusOK, "风平镇", "2 人", "/notices/new?region=533103105")
		page := clerk.get(t, "/notices/new").want(t, http.StatusOK, p.Name, "不公示，直接进入审核", "2020年4月9日")
		if n := strings.Count(page.body, " checked"); n != 2 {
			t.Errorf("%d boxes are set", n)
		}
		clerk.post(t, "/notices", url.Values{"region": {string(testbed.Township)}}).want(t, http.StatusUnprocessableEntity, "请至少勾选一名", `href="#f-ids"`)
		form := url.Values{"region": {string(testbed.Township)}, "ids": {string(a.ID), string(child.ID)}}
		added := clerk.post(t, "/notices", form)
		notice := added.header.Get("Location")
		added.follow(t).want(t, http.StatusOK, "公示已张贴", "533103-2020-G0001", person.MaskedName(p.Name), "肢体二级").lacks(t, p.Name, "公示期满，转入审核")
		clerk.get(t, "/notices?state=running").want(t, http.StatusOK, "533103-2020-G0001", "风平镇")
		clerk.get(t, "/notices?state=ended&from=%E6%98%A8%E5%A4%A9").want(t, http.StatusUnprocessableEntity, "日期不对", "昨天")
		if book := clerk.get(t, "/notices/list.xlsx?state=running").want(t, http.StatusOK); !strings.HasPrefix(book.body, "PK") {
			t.Error("the export is no workbook")
		}
		if pdf := clerk.get(t, notice+"/list.pdf").want(t, http.StatusOK); !strings.HasPrefix(pdf.body, "%PDF") {
			t.Error("the list is no PDF")
		}
		s.actor(testbed.Stranger(access.Clerk)).get(t, notice).want(t, http.StatusNotFound)
		clerk.post(t, notice+"/close", nil).want(t, http.StatusUnprocessableEntity, "没有可以转入审核的办件")
		s.office.Until("2020-04-10")
		clerk.get(t, notice).want(t, http.StatusOK, "公示期满，转入审核", "已期满")
		clerk.post(t, notice+"/close", nil).follow(t).want(t, http.StatusOK, "已转入审核", "待审核")
	})
}

func TestObjectionOnTheCasePage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := conclude(t, s.office, s.office.Person(t))
		href, clerk, judge := "/applications/"+string(a.ID), s.as(access.Township), s.as(access.Reviewer)
		clerk.get(t, href).want(t, http.StatusOK, "/notices/new?region=533103105")
		clerk.post(t, href+"/announce", nil).follow(t).want(t, http.StatusOK, "已办理公示", "查看公示")
		clerk.post(t, href+"/close", nil).want(t, http.StatusUnprocessableEntity, "公示到 2020年4月9日 才结束")
		clerk.post(t, href+"/object", url.Values{"text": {"不对"}, "name": {"测试邻居"}}).want(t, http.StatusUnprocessableEntity, "不少于 5 个字", "测试邻居", `href="#f-text"`)
		clerk.post(t, href+"/object", url.Values{"text": {"此人行走正常，请核实"}, "name": {"测试邻居"}, "phone": {"１３９００００００２２"}}).follow(t).
			want(t, http.StatusOK, "异议已登记", "此人行走正常", "533103-2020-Y0001").lacks(t, "测试邻居", "13900000022")
		judge.get(t, href).want(t, http.StatusOK, "测试邻居", "13900000022", "公示至少到原定截止日")
		judge.post(t, href+"/resolve", url.Values{"reason": {"经复核无误"}}).want(t, http.StatusUnprocessableEntity, "请选择处理结果", "经复核无误")
		judge.post(t, href+"/resolve", url.Values{"decision": {"dismissed"}, "reason": {"经复核无误"}}).follow(t).want(t, http.StatusOK, "异议已处理", "公示中")
	})
}

// 2027 has no holidays in the calendar: the clerk must be told that the last day counts the bare week.
func TestNoticeIntoAYearWithoutHolidaysWarns(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Until("2026-12-28")
		a := conclude(t, s.office, s.office.Person(t))
		clerk := s.as(access.Township)
		clerk.get(t, "/notices/new").want(t, http.StatusOK, "2027 年的节假日安排还没有录入")
		clerk.post(t, "/notices", url.Values{"region": {string(testbed.Township)}, "ids": {string(a.ID)}}).follow(t).
			want(t, http.StatusOK, "2027 年的节假日安排还没有录入", "2027年1月4日")
	})
}
