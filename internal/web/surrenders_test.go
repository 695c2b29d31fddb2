package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/store"
)

func TestCardsOfTheCancelledAreTakenBack(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		clerk.get(t, "/recalls/cancelled").want(t, http.StatusOK, "没有注销后未交回的证件").lacks(t, "登记已收回")
		s.as(access.Township).get(t, "/recalls/cancelled").want(t, http.StatusForbidden)
		p := s.office.Person(t)
		c := s.office.Certificate(t, p, "2020-12-31")
		s.office.Update(t, access.Reviewer, func(tx *store.Tx) (err error) {
			if c, err = tx.Certificate(c.ID); err != nil {
				return err
			}
			if err := c.End(certificate.Wish, tx.Today()); err != nil {
				return err
			}
			return tx.SaveCertificate(access.DepartureApply, c)
		})
		clerk.get(t, "/recalls").want(t, http.StatusOK, "/recalls/cancelled")
		clerk.get(t, "/recalls/cancelled").want(t, http.StatusOK, p.Name, c.Number.Masked(), "登记已收回").lacks(t, string(c.Number))
		s.as(access.Reviewer).get(t, "/recalls/cancelled").want(t, http.StatusOK, p.Name).lacks(t, "登记已收回")
		day := string(s.office.Today())
		clerk.post(t, "/recalls/cancelled", url.Values{"do": {"missing"}, "day": {day}}).want(t, http.StatusUnprocessableEntity, "请勾选证件", day)
		clerk.post(t, "/recalls/cancelled", url.Values{"do": {"missing"}, "day": {day}, "ids": {string(c.ID)}}).want(t, http.StatusUnprocessableEntity, "请写明收不回的原因")
		for _, do := range []string{"take", "", "lose"} { // the Enter key presses the first button
			clerk.post(t, "/recalls/cancelled", url.Values{"do": {do}, "day": {day}, "ids": {string(c.ID)}, "reason": {"家属称已随葬"}}).
				want(t, http.StatusUnprocessableEntity, p.Name, "家属称已随葬", "checked")
		}
		missing := func() {
			clerk.post(t, "/recalls/cancelled", url.Values{"do": {"missing"}, "day": {day}, "ids": {string(c.ID)}, "reason": {"家属称已遗失"}}).follow(t).
				want(t, http.StatusOK, "已登记收不回的原因", "没有注销后未交回的证件")
		}
		missing()
		clerk.post(t, "/recalls/cancelled", url.Values{"do": {"missing"}, "day": {day}, "ids": {string(c.ID)}, "reason": {"搬走了"}}).want(t, http.StatusConflict, "搬走了", day)
		clerk.get(t, "/recalls/cancelled?given=yes").want(t, http.StatusOK, p.Name, "家属称已遗失", "撤回登记").lacks(t, `value="missing"`)
		clerk.post(t, "/recalls/cancelled", url.Values{"do": {"retract"}, "given": {"yes"}, "ids": {string(c.ID)}}).follow(t).want(t, http.StatusOK, "已撤回登记", p.Name)
		missing()
		take := url.Values{"do": {"take"}, "day": {day}, "ids": {string(c.ID)}}
		clerk.post(t, "/recalls/cancelled", take).follow(t).want(t, http.StatusOK, "已登记收回", p.Name, "注销收回", "登记销毁", "撤回收回登记")
		clerk.post(t, "/recalls", url.Values{"do": {"retract"}, "ids": {"other"}}).want(t, http.StatusUnprocessableEntity, "请取消勾选其他证件")
		clerk.post(t, "/recalls", url.Values{"do": {"retract"}, "ids": {string(c.ID)}}).follow(t).want(t, http.StatusOK, "已撤回登记", p.Name, "登记收不回")
	})
}
