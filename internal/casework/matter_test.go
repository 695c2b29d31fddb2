package casework_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/assessment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// matterOffice is the officers who bring a later matter through its course.
type matterOffice struct {
	*testbed.Office
	desk *casework.Desk
	t    *testing.T
}

// ask opens a case of the matter for p and hands it in.
func (m matterOffice) ask(p person.Person, r application.Request) application.ID {
	m.t.Helper()
	r.Origin = application.Counter
	now := p
	m.Update(m.t, access.Township, func(tx *store.Tx) (err error) {
		now, err = tx.Person(p.ID)
		return err
	})
	id, err := m.desk.OpenApplication(m.t.Context(), testbed.As(access.Township), casework.Opening{Person: now, Request: r, Whole: true})
	if err != nil {
		m.t.Fatal(err)
	}
	if err := m.desk.SubmitApplication(m.t.Context(), testbed.As(access.Township), id); err != nil {
		m.t.Fatal(err)
	}
	return id
}

// accept takes the case on with every paper seen.
func (m matterOffice) accept(id application.ID) {
	m.t.Helper()
	if err := m.desk.AcceptApplication(m.t.Context(), testbed.As(access.Township), id, casework.Acceptance{Sighted: policy.Papers}); err != nil {
		m.t.Fatal(err)
	}
}

// review brings an accepted case before the approver.
func (m matterOffice) review(id application.ID) {
	m.t.Helper()
	if err := m.desk.ReviewApplication(m.t.Context(), testbed.As(access.Reviewer), id, ""); err != nil {
		m.t.Fatal(err)
	}
}

func (m matterOffice) approve(id application.ID) error {
	return m.desk.ApproveApplication(m.t.Context(), testbed.As(access.Approver), id)
}

// stands is the certificate as it is now.
func (m matterOffice) stands(id certificate.ID) (c certificate.Certificate) {
	m.t.Helper()
	m.Update(m.t, access.Township, func(tx *store.Tx) (err error) {
		c, err = tx.Certificate(id)
		return err
	})
	return c
}

func matters(t *testing.T, fn func(m matterOffice)) {
	t.Helper()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) { fn(matterOffice{o, casework.New(o.DB, o.Files), t}) })
}

func TestACancellationEndsTheCertificateAtTheApproval(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		c := m.Certificate(m.t, p, "2028-01-01")
		id := m.ask(p, application.Request{Matter: application.Cancel, Cause: certificate.Wish, Stated: "本人申请注销"})
		m.accept(id)
		m.review(id)
		if got := m.stands(c.ID); got.State != certificate.Valid {
			m.t.Errorf("%s before the approval", got.State)
		}
		if err := m.approve(id); err != nil {
			m.t.Fatal(err)
		}
		if got := m.stands(c.ID); got.State != certificate.Cancelled || got.Reason != certificate.Wish || got.Since != m.Today() {
			m.t.Errorf("after the approval: %s %s since %s", got.State, got.Reason, got.Since)
		}
		if a, _ := reread(m.t, m.Office, id); a.State != application.Delivered {
			m.t.Errorf("the case waits as %s, not for the shelf", a.State)
		}
		if err := archiving.New(m.DB, m.Files).FileApplication(m.t.Context(), testbed.As(access.Clerk), id, archive.Filing{}); err != nil {
			m.t.Error(err)
		}
		again := casework.Opening{Person: p, Request: application.Request{Matter: application.New, Wanted: []certificate.Category{certificate.Physical}, Origin: application.Counter}}
		m.Until(m.Today().AddMonths(12).Add(-1))
		if _, err := m.desk.OpenApplication(m.t.Context(), testbed.As(access.Township), again); !field(err, "matter", "application.new.barred") {
			m.t.Errorf("a new application within the year: %v", err)
		}
		m.Wait(1)
		if _, err := m.desk.OpenApplication(m.t.Context(), testbed.As(access.Township), again); err != nil {
			m.t.Errorf("no new application after the year: %v", err)
		}
	})
}

func TestALostCertificateIsVoidFromTheAcceptanceOn(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		c := m.Certificate(m.t, p, "2028-01-01")
		lost := application.Request{Matter: application.Reissue, Stated: "赶集时遗失"}
		id := m.ask(p, lost)
		if got := m.stands(c.ID); got.State != certificate.Valid {
			m.t.Errorf("%s before anybody accepted the declaration", got.State)
		}
		m.accept(id)
		if got := m.stands(c.ID); got.State != certificate.Lost {
			m.t.Errorf("%s after the acceptance", got.State)
		}
		if err := m.desk.WithdrawApplication(m.t.Context(), testbed.As(access.Township), id, "找到了"); err != nil {
			m.t.Fatal(err)
		}
		if got := m.stands(c.ID); got.State != certificate.Valid {
			m.t.Errorf("%s after it was found", got.State)
		}
		id = m.ask(p, lost)
		m.accept(id)
		m.review(id)
		if err := m.approve(id); err != nil {
			m.t.Fatal(err)
		}
		if a, _ := reread(m.t, m.Office, id); a.State != application.Approved || m.stands(c.ID).State != certificate.Lost {
			m.t.Errorf("the case is %s, the old one %s", a.State, m.stands(c.ID).State)
		}
	})
}

func TestWhatWasLostBeforeTheCaseStaysLost(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		c := m.Certificate(m.t, p, "2028-01-01")
		c.State = certificate.Lost // as another register tells it
		m.Update(m.t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.RosterImport, c) })
		id := m.ask(p, application.Request{Matter: application.Reissue, Stated: "遗失"})
		m.accept(id)
		if err := m.desk.WithdrawApplication(m.t.Context(), testbed.As(access.Township), id, "暂不补办"); err != nil {
			m.t.Fatal(err)
		}
		if got := m.stands(c.ID); got.State != certificate.Lost {
			m.t.Errorf("%s, though the case did not lose it", got.State)
		}
	})
}

func TestARefusedReissueGivesTheCertificateBack(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		c := m.Certificate(m.t, p, "2028-01-01")
		id := m.ask(p, application.Request{Matter: application.Reissue, Stated: "遗失"})
		m.accept(id)
		m.review(id)
		if err := m.desk.RefuseApplication(m.t.Context(), testbed.As(access.Approver), id, "声明不实"); err != nil {
			m.t.Fatal(err)
		}
		if got := m.stands(c.ID); got.State != certificate.Valid {
			m.t.Errorf("%s after the refusal", got.State)
		}
	})
}

func TestAMoveLeavesTheCertificateOnItsWay(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		c := m.Certificate(m.t, p, "2028-01-01")
		nowhere := application.Request{Matter: application.Move, Target: "999999", Origin: application.Counter}
		if _, err := m.desk.OpenApplication(m.t.Context(), testbed.As(access.Township), casework.Opening{Person: p, Request: nowhere}); !field(err, "target", "application.target.missing") {
			m.t.Errorf("a move to a place that nobody knows: %v", err)
		}
		id := m.ask(p, application.Request{Matter: application.Move, Target: testbed.Elsewhere})
		m.accept(id)
		m.review(id)
		if err := m.approve(id); err != nil {
			m.t.Fatal(err)
		}
		f, err := m.desk.Application(m.t.Context(), testbed.As(access.Clerk), id)
		if err != nil || m.stands(c.ID).State != certificate.Moving || f.TargetPlace == "" || f.Case.Application.State != application.Delivered {
			m.t.Errorf("%s to %q, the case %s: %v", m.stands(c.ID).State, f.TargetPlace, f.Case.Application.State, err)
		}
	})
}

func TestAReviewIsDecidedByItsAssessment(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]struct {
		category certificate.Category
		level    certificate.Level
		want     certificate.State
		state    application.State
	}{
		"as before":     {certificate.Physical, certificate.Third, certificate.Valid, application.Delivered},
		"less severe":   {certificate.Physical, certificate.Fourth, certificate.Doubted, application.Approved},
		"not fulfilled": {"", "", certificate.Cancelled, application.Delivered},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			matters(t, func(m matterOffice) {
				p := m.Person(m.t)
				c := m.Certificate(m.t, p, "2028-01-01")
				id := m.ask(p, application.Request{Matter: application.Check, Stated: "抽查发现人证不符"})
				m.accept(id)
				if got := m.stands(c.ID); got.State != certificate.Doubted {
					m.t.Errorf("%s while under review", got.State)
				}
				m.Update(m.t, access.Reviewer, func(tx *store.Tx) error {
					a, err := tx.Application(id)
					was := a.State
					a.State, a.Category, a.Level, a.Assessed = application.Review, try.category, try.level, m.Today()
					return cmpErr(err, tx.SaveApplication(access.ApplicationAssess, was, a, ""))
				})
				m.review(id)
				if err := m.approve(id); err != nil {
					m.t.Fatal(err)
				}
				a, _ := reread(m.t, m.Office, id)
				if got := m.stands(c.ID); got.State != try.want || a.State != try.state {
					m.t.Errorf("the certificate is %s, the case %s", got.State, a.State)
				}
			})
		})
	}
}

// cmpErr is the first of two errors.
func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func TestOnlyTheCityLetsAMoreSevereLevelThrough(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		m.Certificate(m.t, p, "2028-01-01")
		id := m.ask(p, application.Request{Matter: application.Regrade, Stated: "病情加重"})
		m.accept(id)
		m.Update(m.t, access.Reviewer, func(tx *store.Tx) error {
			a, err := tx.Application(id)
			was := a.State
			a.State, a.Category, a.Level, a.Assessed = application.Review, certificate.Physical, certificate.Second, m.Today()
			return cmpErr(err, tx.SaveApplication(access.ApplicationAssess, was, a, ""))
		})
		m.review(id)
		if err := m.approve(id); fault.Of(err) != fault.Refused {
			m.t.Errorf("approved without the city: %v", err)
		}
		if f, err := m.desk.Application(m.t.Context(), testbed.As(access.City), id); err != nil || !f.Upgrade || len(f.Steps) == 0 || f.Steps[0] != access.ApplicationRereview {
			m.t.Errorf("the city is not asked: %v %v", f.Steps, err)
		}
		if err := m.desk.RereviewApplication(m.t.Context(), testbed.As(access.City), id, "同意"); err != nil {
			m.t.Fatal(err)
		}
		if err := m.approve(id); err != nil {
			m.t.Error(err)
		}
	})
}

func TestOneCategoryInsideAMultipleCertificateIsReviewedAgain(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		number := certificate.MakeNumber(p.Number, certificate.Multiple, certificate.Second)
		held := certificate.Certificate{ID: "multiple", Region: p.Region, Person: p.ID, Number: number, Category: certificate.Multiple, Level: certificate.Second, State: certificate.Valid,
			Issued: "2018-01-01", Expires: "2028-01-01", Grades: []certificate.Grade{{Category: certificate.Vision, Level: certificate.Second}, {Category: certificate.Physical, Level: certificate.Third}}}
		m.Update(m.t, access.Reviewer, func(tx *store.Tx) error { return tx.AddCertificate(access.RosterImport, held) })
		id := m.ask(p, application.Request{Matter: application.Regrade, Stated: "病情加重"})
		m.accept(id)
		m.Update(m.t, access.Reviewer, func(tx *store.Tx) error {
			a, err := tx.Application(id)
			was := a.State
			a.State, a.Category, a.Level, a.Assessed = application.Review, certificate.Multiple, certificate.Second, m.Today()
			found := assessment.Conclusion{First: "甲", Second: "乙", On: m.Today(), Findings: []assessment.Finding{{Category: certificate.Vision, Level: certificate.Second, Meets: true, Findings: "所见"},
				{Category: certificate.Physical, Level: certificate.Second, Meets: true, Findings: "所见"}}}
			return cmpErr(err, cmpErr(tx.SaveApplication(access.ApplicationAssess, was, a, ""), tx.AddAssessment(a, "multiple", found)))
		})
		m.review(id)
		if err := m.approve(id); fault.Of(err) != fault.Refused {
			m.t.Errorf("approved without the city: %v", err)
		}
		if f, err := m.desk.Application(m.t.Context(), testbed.As(access.City), id); err != nil || !f.Upgrade || len(f.Case.Application.Worsened(f.Previous)) != 1 {
			m.t.Errorf("the city is not told: %+v %v", f.Case.Application.Found, err)
		}
		if err := m.desk.RereviewApplication(m.t.Context(), testbed.As(access.City), id, "同意"); err != nil {
			m.t.Fatal(err)
		}
		if err := m.approve(id); err != nil {
			m.t.Error(err)
		}
	})
}
