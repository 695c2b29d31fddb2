package assessing_test

import (
	"bytes"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/session"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestPlanWantsAWorkingDayAndAHospitalOfTheCounty(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk := testbed.As(access.Clerk)
		for name, bad := range map[string]struct {
			change func(*session.Session)
			key    string
		}{
			"qingming":              {func(s *session.Session) { s.Day = "2020-04-06" }, "session.day.free"}, // 国办发明电〔2019〕16号
			"sunday":                {func(s *session.Session) { s.Day = "2020-04-12" }, "session.day.free"},
			"yesterday":             {func(s *session.Session) { s.Day = "2020-03-31" }, "session.day.past"},
			"no day":                {func(s *session.Session) { s.Day = "" }, "session.day.missing"},
			"no seats":              {func(s *session.Session) { s.Capacity = 0 }, "session.capacity.wrong"},
			"no place":              {func(s *session.Session) { s.Region = "" }, "session.region.missing"},
			"a village":             {func(s *session.Session) { s.Region = testbed.Village }, "session.region.missing"},
			"the neighbour's":       {func(s *session.Session) { s.Hospital = "hospital-533102" }, "session.hospital.missing"},
			"an office as hospital": {func(s *session.Session) { s.Hospital = "federation-533103" }, "session.hospital.missing"},
		} {
			s := plan(morrow, 10)
			bad.change(&s)
			_, err := c.PlanSession(t.Context(), clerk, s)
			want(t, name, err, fault.Invalid, bad.key)
		}
		_, err := c.PlanSession(t.Context(), testbed.As(access.Township), plan(morrow, 10))
		want(t, "planned by a township", err, fault.Forbidden, "")
		made := plan("2020-04-26", 10) // a Sunday made up for the holiday of May
		if _, err := c.PlanSession(t.Context(), clerk, made); err != nil {
			t.Errorf("not on a day that is made up for: %v", err)
		}
	})
}

// A hospital examines on its clinic days, and no more people a day than it can.
func TestAHospitalIsNeitherClosedNorOverfilled(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk := testbed.As(access.Clerk)
		c.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			h, err := tx.Org(plan(morrow, 1).Hospital)
			if err != nil {
				return err
			}
			h.Weekdays, h.Daily = []org.Weekday{"5"}, 30 // Friday
			return tx.SaveOrg(h)
		})
		s := plan(morrow, 20) // a Thursday
		s.Kind = session.Clinic
		_, err := c.PlanSession(t.Context(), clerk, s)
		want(t, "a clinic on a Thursday", err, fault.Invalid, "session.clinic.closed")
		first := c.planned(t, morrow, 20) // a central session may be on any day
		_, err = c.PlanSession(t.Context(), clerk, plan(morrow, 11))
		want(t, "more than the hospital can", err, fault.Invalid, "session.capacity.hospital")
		home := plan(morrow, 15)
		home.Kind = session.Home
		if _, err := c.PlanSession(t.Context(), clerk, home); err != nil {
			t.Errorf("a round at home: %v", err)
		}
		c.planned(t, morrow, 10)
		day, err := c.Session(t.Context(), clerk, first)
		if err != nil {
			t.Fatal(err)
		}
		to := day.Session
		to.Capacity = 21
		want(t, "one seat more", c.ChangeSession(t.Context(), clerk, to), fault.Invalid, "session.capacity.hospital")
		to.Capacity = 19
		below := clerk
		below.Region = testbed.Village
		want(t, "by the county's clerk for one village", c.ChangeSession(t.Context(), below, to), fault.Missing, "")
		if err := c.ChangeSession(t.Context(), clerk, to); err != nil {
			t.Errorf("one seat less: %v", err)
		}
	})
}

func TestChangedSessionTakesItsPeopleAlong(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk := testbed.As(access.Clerk)
		id := c.planned(t, morrow, 3)
		a := c.seated(t, id, "1961-05-04", certificate.Physical)
		c.seated(t, id, "1961-05-04", certificate.Physical)
		day, err := c.Session(t.Context(), clerk, id)
		if err != nil {
			t.Fatal(err)
		}
		to := day.Session
		to.Capacity = 1
		want(t, "fewer seats than taken", c.ChangeSession(t.Context(), clerk, to), fault.Invalid, "session.capacity.taken")
		to.Capacity, to.Day = 2, "2020-04-05"
		want(t, "to a holiday", c.ChangeSession(t.Context(), clerk, to), fault.Invalid, "session.day.free")
		to.Day, to.Version = "2020-04-07", to.Version-1
		want(t, "on an old page", c.ChangeSession(t.Context(), clerk, to), fault.Stale, "")
		to.Version++
		if err := c.ChangeSession(t.Context(), clerk, to); err != nil {
			t.Fatal(err)
		}
		if got := c.found(t, a); got.Due != "2020-04-07" || got.State != application.Scheduled {
			t.Errorf("the case is %s until %s", got.State, got.Due)
		}
		c.Until("2020-04-08")
		to.Day, to.Version = "2020-04-09", to.Version+1
		want(t, "after its day", c.ChangeSession(t.Context(), clerk, to), fault.Refused, "session.over")
	})
}

func TestListsShowWhoMaySeeWhat(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, morrow, 3)
		c.seated(t, id, "1961-05-04", certificate.Physical)
		wide := plan("2020-04-03", 3)
		wide.Region = testbed.County
		if _, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), wide); err != nil {
			t.Fatal(err)
		}
		for _, role := range []access.Role{access.Clerk, access.Township, access.Village, access.Doctor, access.Hospital, access.Health} {
			l, err := c.Sessions(t.Context(), testbed.As(role), assessing.Filter{Limit: 9})
			if err != nil || len(l.Lines) != 2 || l.Lines[0].ID != id || l.Lines[0].Waiting != 1 {
				t.Errorf("%s sees %+v %v", role, l.Lines, err)
			}
		}
		other := testbed.As(access.Doctor)
		other.Org = "another"
		if l, err := c.Sessions(t.Context(), other, assessing.Filter{Limit: 9}); err != nil || len(l.Lines) != 0 {
			t.Errorf("another hospital sees %d sessions: %v", len(l.Lines), err)
		}
		if _, err := c.Session(t.Context(), other, id); fault.Of(err) != fault.Missing {
			t.Errorf("another hospital opens the session: %v", err)
		}
		first, err := c.Sessions(t.Context(), testbed.As(access.Clerk), assessing.Filter{Limit: 1})
		if err != nil || !first.More {
			t.Fatalf("no second page: %v", err)
		}
		next, err := c.Sessions(t.Context(), testbed.As(access.Clerk), assessing.Filter{Limit: 1, After: first.Lines[0].ID})
		if err != nil || next.More || len(next.Lines) != 1 || next.Lines[0].ID == id {
			t.Errorf("second page %+v %v", next.Lines, err)
		}
		health, err := c.Session(t.Context(), testbed.As(access.Health), id)
		if err != nil || len(health.Cases) > 0 {
			t.Errorf("the health commission sees %d people: %v", len(health.Cases), err)
		}
		c.Until("2020-05-06")
		if l, err := c.Sessions(t.Context(), testbed.As(access.Doctor), assessing.Filter{Limit: 9}); err != nil || len(l.Lines) != 1 || l.Lines[0].ID != id {
			t.Errorf("a doctor's pending session: %+v %v", l.Lines, err)
		}
	})
}

func TestPapersOfASession(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, morrow, 3)
		c.seated(t, id, "1961-05-04", certificate.Physical)
		var list, book bytes.Buffer
		if err := c.WriteDayList(t.Context(), testbed.As(access.Hospital), id, &list); err != nil || !strings.HasPrefix(list.String(), "%PDF-") {
			t.Errorf("day list of %d bytes: %v", list.Len(), err)
		}
		want(t, "printed by the health commission", c.WriteDayList(t.Context(), testbed.As(access.Health), id, &list), fault.Forbidden, "")
		if err := c.ExportSessions(t.Context(), testbed.As(access.Clerk), assessing.Filter{}, sheet.Out{To: &book, As: sheet.XLSX}); err != nil || !strings.HasPrefix(book.String(), "PK") {
			t.Errorf("workbook of %d bytes: %v", book.Len(), err)
		}
		want(t, "taken out by a hospital", c.ExportSessions(t.Context(), testbed.As(access.Hospital), assessing.Filter{}, sheet.Out{To: &book, As: sheet.XLSX}), fault.Forbidden, "")
	})
}
