package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/lapse"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/testbed"
)

// lapsed is a published list of one certificate that nobody renewed, with its holder's name.
func (s *site) lapsed(t *testing.T) (href, name string) {
	t.Helper()
	o, desk := s.office, renewing.New(s.office.DB, s.office.Files)
	p := o.Person(t)
	c := o.Certificate(t, p, "2020-04-20")
	if _, err := desk.RemindAll(t.Context(), access.Program(), ""); err != nil {
		t.Fatal(err)
	}
	l, err := desk.Reminders(t.Context(), testbed.As(access.Village), renewing.Filter{Limit: 1})
	if err == nil {
		err = desk.SendReminders(t.Context(), testbed.As(access.Village), []reminder.ID{l.Reminders[0].Reminder.ID}, reminder.Hand, o.Today())
	}
	if err != nil {
		t.Fatal(err)
	}
	o.Until("2020-04-21")
	id, err := desk.AnnounceLapses(t.Context(), testbed.As(access.Township), testbed.Township, []certificate.ID{c.ID})
	if err != nil {
		t.Fatal(err)
	}
	return "/public/cancellations/" + id, p.Name
}

func TestCancellationIsPublicWhileItRunsAndAnybodyMayObject(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		href, name := s.lapsed(t)
		s.get(t, "/public/cancellations?region=533103").want(t, http.StatusOK, href)
		page := s.get(t, href).want(t, http.StatusOK, "逾期未换证", "2020年4月22日至2020年4月28日")
		if strings.Contains(page.body, name) || strings.Contains(page.body, "533199") {
			t.Error("the page shows the whole name or a number")
		}
		if a := s.get(t, href+"/list.pdf").want(t, http.StatusOK); !strings.HasPrefix(a.body, "%PDF") {
			t.Error("the list is no paper")
		}
		key := row.FindStringSubmatch(page.body)[1]
		s.get(t, href+"/object?row="+key).want(t, http.StatusOK, `value="`+key+`" selected`)
		s.post(t, href+"/objections", url.Values{"text": {"不对"}, "name": {"测试邻居"}}).want(t, http.StatusUnprocessableEntity, "不少于 5 个字", "测试邻居", `href="#f-row"`)
		sent := s.post(t, href+"/objections", url.Values{"row": {key}, "text": {"此人常年在家，请核实"}}).want(t, http.StatusSeeOther)
		s.get(t, sent.header.Get("Location")).want(t, http.StatusOK, "533103-2020-Y0001")
		l, err := renewing.New(s.office.DB, s.office.Files).Lapses(t.Context(), testbed.As(access.Clerk), renewing.LapseFilter{State: lapse.Disputed, Limit: 9})
		if err != nil || len(l.Lapses) != 1 {
			t.Errorf("%d are disputed: %v", len(l.Lapses), err)
		}
		s.office.Until("2020-04-29")
		for _, path := range []string{href, href + "/list.pdf", href + "/object"} {
			s.get(t, path).want(t, http.StatusNotFound)
		}
		if a := s.get(t, "/public/cancellations?region=533103").want(t, http.StatusOK); strings.Contains(a.body, href) {
			t.Error("the list is still named")
		}
	})
}
