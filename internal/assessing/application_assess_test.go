package assessing_test

import (
	"bytes"
	"io"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/pathway"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestConclusionDecidesWhatComesNext(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		c.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.SavePolicy(policy.Value{Key: policy.AnnounceExempt, Region: testbed.County, Effective: c.Today(), Value: "5,6", Basis: "测试"})
		})
		id := c.planned(t, morrow, 9)
		vision, physical, mind := certificate.Vision, certificate.Physical, certificate.Intellectual
		cases := []struct {
			name     string
			birth    day.Day
			found    []assessment.Finding
			to       application.State
			category certificate.Category
			level    certificate.Level
		}{
			{"one category", "1961-05-04", []assessment.Finding{met(physical, "3")}, application.Assessed, physical, "3"},
			{"the most severe of several", "1961-05-04", []assessment.Finding{met(physical, "3"), met(vision, "1")}, application.Assessed, certificate.Multiple, "1"},
			{"one met of two", "1961-05-04", []assessment.Finding{met(physical, "2"), unmet(vision)}, application.Assessed, physical, "2"},
			{"nothing met", "1961-05-04", []assessment.Finding{unmet(physical)}, application.Refused, "", ""},
			{"a minor is not published", "2010-05-04", []assessment.Finding{met(physical, "2")}, application.Review, physical, "2"}, // 办法 art. 9
			{"an exempt category is not published", "1961-05-04", []assessment.Finding{met(mind, "2")}, application.Review, mind, "2"},
		}
		ids := make([]application.ID, len(cases))
		for i, k := range cases {
			var wanted []certificate.Category
			for _, f := range k.found {
				wanted = append(wanted, f.Category)
			}
			ids[i] = c.seated(t, id, k.birth, wanted...)
		}
		c.Until(morrow)
		for i, k := range cases {
			if err := c.AssessApplication(t.Context(), testbed.As(access.Doctor), ids[i], signed(k.found...)); err != nil {
				t.Errorf("%s: %v", k.name, err)
				continue
			}
			a := c.found(t, ids[i])
			if a.State != k.to || a.Category != k.category || a.Level != k.level || a.Assessed != morrow {
				t.Errorf("%s: %s %s/%s on %s", k.name, a.State, a.Category, a.Level, a.Assessed)
			}
			c.Update(t, access.Clerk, func(tx *store.Tx) error {
				letters, err := tx.Letters(a)
				if refused := k.to == application.Refused; refused != (len(letters) == 1) || refused && (letters[0].Kind != application.RefusalLetter || letters[0].No == "") {
					t.Errorf("%s: letters %+v", k.name, letters)
				}
				return err
			})
		}
	})
}

func TestDoctorIsHeldToDayLicenceAndSignatures(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		doctor, good := testbed.As(access.Doctor), met(certificate.Physical, "3")
		a := c.seated(t, c.planned(t, morrow, 9), "1961-05-04", certificate.Physical)
		assess := func(by access.Actor, k assessment.Conclusion) error {
			return c.AssessApplication(t.Context(), by, a, k)
		}
		want(t, "the day before", assess(doctor, signed(good)), fault.Refused, "session.ahead")
		c.Until(morrow)
		want(t, "by the registrar", assess(testbed.As(access.Hospital), signed(good)), fault.Forbidden, "")
		want(t, "by a clerk", assess(testbed.As(access.Clerk), signed(good)), fault.Forbidden, "")
		elsewhere := doctor
		elsewhere.Org = "another"
		want(t, "by another hospital", assess(elsewhere, signed(good)), fault.Missing, "")
		want(t, "outside the licence (N18)", assess(doctor, signed(good, met(certificate.Hearing, "1"))), fault.Invalid, "assessment.category.unlicensed")
		want(t, "kept outside the licence", c.KeepFindings(t.Context(), doctor, a, signed(met(certificate.Mental, "1"))), fault.Invalid, "assessment.category.unlicensed")
		want(t, "without what was asked for", assess(doctor, signed(met(certificate.Vision, "1"))), fault.Refused, "assessment.lacking")
		want(t, "without findings", assess(doctor, signed()), fault.Invalid, "assessment.findings.missing")
		want(t, "one signature", assess(doctor, assessment.Conclusion{Findings: []assessment.Finding{good}}), fault.Invalid, "assessment.second.missing")
		for key, k := range map[string]assessment.Conclusion{
			"assessment.second.same": {Findings: []assessment.Finding{good}, Second: doctor.Name},
			"assessment.first.other": {Findings: []assessment.Finding{good}, First: "别人", Second: "测试主任"},
			"assessment.day.early":   {Findings: []assessment.Finding{good}, Second: "测试主任", On: "2020-04-01"},
		} {
			want(t, key, assess(doctor, k), fault.Invalid, key)
		}
		want(t, "dated tomorrow", assess(doctor, assessment.Conclusion{Findings: []assessment.Finding{good}, Second: "测试主任", On: "2020-04-03"}), fault.Invalid, "assessment.day.future")
		if err := assess(doctor, signed(good)); err != nil {
			t.Fatal(err)
		}
		want(t, "a second time", assess(doctor, signed(good)), fault.Refused, "application.step.wrong")
	})
}

func TestSeveralDoctorsMakeOneConclusion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		first, second := testbed.As(access.Doctor), c.colleague(t)
		a := c.seated(t, c.planned(t, morrow, 9), "1961-05-04", certificate.Vision, certificate.Hearing)
		c.Until(morrow)
		if err := c.KeepFindings(t.Context(), first, a, signed(met(certificate.Vision, "3"))); err != nil {
			t.Fatal(err)
		}
		e, err := c.Examination(t.Context(), second, a)
		if err != nil || len(e.Kept) != 1 || e.Kept[0].Name != first.Name || e.Application.State != application.Scheduled {
			t.Fatalf("kept %+v %v", e.Kept, err)
		}
		stale := signed(met(certificate.Hearing, "2"))
		stale.Version = e.Application.Version - 1
		want(t, "on an old page", c.AssessApplication(t.Context(), second, a, stale), fault.Stale, "")
		forged := met(certificate.Vision, "1")
		want(t, "over a colleague outside the licence", c.AssessApplication(t.Context(), second, a, signed(met(certificate.Hearing, "2"), forged)), fault.Invalid,
			"assessment.category.unlicensed")
		if err := c.AssessApplication(t.Context(), second, a, signed(met(certificate.Hearing, "2"))); err != nil {
			t.Fatal(err)
		}
		got := c.found(t, a)
		if got.Category != certificate.Multiple || got.Level != "2" {
			t.Errorf("concluded %s/%s", got.Category, got.Level)
		}
		c.Update(t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.Assessments(got)
			if len(all) != 1 || len(all[0].Findings) != 2 || all[0].Doctor != second.Account || all[0].Findings[0].Doctor != first.Account {
				t.Errorf("signed %+v", all)
			}
			if kept, _ := tx.Findings(got); len(kept) > 0 {
				t.Errorf("%d findings are still kept", len(kept))
			}
			return err
		})
	})
}

// N46, M23: no examination is left out; what differs from the standard needs a reason and a second doctor.
func TestConclusionIsHeldToTheStandard(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		first, second := testbed.As(access.Doctor), c.colleague(t)
		a := c.seated(t, c.planned(t, morrow, 9), "1961-05-04", certificate.Physical)
		c.Until(morrow)
		assess := func(by access.Actor, f assessment.Finding) error {
			return c.AssessApplication(t.Context(), by, a, signed(f))
		}
		bare := met(certificate.Physical, "3")
		bare.Values = nil
		want(t, "without examinations", assess(first, bare), fault.Invalid, "assessment.exam.missing")
		bare.Values = grading.Values{"adl": "7"}
		want(t, "unreadable", assess(first, bare), fault.Invalid, "grading.value.choice")
		want(t, "unreadable and kept", c.KeepFindings(t.Context(), first, a, signed(bare)), fault.Invalid, "grading.value.choice")
		high := met(certificate.Physical, "3")
		high.Level = "1"
		want(t, "without a reason", assess(first, high), fault.Invalid, "assessment.reason.missing")
		high.Reason = "病历显示近期加重"
		want(t, "without a second doctor", assess(first, high), fault.Invalid, "assessment.unconfirmed")
		forged := high
		forged.Confirmer, forged.Confirmed = second.Account, second.Name
		want(t, "with a second doctor of one's own making", assess(first, forged), fault.Invalid, "assessment.unconfirmed")
		confirm := func(by access.Actor, k certificate.Category) error {
			return c.ConfirmFinding(t.Context(), by, a, k)
		}
		want(t, "nothing is kept", confirm(second, certificate.Physical), fault.Refused, "assessment.confirm.none")
		if err := c.KeepFindings(t.Context(), first, a, signed(high)); err != nil {
			t.Fatal(err)
		}
		want(t, "by oneself", confirm(first, certificate.Physical), fault.Refused, "assessment.confirm.own")
		want(t, "by a clerk", confirm(testbed.As(access.Clerk), certificate.Physical), fault.Forbidden, "")
		if err := confirm(second, certificate.Physical); err != nil {
			t.Fatal(err)
		}
		changed := high
		changed.Values = testbed.Measured(certificate.Physical, "4")
		want(t, "other findings than those confirmed", assess(first, changed), fault.Invalid, "assessment.unconfirmed")
		if err := assess(first, high); err != nil {
			t.Fatal(err)
		}
		got := c.found(t, a)
		c.Update(t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.Assessments(got)
			if f := all[0].Findings[0]; !f.Differs() || f.Suggested != "3" || f.Confirmed != second.Name || f.Reason != high.Reason || !f.Values.Same(high.Values) {
				t.Errorf("kept %+v", f)
			}
			return err
		})
	})
}

func TestTheEvaluationIsPrintedBlankAndFilled(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, c.Today(), 2)
		a := c.seated(t, id, "1961-05-04", certificate.Physical)
		elsewhere := testbed.As(access.Doctor)
		elsewhere.Org = "another"
		want(t, "a doctor of another hospital", casework.New(c.DB, c.Files).WriteEvaluation(t.Context(), elsewhere, a, io.Discard), fault.Missing, "")
		var blank, filled bytes.Buffer
		if err := casework.New(c.DB, c.Files).WriteEvaluation(t.Context(), testbed.As(access.Township), a, &blank); err != nil {
			t.Fatal(err)
		}
		if err := c.AssessApplication(t.Context(), testbed.As(access.Doctor), a, signed(met(certificate.Physical, "3"))); err != nil {
			t.Fatal(err)
		}
		if err := casework.New(c.DB, c.Files).WriteEvaluation(t.Context(), testbed.As(access.Doctor), a, &filled); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(blank.Bytes(), []byte("%PDF")) || !bytes.HasPrefix(filled.Bytes(), []byte("%PDF")) || bytes.Equal(blank.Bytes(), filled.Bytes()) {
			t.Errorf("%d and %d bytes", blank.Len(), filled.Len())
		}
		done := c.found(t, a)
		c.Update(t, access.Reviewer, func(tx *store.Tx) error {
			e, err := casework.Evaluation(tx, done)
			if err != nil {
				return err
			}
			if p := e.Parts; len(p) != 1 || p[0].Category != "肢体" || p[0].Result != "符合残疾标准：肢体残疾，三级" || p[0].Doctor == "" || p[0].Second == "" || len(p[0].Fields) == 0 || e.Identity == "" {
				t.Errorf("it says %+v", e)
			}
			if e.Kind != "新办 集中评残" {
				t.Errorf("it came about by %s", e.Kind)
			}
			if err := tx.SaveWay(access.PathChoose, store.Way{Choice: pathway.Choice{Application: string(a), Region: done.Region, Path: pathway.Records}}, ""); err != nil {
				return err
			}
			if e, err = casework.Evaluation(tx, done); err != nil || e.Kind != "新办 集中评残 持病历代办（精神）" {
				t.Errorf("on records it came about by %s, %v", e.Kind, err)
			}
			return nil
		})
		loose := c.wants(t, "1961-05-04", certificate.Physical)
		want(t, "a doctor reads who has no seat", casework.New(c.DB, c.Files).WriteEvaluation(t.Context(), testbed.As(access.Doctor), loose, io.Discard), fault.Missing, "")
	})
}

func TestARelativeIsNotAssessed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, c.Today(), 2)
		a := c.seated(t, id, "1961-05-04", certificate.Physical)
		other := c.colleague(t)
		c.Declare(t, other, c.found(t, a).Person)
		_, err := c.Examination(t.Context(), other, a)
		want(t, "a look", err, fault.Refused, "relative.block")
		want(t, "findings", c.KeepFindings(t.Context(), other, a, signed(met(certificate.Physical, "3"))), fault.Refused, "relative.block")
		want(t, "a confirmation", c.ConfirmFinding(t.Context(), other, a, certificate.Physical), fault.Refused, "relative.block")
		second := signed(met(certificate.Physical, "3"))
		second.Second = other.Name
		want(t, "a second signature", c.AssessApplication(t.Context(), testbed.As(access.Doctor), a, second), fault.Invalid, "relative.block.second")
		if err := c.AssessApplication(t.Context(), testbed.As(access.Doctor), a, signed(met(certificate.Physical, "3"))); err != nil {
			t.Error(err)
		}
	})
}
