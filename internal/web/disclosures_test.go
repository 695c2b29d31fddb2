package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
)

func TestAListWithWholeNumbersIsAskedForGrantedAndTaken(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		c := s.office.Certificate(t, p, "2030-01-01")
		town, approver := s.as(access.Township), s.as(access.Approver)
		s.password(t, access.Township)
		town.get(t, "/certificates?level=3").want(t, http.StatusOK, "/disclosures/new?level=3", "as=gb18030")
		town.get(t, "/certificates/export?as=gb18030").want(t, http.StatusOK).lacks(t, string(p.Number))
		town.get(t, "/disclosures").want(t, http.StatusOK, "还没有明文名单申请", "/disclosures/new")
		s.as(access.City).get(t, "/disclosures").want(t, http.StatusOK, "请先选择县")
		s.as(access.Village).get(t, "/disclosures").want(t, http.StatusForbidden)
		s.as(access.Village).get(t, "/disclosures/new").want(t, http.StatusForbidden)
		town.get(t, "/disclosures/new?level=3").want(t, http.StatusOK, `value="3" selected`, "提供给谁", "身份证号")
		town.post(t, "/disclosures", url.Values{"from": {"明天"}, "receiver": {"县民政局"}}).want(t, http.StatusUnprocessableEntity, "日期应写成", "县民政局", `value="明天"`)
		town.post(t, "/disclosures", url.Values{"receiver": {"县民政局"}}).want(t, http.StatusUnprocessableEntity, "请至少选一个项目", "县民政局")
		form := url.Values{"columns": {"number", "name"}, "reason": {"与民政核对低保对象"}, "receiver": {"县民政局"}, "level": {"3"}}
		made := town.post(t, "/disclosures", form)
		at, _, _ := strings.Cut(made.header.Get("Location"), "?")
		made.follow(t).want(t, http.StatusOK, "请等待审批", "待审批", "与民政核对低保对象", "等级：三级").lacks(t, "提取名单")
		approver.get(t, "/").want(t, http.StatusOK, "其他待审批", "明文名单申请", "/disclosures?state=asked").lacks(t, "档案借阅申请")
		approver.get(t, "/disclosures?state=asked").want(t, http.StatusOK, "533103-2020-M0001")
		approver.get(t, at).want(t, http.StatusOK, "批准后只有申请人能在 3 日内提取，最多 2 次")
		approver.post(t, at+"/judge", url.Values{"do": {"deny"}}).want(t, http.StatusUnprocessableEntity, "不批准的，请写明理由")
		approver.post(t, at+"/judge", url.Values{"do": {"grant"}, "opinion": {"同意"}}).follow(t).want(t, http.StatusOK, "已批准", "还可提取 2 次").lacks(t, "提取名单")
		town.get(t, at).want(t, http.StatusOK, "提取名单", "GB18030")
		town.post(t, at+"/take", url.Values{"as": {"utf8"}}).want(t, http.StatusUnprocessableEntity, "请再输入一次您的登录密码").lacks(t, string(p.Number))
		town.post(t, at+"/take", url.Values{"as": {"utf8"}, "confirm": {"guess"}}).want(t, http.StatusUnprocessableEntity, "登录密码不对").lacks(t, string(p.Number), "guess")
		town.post(t, at+"/take", url.Values{"confirm": {password}}).want(t, http.StatusUnprocessableEntity, "请选择文件格式")
		file := town.post(t, at+"/take", url.Values{"as": {"utf8"}, "confirm": {password}}).want(t, http.StatusOK, string(p.Number), "533103-2020-M0001")
		if kind := file.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/csv") {
			t.Errorf("sent as %s", kind)
		}
		file.lacks(t, string(c.Number))
		town.post(t, at+"/take", url.Values{"as": {"xlsx"}, "confirm": {password}}).want(t, http.StatusOK, "PK")
		approver.get(t, "/disclosures?state=granted").want(t, http.StatusOK, "已过期或用完")
	})
}
