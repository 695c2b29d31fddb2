package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"hefa/internal/access"
)

func TestAHouseholdIsKeptOnOnePage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a, b := s.office.Person(t), s.office.Person(t)
		village, at := s.as(access.Village), "/people/"+string(a.ID)+"/household"
		village.get(t, "/people/"+string(a.ID)).want(t, http.StatusOK, at)
		village.get(t, at).want(t, http.StatusOK, "没有登记保障情况", "没有登记同户的残疾人", "还没有帮扶人")
		s.as(access.Reviewer).get(t, at).want(t, http.StatusOK, "未登记").lacks(t, "<form method=\"post\" action=\""+at)
		save := func(form url.Values) answer { return village.post(t, at, form) }
		save(url.Values{"do": {"life"}, "version": {"0"}, "marital": {"married"}, "lives_at": {"县城"}, "guardian_number": {"5331"}}).
			want(t, http.StatusUnprocessableEntity, "县城", `value="married" selected`)
		save(url.Values{"do": {"life"}, "version": {"0"}, "marital": {"married"}, "lives_at": {"县城"}, "guardian_number": {string(b.Number)}}).
			follow(t).want(t, http.StatusOK, "已保存", `value="married" selected`, b.Number.Masked()).lacks(t, string(b.Number))
		save(url.Values{"do": {"life"}, "version": {"0"}, "marital": {"divorced"}}).want(t, http.StatusConflict, `value="divorced" selected`)
		save(url.Values{"do": {"join"}, "member": {string(a.Number)}}).want(t, http.StatusUnprocessableEntity, "没有这个身份证号")
		save(url.Values{"do": {"join"}, "member": {string(b.Number)}}).follow(t).want(t, http.StatusOK, b.Name)
		save(url.Values{"do": {"support"}, "support": {"watched"}, "since": {"2999-01-01"}}).want(t, http.StatusUnprocessableEntity, "不能晚于今天", "2999-01-01")
		save(url.Values{"do": {"support"}, "support": {"watched"}, "since": {"2020.1.5"}}).follow(t).want(t, http.StatusOK, "防返贫监测户", "2020-01-05")
		save(url.Values{"do": {"helper"}, "role": {"team"}, "unit": {"县农业农村局"}, "from": {"2020-01-05"}}).want(t, http.StatusUnprocessableEntity, "请填写帮扶人姓名", "县农业农村局")
		page := save(url.Values{"do": {"helper"}, "role": {"team"}, "helper": {"测试队员"}, "from": {"2020-01-05"}}).follow(t).want(t, http.StatusOK, "测试队员", "结束：测试队员")
		village.get(t, "/helpers").want(t, http.StatusOK, "测试队员", "登记在册 2 人", a.Name)
		s.as(access.Poverty).get(t, "/helpers?role=team").want(t, http.StatusOK, "测试队员")
		s.as(access.City).get(t, "/helpers").want(t, http.StatusOK, "请先选择县")
		helper := regexp.MustCompile(`name="helper" value="([^"]+)"`).FindStringSubmatch(page.body)
		save(url.Values{"do": {"end"}, "helper": {helper[1]}, "to": {"2019-01-01"}}).want(t, http.StatusUnprocessableEntity, "不能早于开始日期 2020年1月5日")
		save(url.Values{"do": {"end"}, "helper": {helper[1]}, "to": {"2020-02-01"}}).follow(t).want(t, http.StatusOK, "2020-02-01").lacks(t, "结束：测试队员")
		village.get(t, "/helpers").want(t, http.StatusOK, "还没有登记帮扶人")
		save(url.Values{"do": {"leave"}}).follow(t).want(t, http.StatusOK, "没有登记同户的残疾人")
		village.get(t, "/people/"+string(a.ID)).want(t, http.StatusOK, "信息变更记录", "婚姻状况", "已婚", "监护人身份证号", b.Number.Masked(), "同户的残疾人", b.Name, "防返贫监测户起止", "2020-01-05～").
			lacks(t, string(b.Number))
	})
}
