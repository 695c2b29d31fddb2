package web_test

import (
	"net/http"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/person"
	"hefa/internal/store"
)

func TestACorrectionUnderAnUpdateStandsOnItsPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.inState(t, application.Reviewed)
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.KeepProposal(a, []person.Change{{Field: "address", Before: "一组", After: "五组"}})
		})
		page, told := "/applications/"+string(a.ID), "现登记为“（空）”，本件申请改为“五组”"
		s.as(access.Approver).get(t, page).want(t, http.StatusOK, "登记的资料已另行更正", told).lacks(t, page+"/edit")
		s.as(access.Clerk).get(t, page).want(t, http.StatusOK, told, page+"/edit")
		s.as(access.Clerk).get(t, page+"/edit").want(t, http.StatusOK, "五组", told).lacks(t, "保存并提交")
		s.as(access.Village).get(t, page).want(t, http.StatusOK).lacks(t, page+"/edit")
		s.as(access.Approver).post(t, page+"/approve", nil).want(t, http.StatusUnprocessableEntity, told)
	})
}
