package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/testbed"
)

func TestATourOfGroupSessionsIsPlanned(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.accepted(t, certificate.Physical)
		clerk := s.as(access.Clerk)
		clerk.get(t, "/sessions").want(t, http.StatusOK, "/sessions/tour")
		s.as(access.Township).get(t, "/sessions/tour").want(t, http.StatusForbidden)
		clerk.get(t, "/sessions/tour").want(t, http.StatusOK, "待安排 1 人", `name="order-533103105" type="text" value="1"`, "芒海镇", "排出日程")
		form := url.Values{"from": {"2020-04-03"}, "hospitals": {testbed.As(access.Doctor).Org}, "capacity": {"二十"}, "order-533103105": {"甲"}, "order-533103104": {"1"}}
		clerk.post(t, "/sessions/tour", form).want(t, http.StatusUnprocessableEntity, "可评人数应为 1 到 1000", "次序请填 1 以上的整数", `value="二十"`, `value="甲"`)
		form.Set("capacity", "20")
		form.Set("order-533103105", "2")
		form.Set("do", "propose")
		clerk.post(t, "/sessions/tour", form).want(t, http.StatusOK, "从2020年4月3日到2020年4月7日，共 2 天、2 个场次", "星期二", "保存为场次")
		clerk.get(t, "/sessions?from=2020-04-01").want(t, http.StatusOK, "没有符合条件的场次")
		form.Set("do", "save")
		clerk.post(t, "/sessions/tour", form).follow(t).want(t, http.StatusOK, "已保存 2 个场次", "芒海镇", "风平镇", "2020-04-07")
		form.Set("from", "2020-05-06")
		form.Set("do", "propose")
		clerk.post(t, "/sessions/tour", form).want(t, http.StatusOK, "晚于时限", "有 1 个乡镇的日子晚于")
		form.Del("hospitals")
		clerk.post(t, "/sessions/tour", form).want(t, http.StatusUnprocessableEntity, "请选择评定机构")
	})
}
