package web_test

import (
	"net/http"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
)

func TestAnApprovedCaseIsEndedOnItsPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, approver := s.as(access.Clerk), s.as(access.Approver)
		stock(t, clerk)
		a := s.inState(t, application.Approved)
		page := "/applications/" + string(a.ID)
		approver.get(t, page).want(t, http.StatusOK, "发证前终止").lacks(t, "证件找不到了")
		clerk.get(t, page).want(t, http.StatusOK).lacks(t, "发证前终止")
		batch := clerk.post(t, "/batches", form("region", "533103105", "id", string(a.ID))).header.Get("Location")
		clerk.post(t, batch+"/good", form("card", string(a.ID), "serial", "YN0001")).want(t, http.StatusSeeOther)
		approver.post(t, page+"/void", form("void-reason", "死亡证明 12 号")).want(t, http.StatusUnprocessableEntity, "请选择终止的原因", "死亡证明 12 号", "href=\"#f-void-cause\"")
		approver.post(t, page+"/void", form("void-cause", "wish", "void-reason", "声明", "void-printed", "yes", "void-lost", "yes")).want(t, http.StatusUnprocessableEntity, "href=\"#f-void-witness\"", "checked")
		approver.post(t, page+"/void", form("void-cause", "wish", "void-reason", "声明", "void-printed", "yes")).want(t, http.StatusUnprocessableEntity, "请选择已打印的证件在不在手", "href=\"#f-void-lost\"", "声明")
		clerk.post(t, page+"/void", form("void-cause", "wish", "void-reason", "声明")).want(t, http.StatusForbidden)
		approver.post(t, page+"/void", form("void-cause", "death", "void-reason", "死亡证明 12 号", "void-printed", "yes", "void-lost", "no")).follow(t).want(t, http.StatusOK, "已终止，证件作废", "本人已死亡：死亡证明 12 号", "已作废").lacks(t, "重印证件")
		clerk.get(t, batch).want(t, http.StatusOK, "已作废").lacks(t, "/dispatch\"")
		clerk.get(t, "/blanks/list?state=spoiled").want(t, http.StatusOK, "YN0001")
	})
}
