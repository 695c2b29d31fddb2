package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/store"
)

func TestOldCardsAreListedAndDestroyed(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		clerk.get(t, "/recalls").want(t, http.StatusOK, "没有待销毁的旧证")
		s.as(access.Township).get(t, "/recalls").want(t, http.StatusForbidden)
		p := s.office.Person(t)
		held := s.office.Certificate(t, p, "2020-12-31")
		a := application.Application{ID: "renewal", Region: p.Region, Person: p.ID, Matter: application.Renew, Previous: held.ID, Origin: application.Counter, State: application.Dispatched,
			Since: s.office.Today(), Due: s.office.Today(), Opened: s.office.Today(), Wanted: []certificate.Category{certificate.Physical}}
		s.office.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddApplication(a) })
		s.office.Update(t, access.Township, func(tx *store.Tx) (err error) {
			a, err = tx.Application(a.ID)
			return err
		})
		s.office.Carded(t, a, "batch", held.ID, card.Dispatched)
		s.office.Update(t, access.Township, func(tx *store.Tx) error {
			k, err := tx.CardOf(a)
			if err != nil {
				return err
			}
			k.State, k.Recalled, k.Delivered, k.Receiver = card.Delivered, true, s.office.Today(), p.Name
			return tx.SaveCard(access.ApplicationDeliver, k, "")
		})
		clerk.get(t, "/recalls").want(t, http.StatusOK, p.Name, held.Number.Masked(), "登记销毁").lacks(t, string(held.Number))
		clerk.post(t, "/recalls", url.Values{"way": {"碎纸机粉碎"}, "first": {"监销人甲"}, "second": {"监销人甲"}}).
			want(t, http.StatusUnprocessableEntity, "请勾选已经销毁的旧证", "不能晚于今天", "不能是同一个人", "碎纸机粉碎")
		form := url.Values{"ids": {"card-batch"}, "day": {string(s.office.Today())}, "way": {"碎纸机粉碎"}, "first": {"监销人甲"}, "second": {"监销人乙"}}
		clerk.post(t, "/recalls", form).follow(t).want(t, http.StatusOK, "已登记销毁", "533103-2020-X0001", "监销人乙", "没有待销毁的旧证", "record.pdf")
		clerk.get(t, "/recalls/list.xlsx").want(t, http.StatusOK)
	})
}
