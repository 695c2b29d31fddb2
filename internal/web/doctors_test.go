package web_test

import (
	"net/http"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestTheHealthCommissionCorrectsItsDoctors(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		health, at := s.as(access.Health), "/doctors/"+testbed.As(access.Doctor).Account
		health.get(t, "/doctors").want(t, http.StatusOK, "可以评残", at)
		health.get(t, at).want(t, http.StatusOK, "测试培训0001", "2099-12-31")
		health.post(t, at, nil).want(t, http.StatusUnprocessableEntity, "请选择该医生有资格评定的类别", "请填写医师资格证书编号", "请选择在职情况")
		health.post(t, at, form("until", "never")).want(t, http.StatusUnprocessableEntity, `value="never"`)
		retired := form("version", "1", "categories", "4", "licence", "Z1", "standing", "retired")
		health.post(t, at, retired).follow(t).want(t, http.StatusOK, "医生资格已保存", "离（退）休")
		health.post(t, at, retired).want(t, http.StatusConflict, "Z1")
		s.as(access.Reviewer).get(t, "/doctors").want(t, http.StatusOK, "离（退）休").lacks(t, at)
		s.as(access.Doctor).get(t, "/doctors").want(t, http.StatusForbidden)
		s.actor(testbed.Stranger(access.Health)).get(t, at).want(t, http.StatusNotFound)
	})
}
