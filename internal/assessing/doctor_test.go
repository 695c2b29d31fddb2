package assessing_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

// papers is the papers of the hospital's doctor as the health commission reads them.
func (c clinic) papers(t *testing.T) staff.Practice {
	t.Helper()
	d, err := c.Doctor(t.Context(), testbed.As(access.Health), staff.ID(testbed.As(access.Doctor).Account))
	if err != nil {
		t.Fatal(err)
	}
	return d.Practice
}

// Clauses N19 and N20: no valid training certificate, retired, left; each refuses to open, to keep and to confirm; what giving seats and signing says stands in the table of blocks.
func TestOnlyATrainedDoctorInServiceSigns(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		a := c.seated(t, c.planned(t, morrow, 9), "1961-05-04", certificate.Physical)
		c.Until(morrow)
		doctor, good := testbed.As(access.Doctor), signed(met(certificate.Physical, certificate.Second))
		for _, try := range []struct {
			key   string
			spoil func(*staff.Practice)
		}{
			{"doctor.untrained", func(p *staff.Practice) { p.Training, p.Until = "", "" }},
			{"doctor.training.over", func(p *staff.Practice) { p.Training, p.Until = "P2", "2020-04-01" }},
			{"doctor.retired", func(p *staff.Practice) { p.Standing = staff.Retired }},
			{"doctor.left", func(p *staff.Practice) { p.Standing = staff.Left }},
		} {
			p := c.papers(t)
			try.spoil(&p)
			if err := c.EditDoctor(t.Context(), testbed.As(access.Health), p); err != nil {
				t.Fatal(err)
			}
			_, err := c.Examination(t.Context(), doctor, a)
			want(t, "opened", err, fault.Refused, try.key)
			want(t, "kept", c.KeepFindings(t.Context(), doctor, a, good), fault.Refused, try.key)
			want(t, "confirmed", c.ConfirmFinding(t.Context(), doctor, a, certificate.Physical), fault.Refused, try.key)
		}
		p := c.papers(t)
		p.Standing, p.Training, p.Until = staff.Employed, "P3", morrow
		if err := c.EditDoctor(t.Context(), testbed.As(access.Health), p); err != nil {
			t.Fatal(err)
		}
		want(t, "on an old page", c.EditDoctor(t.Context(), testbed.As(access.Health), p), fault.Stale, "")
		if err := c.AssessApplication(t.Context(), doctor, a, good); err != nil {
			t.Errorf("on the last day of the certificate: %v", err)
		}
	})
}

func TestDoctorsAreSeenByThoseWhoAnswerForThem(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		c.colleague(t)
		l, err := c.Doctors(t.Context(), testbed.As(access.Health), assessing.DoctorFilter{Limit: 1})
		if err != nil || len(l.Doctors) != 1 || !l.More {
			t.Fatalf("the first page: %+v %v", l, err)
		}
		l, err = c.Doctors(t.Context(), testbed.As(access.City), assessing.DoctorFilter{Limit: 9, Q: "同事"})
		if err != nil || len(l.Doctors) != 1 || l.Doctors[0].Licence != "测试资格0001" || l.Doctors[0].MayAssess(l.Today) != nil {
			t.Errorf("by name: %+v %v", l, err)
		}
		other := testbed.As(access.Hospital)
		other.Org = "another"
		if l, err := c.Doctors(t.Context(), other, assessing.DoctorFilter{Limit: 9}); err != nil || len(l.Doctors) > 0 {
			t.Errorf("another hospital sees %d doctors: %v", len(l.Doctors), err)
		}
		_, err = c.Doctor(t.Context(), testbed.As(access.Reviewer), l.Doctors[0].Doctor)
		want(t, "a reviewer opens the papers", err, fault.Forbidden, "")
		clerk := staff.Practice{Doctor: staff.ID(testbed.As(access.Clerk).Account)}
		want(t, "papers of somebody who is no doctor", c.EditDoctor(t.Context(), testbed.As(access.Health), clerk), fault.Missing, "")
	})
}
