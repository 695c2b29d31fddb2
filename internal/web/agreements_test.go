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

func TestScansOfWhatWasSignedOnTheirPages(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, at := s.as(access.Clerk), "/agreements/agreement-hospital-533103"
		clerk.get(t, "/agreements?bare=yes").want(t, http.StatusOK, "缺扫描件", "测试533103医院")
		clerk.get(t, at).want(t, http.StatusOK, "省级指定文件扫描件", "上传扫描件", "缺扫描件")
		clerk.upload(t, at+"/scans", form("last_agreement", "0")).want(t, http.StatusUnprocessableEntity, "请选择文件", `name="parties"`)
		clerk.upload(t, at+"/scans", form("last_agreement", "0"), sent{"file", "a.pdf", []byte("GIF89a")}).want(t, http.StatusUnprocessableEntity, "PDF")
		clerk.upload(t, at+"/scans", form("last_agreement", "0"), slip(t)).follow(t).want(t, http.StatusOK, "扫描件已保存", "第 1 版", at+"/scans/1")
		clerk.upload(t, at+"/scans", form("last_agreement", "0"), slip(t)).want(t, http.StatusConflict)
		clerk.upload(t, at+"/scans", form("last_agreement", "1"), slip(t)).follow(t).want(t, http.StatusOK, "第 2 版", "第 1 版")
		clerk.get(t, "/agreements").want(t, http.StatusOK, at+"/scans/2")
		clerk.get(t, "/agreements?bare=yes").want(t, http.StatusOK).lacks(t, at)
		if a := s.as(access.Hospital).get(t, at+"/scans/1"); a.status != http.StatusOK || a.header.Get("Content-Type") != "image/png" {
			t.Errorf("the hospital reads it: %d", a.status)
		}
		s.as(access.Hospital).upload(t, at+"/scans", form("last_agreement", "2"), slip(t)).want(t, http.StatusForbidden)
		s.as(access.Auditor).get(t, "/audit").want(t, http.StatusOK, "评残协议书扫描件第 2 版")
		keeper, named := s.as(access.Sysadmin), "/orgs/hospital-533103"
		keeper.upload(t, named+"/scans", nil).want(t, http.StatusUnprocessableEntity, "请选择文件")
		keeper.upload(t, named+"/scans", form("last_designation", "0"), slip(t)).follow(t).want(t, http.StatusOK, "省级指定文件扫描件", named+"/scans/1")
		clerk.get(t, named+"/scans/1").want(t, http.StatusOK)
		clerk.upload(t, at+"/scans", form("kind", "designation", "last_designation", "1")).want(t, http.StatusUnprocessableEntity, `value="designation" selected`)
		clerk.upload(t, at+"/scans", form("kind", "designation", "last_designation", "1"), slip(t)).follow(t).want(t, http.StatusOK, named+"/scans/2")
		s.as(access.Health).upload(t, at+"/scans", form("kind", "designation", "last_designation", "2"), slip(t)).want(t, http.StatusForbidden)
		s.as(access.Township).get(t, named+"/scans/1").want(t, http.StatusForbidden)
	})
}
