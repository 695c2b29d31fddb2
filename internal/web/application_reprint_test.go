package web_test

import (
	"net/http"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
)

func TestACardIsPrintedAgainAndACaseLeavesItsBatch(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		stock(t, clerk)
		a, b := s.inState(t, application.Approved), s.inState(t, application.Approved)
		batch := clerk.post(t, "/batches", form("region", "533103105", "id", string(a.ID), "id", string(b.ID))).header.Get("Location")
		page, other := "/applications/"+string(a.ID), "/applications/"+string(b.ID)
		clerk.post(t, other+"/unbatch", nil).want(t, http.StatusUnprocessableEntity, "href=\"#f-unbatch-reason\"")
		clerk.post(t, other+"/unbatch", form("unbatch-reason", "住址太长印不下")).follow(t).want(t, http.StatusOK, "已移出批次", "住址太长印不下", "待打印")
		clerk.get(t, batch).want(t, http.StatusOK, "已作废")
		clerk.post(t, batch+"/good", form("card", string(a.ID), "serial", "YN0001")).want(t, http.StatusSeeOther)
		clerk.post(t, batch+"/dispatch", nil).want(t, http.StatusSeeOther)
		clerk.post(t, page+"/reprint", form("reason", "路上丢失", "lost", "yes")).want(t, http.StatusUnprocessableEntity, "href=\"#f-witness\"", "路上丢失", "checked")
		clerk.post(t, page+"/reprint", form("reason", "路上丢失", "lost", "yes", "witness", "测试见证")).follow(t).want(t, http.StatusOK, "另一本空白证", "打印中")
		clerk.get(t, "/blanks/list?state=lost").want(t, http.StatusOK, "YN0001", "测试见证")
		c := s.inState(t, application.Approved)
		alone := clerk.post(t, "/batches", form("region", "533103105", "id", string(c.ID))).header.Get("Location")
		clerk.post(t, alone+"/good", form("card", string(c.ID), "serial", "YN0002")).want(t, http.StatusSeeOther)
		clerk.post(t, alone+"/dispatch", nil).want(t, http.StatusSeeOther)
		clerk.post(t, "/applications/"+string(c.ID)+"/reprint", form("reason", "路上丢失", "lost", "yes", "witness", "测试见证")).want(t, http.StatusSeeOther)
		clerk.get(t, alone).want(t, http.StatusOK, "已转入其他批次").lacks(t, "已作废")
		s.as(access.Township).get(t, alone).want(t, http.StatusOK).lacks(t, "清点签收")
	})
}
