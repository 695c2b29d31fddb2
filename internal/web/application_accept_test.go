package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/person"
	"hefa/internal/store"
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

func TestWhoLooksAlikeIsShownBeforeAcceptance(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p, other := s.office.Person(t), s.office.Person(t)
		s.office.Update(t, access.Township, func(tx *store.Tx) error {
			q, err := tx.Person(other.ID)
			if err != nil {
				return err
			}
			q.Name = p.Name
			return tx.SavePerson(access.PersonEdit, q, q)
		})
		href := "/applications/" + string(s.office.Case(t, p, application.Submitted).ID)
		clerk := s.as(access.Township)
		clerk.get(t, href).want(t, http.StatusOK, "登记库里还有 1 人", other.Number.Masked(), "/people/"+string(other.ID)).lacks(t, string(other.Number))
		s.as(access.Reviewer).get(t, href).want(t, http.StatusOK).lacks(t, "登记库里还有")
		clerk.post(t, href+"/accept", url.Values{"sighted": papers}).want(t, http.StatusUnprocessableEntity, "有 1 人可能与申请人是同一个人", `href="#f-distinct"`)
		clerk.post(t, href+"/accept", url.Values{"sighted": papers, "distinct": {"双胞胎，户口簿已核对"}}).follow(t).want(t, http.StatusOK, "533103-2020-000001", "双胞胎，户口簿已核对", "与相似人员的区别")
		for _, x := range []person.Person{p, other} {
			clerk.get(t, "/people/"+string(x.ID)).want(t, http.StatusOK, "相似人员核实结论", "不是同一个人", "双胞胎，户口簿已核对", href)
		}
	})
}

func TestThatTheApplicantIsSomebodyElseIsKeptWithTheRefusal(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p, other := s.office.Person(t), s.office.Person(t)
		s.office.Update(t, access.Township, func(tx *store.Tx) error {
			q, err := tx.Person(other.ID)
			if err != nil {
				return err
			}
			q.Name = p.Name
			return tx.SavePerson(access.PersonEdit, q, q)
		})
		href := "/applications/" + string(s.office.Case(t, p, application.Submitted).ID)
		clerk := s.as(access.Township)
		clerk.get(t, href).want(t, http.StatusOK, "申请人就是登记库里的", "不是这个原因")
		clerk.post(t, href+"/decline", url.Values{"decline-reason": {"换过号"}, "decline-same": {"nobody"}}).want(t, http.StatusUnprocessableEntity, "#f-decline-same")
		clerk.post(t, href+"/decline", url.Values{"decline-reason": {"换过号"}, "decline-same": {string(other.ID)}}).follow(t).want(t, http.StatusOK)
		clerk.get(t, "/people/"+string(other.ID)).want(t, http.StatusOK, "是同一个人", "换过号", "/people/"+string(p.ID))
	})
}

func TestWhatSomebodyNeedsOnTheDayIsNotedAndShown(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Submitted)
		href := "/applications/" + string(a.ID)
		s.as(access.Village).get(t, href).want(t, http.StatusOK, href+"/aid", "轮椅", "手语翻译")
		town := s.as(access.Township)
		town.post(t, href+"/accept", url.Values{"sighted": papers[1:], "aid-version": {"0"}, "accept-aid": {"wheelchair"}}).want(t, http.StatusUnprocessableEntity, `value="wheelchair" checked`)
		town.post(t, href+"/accept", url.Values{"sighted": papers, "aid-version": {"0"}, "accept-aid": {"wheelchair"}}).want(t, http.StatusSeeOther)
		s.as(access.Village).post(t, href+"/aid", url.Values{"aid-version": {"0"}}).want(t, http.StatusConflict)
		s.as(access.Village).post(t, href+"/aid", url.Values{"aid-version": {"1"}, "aid-aid": {"wheelchair", "accompanied"}}).follow(t).want(t, http.StatusOK, "到场需要已登记", "轮椅、有人陪同")
		at := s.planSession(t, "2020-04-02", "3")
		town.post(t, at+"/schedule", url.Values{"application": {string(a.ID)}}).follow(t).want(t, http.StatusOK, "轮椅、有人陪同")
		s.as(access.Reviewer).get(t, href).want(t, http.StatusOK, "轮椅、有人陪同").lacks(t, href+"/aid")
	})
}
