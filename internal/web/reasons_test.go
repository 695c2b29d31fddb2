package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/policy"
	"hefa/internal/reminder"
	"hefa/internal/testbed"
)

// TestReasonsAreCountedAndEveryFigureOpensItsList is M9 on its page: a township leads to its villages, a figure to its people.
func TestReasonsAreCountedAndEveryFigureOpensItsList(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for range 3 {
			s.office.Certificate(t, s.office.Person(t), "2020-09-01")
		}
		clerk := s.as(access.Clerk)
		clerk.get(t, "/reminders/reasons").want(t, http.StatusOK, "没有等待办理的人")
		s.round(t)
		ids := letterIDs(clerk.get(t, "/reminders?state=made"))
		clerk.post(t, "/reminders/"+ids[0]+"/answer", url.Values{"reason": {"away"}}).want(t, http.StatusSeeOther)
		county := clerk.get(t, "/reminders/reasons").want(t, http.StatusOK, "外出务工", "还不知道原因", "33.3%", "66.7%", "reasons.xlsx")
		figures := regexp.MustCompile(`href="(/reminders\?[^"]*state=awaited[^"]*)"[^>]*>(\d+)<`).FindAllStringSubmatch(county.body, -1)
		if len(figures) != 6 {
			t.Errorf("%d figures lead to a list", len(figures))
		}
		for _, f := range figures {
			if got := letterIDs(clerk.get(t, html.UnescapeString(f[1]))); len(got) != int(f[2][0]-'0') {
				t.Errorf("%s: %d people, want %s", f[1], len(got), f[2])
			}
		}
		villages := regexp.MustCompile(`href="(/reminders/reasons\?[^"]*region=533103105[^"]*)"`).FindStringSubmatch(county.body)
		clerk.get(t, html.UnescapeString(villages[1])).want(t, http.StatusOK, "region="+string(testbed.Village))
		s.as(access.City).get(t, "/reminders/reasons").want(t, http.StatusOK, "请先在上面选择县")
		s.as(access.Village).get(t, "/reminders/reasons.xlsx").want(t, http.StatusForbidden)
		s.as(access.Doctor).get(t, "/reminders/reasons").want(t, http.StatusForbidden)
		clerk.get(t, "/reminders/year").want(t, http.StatusOK, "还没有设置本县估计残疾人数")
		s.office.Policy(t, policy.BaseEstimate, "12")
		clerk.get(t, "/reminders/year").want(t, http.StatusOK, "现在的持证率", "25.00%", "0.00%", "无法预计", "估计残疾人 12 人，持证 3 人")
	})
}

// TestEveryOfferLeadsToItsAct answers a letter with each reason in turn, and opens what the page offers.
func TestEveryOfferLeadsToItsAct(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		who := s.office.Person(t)
		s.office.Certificate(t, who, "2020-09-01")
		s.round(t)
		town := s.as(access.Township)
		at := "/reminders/" + letterIDs(town.get(t, "/reminders?state=made"))[0]
		person := "/people/" + string(who.ID)
		for why, want := range map[reminder.Reason][]string{
			reminder.Dead:        {"/applications/new?matter=cancel&cause=death"},
			reminder.Moved:       {"/applications/new?matter=move"},
			reminder.Away:        {"/applications/new?matter=renew", "/pathways?path=remote"},
			reminder.Bedridden:   {"/applications/new?matter=renew", "/pathways?path=home"},
			reminder.Alone:       {"/applications/new?matter=renew", person + "/edit"},
			reminder.Unaware:     {"/applications/new?matter=renew", "/sessions"},
			reminder.Refuses:     {person + "/attempts"},
			reminder.Unreachable: {person + "/attempts"},
			reminder.Other:       {"/applications/new?matter=renew", "/sessions"},
		} {
			page := town.post(t, at+"/answer", url.Values{"reason": {string(why)}, "remark": {"说明"}}).follow(t).want(t, http.StatusOK)
			for _, href := range want {
				if !strings.Contains(page.body, `href="`+html.EscapeString(href)+`"`) {
					t.Errorf("%s does not lead to %s", why, href)
				}
				town.get(t, href).want(t, http.StatusOK)
			}
		}
		town.post(t, at+"/answer", url.Values{"reason": {"bedridden"}}).want(t, http.StatusSeeOther)
		town.get(t, "/pathways?path=home").want(t, http.StatusOK, "另有 1 人登记为卧床或行动不便", "reason=bedridden")
		form := url.Values{"number": {string(who.Number)}, "do": {"look"}, "matter": {"cancel"}, "cause": {"death"}}
		town.get(t, "/applications/new?matter=cancel&cause=death").want(t, http.StatusOK, "注销", `name="cause" value="death"`)
		if b := town.post(t, "/applications/new", form).want(t, http.StatusOK).body; !regexp.MustCompile(`value="cancel" checked`).MatchString(b) || !regexp.MustCompile(`value="death" selected`).MatchString(b) {
			t.Error("the matter and its cause were not carried along")
		}
	})
}
