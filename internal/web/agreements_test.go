package web_test

import (
	"net/http"
	"testing"

	"hefa/internal/access"
)

func TestAgreementsWithHospitalsOnTheirPages(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, at := s.as(access.Clerk), "/agreements/agreement-hospital-533103"
		clerk.get(t, "/agreements").want(t, http.StatusOK, "有效", at, "/agreements/new")
		clerk.get(t, "/agreements/new").want(t, http.StatusOK, "测试533103医院")
		clerk.post(t, "/agreements", form("from", "soon")).want(t, http.StatusUnprocessableEntity, `value="soon"`)
		clerk.post(t, "/agreements", nil).want(t, http.StatusUnprocessableEntity, "请选择为本县服务的评定机构", "请填写签约各方", "请填写终止日", "请填写协议列明的评残医生")
		good := form("version", "1", "hospital", "hospital-533103", "parties", "甲、乙", "from", "2020-01-01", "to", "2020-05-01", "categories", "4", "doctors", "甲 主治医师")
		clerk.post(t, "/agreements", good).follow(t).want(t, http.StatusOK, "协议书已登记", "即将到期")
		good.Set("to", "2020-03-31")
		clerk.post(t, at, good).follow(t).want(t, http.StatusOK, "协议书已保存", "已到期")
		clerk.post(t, at, good).want(t, http.StatusConflict, "甲 主治医师")
		clerk.post(t, "/sessions", form("region", "533103105", "hospital", "hospital-533103", "kind", "central", "day", "2020-05-07", "capacity", "3")).
			want(t, http.StatusUnprocessableEntity, "没有与这家医院的有效评残协议书", "N16")
		s.as(access.Health).get(t, at).want(t, http.StatusOK, "2020年3月31日").lacks(t, "<textarea")
		s.as(access.Health).get(t, "/agreements/new").want(t, http.StatusForbidden)
		s.as(access.Township).get(t, "/agreements").want(t, http.StatusForbidden)
	})
}
