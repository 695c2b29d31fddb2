package assessing_test

import (
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/watch"
)

// opened is how often the timeline of a case says that somebody opened its form.
func (c clinic) opened(t *testing.T, a application.ID) int {
	t.Helper()
	n := 0
	c.Update(t, access.Clerk, func(tx *store.Tx) error {
		lines, err := tx.Timeline(testbed.County, "application", string(a))
		for _, l := range lines {
			if l.Note == "打开评定表" {
				n++
			}
		}
		return err
	})
	return n
}

// passes lets minutes go by.
func (c clinic) passes(minutes int) { c.Pass(time.Duration(minutes) * time.Minute) }

func TestTheTimeOfAnAssessmentIsKnownFromTheFirstOpening(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, morrow, 5)
		slow, quick, unseen := c.seated(t, id, "1961-05-04", certificate.Physical), c.seated(t, id, "1961-05-04", certificate.Physical), c.seated(t, id, "1961-05-04", certificate.Physical)
		doctor, ctx := testbed.As(access.Doctor), t.Context()
		want(t, "opened before its day", c.OpenExamination(ctx, doctor, slow), fault.Refused, "session.ahead")
		c.Until(morrow)
		for _, a := range []application.ID{slow, quick, slow} { // the third is a reload
			if err := c.OpenExamination(ctx, doctor, a); err != nil {
				t.Fatal(err)
			}
			c.passes(4)
		}
		if n := c.opened(t, slow); n != 1 {
			t.Errorf("the timeline tells of %d openings", n)
		}
		if err := c.KeepFindings(ctx, doctor, slow, signed(met(certificate.Physical, "2"))); err != nil { // after 12 minutes
			t.Fatal(err)
		}
		c.passes(30)
		if err := c.OpenExamination(ctx, doctor, slow); err != nil {
			t.Fatal(err)
		}
		c.passes(3)
		for _, a := range []application.ID{slow, quick, unseen} { // 15 in all; opened long before, but one minute after the one before; never opened
			if err := c.AssessApplication(ctx, doctor, a, signed(met(certificate.Physical, "2"))); err != nil {
				t.Fatal(err)
			}
			c.passes(1)
		}
		took := map[application.ID]int{}
		c.Update(t, access.Reviewer, func(tx *store.Tx) error {
			all, err := tx.GradedCases(watch.Hospital, doctor.Org, watch.Met, store.GradeFilter{From: morrow, To: morrow}, 9)
			for _, x := range all {
				took[x.Application] = x.Seconds
			}
			return err
		})
		if took[slow] != 15*60 || took[quick] != 60 || took[unseen] != -1 {
			t.Errorf("the assessments took %v seconds", took)
		}
	})
}

func TestOpeningWhatAColleagueSignedIsNoAssessment(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		a := c.seated(t, c.planned(t, morrow, 5), "1961-05-04", certificate.Physical)
		other := c.colleague(t)
		c.Until(morrow)
		first := signed(met(certificate.Physical, "2"))
		first.Second = other.Account
		if err := c.AssessApplication(t.Context(), testbed.As(access.Doctor), a, first); err != nil {
			t.Fatal(err)
		}
		if err := c.OpenExamination(t.Context(), other, a); err != nil || c.opened(t, a) != 0 {
			t.Errorf("%d openings, %v", c.opened(t, a), err)
		}
	})
}
