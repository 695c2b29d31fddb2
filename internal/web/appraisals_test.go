package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
)

func TestEndedFilesAreAppraisedOnPages(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		a := s.office.Case(t, p, application.Delivered)
		s.as(access.Clerk).post(t, "/applications/"+string(a.ID)+"/file", url.Values{"reason": {"原件在乡镇"}}).want(t, http.StatusSeeOther)
		lists := "/archive/appraisals"
		s.as(access.Clerk).get(t, lists).want(t, http.StatusOK, "现有 0 件", "还没有鉴定清单", "开列到期档案清单")
		s.as(access.Approver).get(t, lists).want(t, http.StatusOK).lacks(t, `name="members"`)
		s.as(access.Village).get(t, lists).want(t, http.StatusForbidden)
		s.office.Wait(365 * 40)
		clerk, approver := s.as(access.Clerk), s.as(access.Approver)
		clerk.get(t, lists).want(t, http.StatusOK, "现有 1 件")
		clerk.post(t, lists, url.Values{"head": {"测试组长"}, "members": {"成员甲"}}).want(t, http.StatusUnprocessableEntity, "鉴定小组成员应为 2 至 9 人", `value="测试组长"`, "成员甲")
		list := clerk.post(t, lists, url.Values{"head": {"测试组长"}, "members": {"成员甲\r\n成员乙"}}).header.Get("Location")
		clerk.get(t, list).want(t, http.StatusOK, "533103-2060-JD01", "533103-CJ·2020-D30-0001", p.Name, "未鉴定", "鉴定中")
		clerk.post(t, list+"/propose", nil).want(t, http.StatusUnprocessableEntity, "还有 1 件没有鉴定")
		clerk.post(t, list+"/files", url.Values{"found": {"keep"}, "reason": {"仍有价值"}}).want(t, http.StatusUnprocessableEntity, "请先勾选档案", "1 至 30 的整数", `value="仍有价值"`)
		clerk.post(t, list+"/files", url.Values{"ids": {string(p.ID)}, "found": {"destroy"}}).follow(t).want(t, http.StatusOK, "拟销毁 1 件", "已保存鉴定意见")
		clerk.get(t, list+"?verdict=keep").want(t, http.StatusOK, "没有符合条件的档案").lacks(t, p.Name)
		clerk.post(t, list+"/propose", nil).follow(t).want(t, http.StatusOK, "待审批").lacks(t, `type="radio" value="destroy"`, list+"/decide")
		clerk.post(t, list+"/decide", url.Values{"grant": {"yes"}}).want(t, http.StatusForbidden)
		approver.post(t, list+"/decide", url.Values{"grant": {"no"}}).want(t, http.StatusUnprocessableEntity, "退回的，请写明理由")
		approver.post(t, list+"/decide", url.Values{"grant": {"yes"}}).follow(t).want(t, http.StatusOK, "待销毁").lacks(t, list+"/destroy")
		s.password(t, access.Clerk)
		form := url.Values{"day": {string(s.office.Today())}, "way": {"粉碎"}, "first": {"监销人甲"}, "second": {"监销人甲"}}
		clerk.post(t, list+"/destroy", form).want(t, http.StatusUnprocessableEntity, `value="粉碎"`)
		form.Set("confirm", password)
		clerk.post(t, list+"/destroy", form).want(t, http.StatusUnprocessableEntity, "不能是同一个人", `value="监销人甲"`)
		form.Set("second", "监销人乙")
		clerk.post(t, list+"/destroy", form).follow(t).want(t, http.StatusOK, "已登记销毁", "监销人甲、监销人乙", "下载销毁清册", "已办结")
		clerk.get(t, list+"/register.pdf").want(t, http.StatusOK)
		clerk.get(t, "/archive/files/"+string(p.ID)).want(t, http.StatusOK, "已销毁")
		clerk.get(t, "/archive?state=destroyed").want(t, http.StatusOK, p.Name)
		clerk.get(t, lists).want(t, http.StatusOK, "533103-2060-JD01", "已办结", "现有 0 件")
	})
}
