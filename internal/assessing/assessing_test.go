package assessing_test

import (
	"context"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// morrow is the working day after the one on which every office begins (Wednesday 2020-04-01).
const morrow day.Day = "2020-04-02"

// clinic is an office with the desk that is tried.
type clinic struct {
	*testbed.Office
	*assessing.Desk
}

func each(t *testing.T, fn func(t *testing.T, c clinic)) {
	t.Helper()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) { fn(t, clinic{o, assessing.New(o.DB, o.Files)}) })
}

// plan is a session of 风平镇 as a clerk would type it.
func plan(on day.Day, capacity int) session.Session {
	return session.Session{Region: testbed.Township, Hospital: org.ID(testbed.As(access.Doctor).Org), Kind: session.Central, Day: on, Place: "门诊三楼", Capacity: capacity}
}

// planned is a new session.
func (c clinic) planned(t *testing.T, on day.Day, capacity int) session.ID {
	t.Helper()
	id, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), plan(on, capacity))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// ScheduleApplications gives seats where it does not matter who keeps away.
func (c clinic) ScheduleApplications(ctx context.Context, by access.Actor, id session.ID, cases []application.ID) error {
	_, err := c.Desk.ScheduleApplications(ctx, by, id, cases)
	return err
}

// seated is a new case that wants the categories and has a seat in the session.
func (c clinic) seated(t *testing.T, id session.ID, birth day.Day, wanted ...certificate.Category) application.ID {
	t.Helper()
	a := c.wants(t, birth, wanted...)
	if err := c.ScheduleApplications(t.Context(), testbed.As(access.Township), id, []application.ID{a}); err != nil {
		t.Fatal(err)
	}
	return a
}

// wants is a new accepted case that wants the categories.
func (c clinic) wants(t *testing.T, birth day.Day, wanted ...certificate.Category) application.ID {
	t.Helper()
	a := c.Case(t, c.Born(t, birth), application.Accepted)
	c.Update(t, access.Clerk, func(tx *store.Tx) error {
		a.Wanted = wanted
		sheet := attachment.Attachment{ID: attachment.ID(id.New()), Region: a.Region, Application: string(a.ID), Paper: "assessment", Name: "评定表.pdf", Type: "application/pdf"}
		if err := tx.AddAttachment(sheet); err != nil { // signed on paper too, for those of no account
			return err
		}
		return tx.SaveApplication(access.ApplicationEdit, a.State, a, "")
	})
	return a.ID
}

// found is the case as it stands.
func (c clinic) found(t *testing.T, id application.ID) application.Application {
	t.Helper()
	var a application.Application
	c.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		a, err = tx.Application(id)
		return err
	})
	return a
}

// left is the free seats of a session.
func (c clinic) left(t *testing.T, id session.ID) int {
	t.Helper()
	s, err := c.Session(t.Context(), testbed.As(access.Clerk), id)
	if err != nil {
		t.Fatal(err)
	}
	return s.Left()
}

// colleague is a second doctor of the hospital, licensed for what the first is not.
func (c clinic) colleague(t *testing.T) access.Actor {
	t.Helper()
	by := testbed.As(access.Doctor)
	by.Account, by.Name = "colleague", "测试同事"
	c.employ(t, staff.Account{ID: staff.ID(by.Account), Login: by.Account, Name: by.Name, Role: access.Doctor, Region: by.Region, Org: org.ID(by.Org),
		Categories: []certificate.Category{certificate.Hearing, certificate.Speech, certificate.Physical}})
	return by
}

// employ enters a doctor whose papers hold.
func (c clinic) employ(t *testing.T, a staff.Account) {
	t.Helper()
	c.Update(t, access.Secadmin, func(tx *store.Tx) error {
		if err := tx.AddAccount(a); err != nil {
			return err
		}
		return tx.SavePractice(testbed.Practice(a))
	})
}

// met is a finding that meets the standard, other one that does not.
func met(c certificate.Category, l certificate.Level) assessment.Finding {
	return assessment.Finding{Category: c, Level: l, Meets: true, Findings: "测试所见", Cause: "测试原因", Values: testbed.Measured(c, l)}
}

func unmet(c certificate.Category) assessment.Finding {
	return assessment.Finding{Category: c, Findings: "测试所见", Values: testbed.Measured(c, "")}
}

func signed(fs ...assessment.Finding) assessment.Conclusion {
	return assessment.Conclusion{Findings: fs, Second: "测试主任"}
}

// want fails unless err is of the kind and, when key is not "", has the key itself or at one of its fields.
func want(t *testing.T, what string, err error, kind fault.Kind, key string) {
	t.Helper()
	if fault.Of(err) != kind {
		t.Errorf("%s: %v, want %q", what, err, kind)
		return
	}
	if key == "" {
		return
	}
	if f, ok := err.(*fault.Fault); ok && f.Key == key {
		return
	}
	for _, f := range fault.Fields(err) {
		if f.Key == key {
			return
		}
	}
	t.Errorf("%s: %v does not say %s", what, err, key)
}
