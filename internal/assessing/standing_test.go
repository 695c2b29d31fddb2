package assessing_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// amended changes the county's agreement with the hospital.
func (c clinic) amended(t *testing.T, to day.Day, named ...certificate.Category) {
	t.Helper()
	a, err := c.Agreement(t.Context(), testbed.As(access.Clerk), "agreement-hospital-533103")
	if err != nil {
		t.Fatal(err)
	}
	a.From, a.To, a.Categories = "2020-01-01", to, named
	if err := c.EditAgreement(t.Context(), testbed.As(access.Clerk), a); err != nil {
		t.Fatal(err)
	}
}

// hospitalIs changes the hospital itself.
func (c clinic) hospitalIs(t *testing.T, change func(*org.Org)) {
	t.Helper()
	c.Update(t, access.Secadmin, func(tx *store.Tx) error {
		o, err := tx.Org(org.ID(testbed.As(access.Doctor).Org))
		if err != nil {
			return err
		}
		change(&o)
		return tx.SaveOrg(o)
	})
}

// Whatever changes after a seat was given: the day's page and the list say who is concerned and why, and a day on which it holds is refused.
func TestEveryBlockIsAskedAgainOfThoseWhoHaveASeat(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]struct {
		change func(t *testing.T, c clinic)
		now    string // the block on the day as it is planned, "" for none
		moved  string // and on 7 April
	}{
		"nothing": {func(*testing.T, clinic) {}, "", ""},
		"outside the doctor's (N18)": {func(t *testing.T, c clinic) {
			c.practice(t, testbed.As(access.Doctor), func(p *staff.Practice) { p.Categories = []certificate.Category{certificate.Vision} })
		}, "doctor.uncovered", "session.change.blocked"},
		"retired (N20)": {func(t *testing.T, c clinic) {
			c.practice(t, testbed.As(access.Doctor), func(p *staff.Practice) { p.Standing = staff.Retired })
		}, "doctor.uncovered", "session.change.blocked"},
		"training ends between (N19)": {func(t *testing.T, c clinic) {
			c.practice(t, testbed.As(access.Doctor), func(p *staff.Practice) { p.Until = morrow })
		}, "", "session.change.blocked"},
		"training ends that day (N19)": {func(t *testing.T, c clinic) {
			c.practice(t, testbed.As(access.Doctor), func(p *staff.Practice) { p.Until = "2020-04-07" })
		}, "", ""},
		"agreement ends between (N16)": {func(t *testing.T, c clinic) { c.amended(t, morrow, certificate.Physical) }, "", "agreement.none"},
		"agreement over (N16)":         {func(t *testing.T, c clinic) { c.amended(t, "2020-04-01", certificate.Physical) }, "agreement.none", "agreement.none"},
		"agreement without it (N17)":   {func(t *testing.T, c clinic) { c.amended(t, "2020-12-31", certificate.Vision) }, "doctor.uncovered", "session.change.blocked"},
		"hospital without it (N17)": {func(t *testing.T, c clinic) {
			c.hospitalIs(t, func(o *org.Org) { o.Categories = []certificate.Category{certificate.Vision} })
		}, "doctor.uncovered", "session.change.blocked"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, c clinic) {
				clerk := testbed.As(access.Clerk)
				id := c.planned(t, morrow, 3)
				a := c.seated(t, id, "1961-05-04", certificate.Physical)
				try.change(t, c)
				d := c.standing(t, id, a, try.now)
				to := d.Session
				to.Place = "门诊二楼"
				if err := c.ChangeSession(t.Context(), clerk, to); err != nil && try.now != "agreement.none" {
					t.Errorf("another place: %v", err)
				} else if err == nil {
					to.Version++
				}
				to.Day = "2020-04-07"
				err := c.ChangeSession(t.Context(), clerk, to)
				if try.moved == "" {
					if err != nil {
						t.Errorf("moved: %v", err)
					}
					return
				}
				want(t, "moved", err, fault.Refused, try.moved)
				if got := c.found(t, a); got.Due != morrow {
					t.Errorf("refused, and the case is due %s", got.Due)
				}
			})
		})
	}
}

// standing is the day with the case blocked for the reason, on its page and in the list, "" for not.
func (c clinic) standing(t *testing.T, id session.ID, a application.ID, why string) assessing.Day {
	t.Helper()
	d, err := c.Session(t.Context(), testbed.As(access.Township), id)
	if err != nil {
		t.Fatal(err)
	}
	l, err := c.Sessions(t.Context(), testbed.As(access.Clerk), assessing.Filter{Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if why != "" {
		n = 1
	}
	if len(d.Blocked) != n || l.Lines[0].Blocked != n {
		t.Fatalf("%d on the page, %d in the list are blocked, want %d: %s", len(d.Blocked), l.Lines[0].Blocked, n, assessing.BlockedText(d.Blocked))
	}
	if n == 1 {
		want(t, "blocked", d.Blocked[0].Why, fault.Refused, why)
		if d.Blocked[0].Application.ID != a {
			t.Errorf("%s is blocked", d.Blocked[0].Application.ID)
		}
	}
	if l, err := c.Sessions(t.Context(), testbed.As(access.Health), assessing.Filter{Limit: 9}); err != nil || l.Lines[0].Blocked != 0 {
		t.Errorf("whoever gives no seats is told of %d: %v", l.Lines[0].Blocked, err)
	}
	return d
}

// A relative declared after the seat was given (N22), and a clinic that changed its days.
func TestRelativesAndClinicDaysAreAskedAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		s := plan(morrow, 3) // a Thursday
		s.Kind = session.Clinic
		id, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), s)
		if err != nil {
			t.Fatal(err)
		}
		a := c.seated(t, id, "1961-05-04", certificate.Physical)
		c.Declare(t, testbed.As(access.Doctor), c.found(t, a).Person)
		to := c.standing(t, id, a, "session.blocked.relative").Session
		to.Day = "2020-04-07"
		want(t, "moved with a relative", c.ChangeSession(t.Context(), testbed.As(access.Clerk), to), fault.Refused, "session.change.blocked")
		c.Employ(t, "other", "测试医生二", certificate.Physical)
		c.standing(t, id, a, "")
		c.hospitalIs(t, func(o *org.Org) { o.Weekdays = []org.Weekday{"2"} })
		c.standing(t, id, a, "session.clinic.closed")
		if err := c.ChangeSession(t.Context(), testbed.As(access.Clerk), to); err != nil { // 7 April is a Tuesday
			t.Errorf("moved to a clinic day: %v", err)
		}
		c.standing(t, id, a, "")
	})
}

// A tour asks no more of a hospital than it examines on a day.
func TestATourDoesNotOverfillAHospital(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		c.hospitalIs(t, func(o *org.Org) { o.Daily = 30 })
		o := tourOrder(testbed.Township)
		o.Capacity = 31
		_, err := c.ProposeTour(t.Context(), testbed.As(access.Clerk), o)
		want(t, "one too many", err, fault.Invalid, "tour.capacity.hospital")
		o.Capacity = 30
		if _, err := c.PlanTour(t.Context(), testbed.As(access.Clerk), o); err != nil {
			t.Errorf("as many as it can: %v", err)
		}
	})
}
