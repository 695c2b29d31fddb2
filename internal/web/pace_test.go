package web_test

import (
	"net/http"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestTheTimeFromPrintToHandIsShownByTownship prints three cards on one day: one is handed over after four days, one a working day after the time that policy leaves (清明 is none), one not at all.
func TestTheTimeFromPrintToHandIsShownByTownship(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for batch, delivered := range map[string]day.Day{"soon": "2020-04-05", "late": "2020-04-24", "never": ""} {
			p := s.office.Person(t)
			a := s.office.Case(t, p, application.Dispatched)
			s.office.Carded(t, a, batch, s.office.Certificate(t, p, "2020-06-01").ID, card.Dispatched)
			s.office.Update(t, access.Township, func(tx *store.Tx) error {
				k, err := tx.CardOf(a)
				if err != nil {
					return err
				}
				if k.Printed, k.Delivered = "2020-04-01", delivered; delivered != "" {
					k.State, k.Receiver = card.Delivered, p.Name
				}
				return tx.SaveCard(access.ApplicationDeliver, k, "")
			})
		}
		s.office.Until("2020-04-30")
		clerk := s.as(access.Clerk)
		clerk.get(t, "/pace").want(t, http.StatusOK, "合计 15 个工作日", "自 2019-04-30 起", "/deliveries?late=yes")
		clerk.get(t, "/pace.xlsx?as=utf8").want(t, http.StatusOK, `"风平镇","2","1","23","23","1","1","29"`, `"合计","2","1","23","23","1","1","29"`)
		clerk.get(t, "/pace.xlsx?as=utf8&since=2020-04-10").want(t, http.StatusOK, `"风平镇","1","1","23","23","1","1","29"`)
		clerk.get(t, "/pace?since=2020-13-45").want(t, http.StatusUnprocessableEntity, "2020-13-45", "清除条件")
		s.as(access.City).get(t, "/pace").want(t, http.StatusOK, "请先选择").lacks(t, "合计 15")
		s.as(access.City).get(t, "/pace?region=533103").want(t, http.StatusOK, "合计 15 个工作日")
		s.as(access.Reviewer).get(t, "/watch").want(t, http.StatusOK, "风平镇：超期未到手", "/pace?region=533103105", "不得拖延、扣押")
		s.as(access.City).get(t, "/watch").want(t, http.StatusOK, "各县超期未到手")
		s.as(access.Health).get(t, "/watch").want(t, http.StatusOK).lacks(t, "超期未到手")
		s.as(access.Village).get(t, "/pace.xlsx").want(t, http.StatusForbidden)
		s.actor(testbed.Stranger(access.Clerk)).get(t, "/pace?region=533103").want(t, http.StatusNotFound)
	})
}
