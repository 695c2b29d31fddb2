package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/testbed"
)

// papers is the whole checklist of a first certificate of an adult (rules.md §1.2).
var papers = []string{"identity", "household", "photo", "form", "records"}

func TestAcceptanceShowsWhatIsMissingAndThenTheNumber(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Submitted)
		href := "/applications/" + string(a.ID)
		s.nobody().get(t, href).want(t, http.StatusSeeOther)
		s.actor(testbed.Stranger(access.Clerk)).get(t, href).want(t, http.StatusNotFound)
		clerk := s.as(access.Township)
		clerk.get(t, href).want(t, http.StatusOK, "受理")
		clerk.post(t, href+"/accept", url.Values{"sighted": papers[1:]}).want(t, http.StatusUnprocessableEntity, "还有 1 项材料没有核对")
		clerk.post(t, href+"/accept", url.Values{"sighted": papers}).follow(t).want(t, http.StatusOK, "533103-2020-000001")
	})
}
