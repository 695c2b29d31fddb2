package web_test

import (
	"net/http"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/look"
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

func TestASpecimenOfASignatureOnTheDoctorsPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		health, at := s.as(access.Health), "/doctors/"+testbed.As(access.Doctor).Account
		health.get(t, "/doctors").want(t, http.StatusOK, "签名样式", "未登记")
		health.get(t, at).want(t, http.StatusOK, "医生签名样式", `action="`+at+`/scans"`)
		health.upload(t, at+"/scans", form("last_specimen", "0")).want(t, http.StatusUnprocessableEntity, "请选择文件", "测试培训0001")
		health.upload(t, at+"/scans", form("last_specimen", "0"), slip(t)).follow(t).want(t, http.StatusOK, "扫描件已保存", "第 1 版", at+"/scans/1", look.Moment(testbed.Start.In(day.Beijing)))
		health.upload(t, at+"/scans", form("last_specimen", "0"), slip(t)).want(t, http.StatusConflict)
		s.as(access.Reviewer).get(t, "/doctors").want(t, http.StatusOK, "的签名", at+"/scans/1")
		if a := s.as(access.Reviewer).get(t, at+"/scans/1"); a.status != http.StatusOK || a.header.Get("Content-Type") != "image/png" {
			t.Errorf("a reviewer compares: %d %s", a.status, a.header.Get("Content-Type"))
		}
		s.as(access.Reviewer).upload(t, at+"/scans", form("last_specimen", "1"), slip(t)).want(t, http.StatusForbidden)
		s.as(access.Doctor).get(t, at+"/scans/1").want(t, http.StatusForbidden)
		s.actor(testbed.Stranger(access.Health)).get(t, at+"/scans/1").want(t, http.StatusNotFound)
	})
}

// Clauses N19 and N20 on the page: no seat and no signature where the doctor has retired.
func TestARetiredDoctorIsRefusedOnThePage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		href, a := s.planSession(t, "2020-04-02", "5"), s.accepted(t, certificate.Physical)
		s.as(access.Township).post(t, href+"/schedule", form("application", string(a.ID))).want(t, http.StatusSeeOther)
		late := s.accepted(t, certificate.Physical)
		s.as(access.Health).post(t, "/doctors/"+testbed.As(access.Doctor).Account, form("version", "1", "categories", "4", "licence", "Z1", "standing", "retired")).want(t, http.StatusSeeOther)
		s.as(access.Township).post(t, href+"/schedule", form("application", string(late.ID))).want(t, http.StatusUnprocessableEntity, "没有能评肢体残疾的医生")
		s.office.Until("2020-04-02")
		assess := "/applications/" + string(a.ID) + "/assess"
		s.as(access.Doctor).get(t, assess).want(t, http.StatusConflict, "已经离（退）休", "N20")
		s.as(access.Doctor).post(t, assess, form("category-4", "met")).want(t, http.StatusConflict, "已经离（退）休", "N20")
	})
}
