package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
)

func TestAListOfDeathsIsMatchedAndDecided(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p, q := s.office.Person(t), s.office.Person(t)
		s.office.Certificate(t, p, "2030-01-01")
		s.office.Certificate(t, q, "2030-01-01")
		clerk, approver := s.as(access.Clerk), s.as(access.Approver)
		s.password(t, access.Approver)
		clerk.get(t, "/departures").want(t, http.StatusOK, "没有待比对处理的人员", "/departures/new")
		clerk.get(t, "/departures/new").want(t, http.StatusOK, "multipart/form-data", "公安户籍注销")
		s.as(access.Township).get(t, "/departures").want(t, http.StatusForbidden)
		approver.get(t, "/departures/new").want(t, http.StatusForbidden)
		clerk.upload(t, "/departures", url.Values{"source": {"县公安局"}}).want(t, http.StatusUnprocessableEntity, "请选择名单的情形", "请选择要上传的名单文件", "县公安局")
		list := []byte("姓名,身份证号,死亡日期\n" + p.Name + "," + string(p.Number) + ",2020-01-05\n别的名字," + string(q.Number) + ",\n短号,5331991950\n")
		clerk.upload(t, "/departures", url.Values{"kind": {"death"}, "source": {"县公安局"}}, sent{"file", `C:\上报\一月.csv`, list}).
			want(t, http.StatusOK, "已比对 3 行：2 人提请处理", "1 行不能读取").lacks(t, string(p.Number))
		page := clerk.get(t, "/departures").want(t, http.StatusOK, p.Name, "可注销", "姓名不符，先核实", "名单姓名：别的名字", "一月.csv", "县公安局", "勾选的人员不予处理").lacks(t, "处理勾选的人员", string(p.Number))
		var ids []string
		for _, m := range regexp.MustCompile(`name="ids" value="([0-9a-f-]{36})"`).FindAllStringSubmatch(page.body, -1) {
			ids = append(ids, m[1])
		}
		if len(ids) != 2 {
			t.Fatalf("%d can be ticked", len(ids))
		}
		clerk.post(t, "/departures/decide", url.Values{"do": {"apply"}, "ids": ids}).want(t, http.StatusForbidden)
		approver.post(t, "/departures/decide", url.Values{"do": {"apply"}, "ids": ids}).want(t, http.StatusUnprocessableEntity, "请再输入一次您的登录密码", "checked")
		approver.post(t, "/departures/decide", url.Values{"do": {"apply"}, "confirm": {password}}).want(t, http.StatusUnprocessableEntity, "请勾选要处理的人员")
		approver.post(t, "/departures/decide", url.Values{"do": {"apply"}, "ids": ids, "confirm": {password}}).want(t, http.StatusOK, "已注销 1 本残疾人证", "未能处理", "名单上的姓名是“别的名字”")
		clerk.post(t, "/departures/decide", url.Values{"do": {"dismiss"}, "ids": ids[:1]}).want(t, http.StatusUnprocessableEntity, "请写明不予处理的理由", "checked")
		for _, id := range ids {
			a := clerk.post(t, "/departures/decide", url.Values{"do": {"dismiss"}, "ids": {id}, "reason": {"经入户核实本人健在"}})
			if a.status == http.StatusSeeOther {
				a.follow(t).want(t, http.StatusOK, "已登记不予处理", "经入户核实本人健在")
			} else {
				a.want(t, http.StatusUnprocessableEntity, "进度是“已注销”")
			}
		}
		clerk.get(t, "/people/"+string(p.ID)).want(t, http.StatusOK, "外单位名单，已注销", "2020年1月5日")
		clerk.get(t, "/departures?state=frozen").want(t, http.StatusOK, "没有符合条件的人员")
		clerk.get(t, "/departures/list.xlsx").want(t, http.StatusOK, "PK")
		if a := clerk.get(t, "/departures/list.xlsx?as=utf8").want(t, http.StatusOK, "\ufeff", p.Name, "经入户核实本人健在"); !strings.Contains(a.header.Get("Content-Disposition"), ".csv") || a.header.Get("Content-Type") != "text/csv" {
			t.Errorf("sent as %v", a.header)
		}
		clerk.get(t, "/departures/list.xlsx?as=doc").want(t, http.StatusUnprocessableEntity)
		s.as(access.City).get(t, "/departures").want(t, http.StatusForbidden)
	})
}
