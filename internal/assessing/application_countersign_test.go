package assessing_test

import (
	"slices"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// asked is a conclusion whose second signature somebody with an account is asked for.
func asked(second string, fs ...assessment.Finding) assessment.Conclusion {
	return assessment.Conclusion{Findings: fs, Second: second}
}

// TestTheSecondSignatureIsAnAct signs first, is read by a colleague, sent back, signed anew and signed second.
func TestTheSecondSignatureIsAnAct(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		first, second, ctx := testbed.As(access.Doctor), c.colleague(t), t.Context()
		a := c.seated(t, c.planned(t, morrow, 9), "1961-05-04", certificate.Physical)
		c.Until(morrow)
		want(t, "nothing is signed", c.CountersignApplication(ctx, second, a), fault.Refused, "assessment.second.none")
		high := met(certificate.Physical, "3")
		high.Level = "1"
		want(t, "without a reason", c.AssessApplication(ctx, first, a, asked(second.Name, high)), fault.Invalid, "assessment.reason.missing")
		high.Reason = "病历显示近期加重"
		if err := c.AssessApplication(ctx, first, a, asked(second.Name, high)); err != nil {
			t.Fatal(err)
		}
		if got := c.found(t, a); got.State != application.Scheduled || got.Assessed != "" {
			t.Errorf("one signature concludes: %+v", got)
		}
		if all, err := c.Signatures(ctx, first, "", 9); err != nil || len(all.Lines) != 0 {
			t.Errorf("the first signer is asked: %+v %v", all, err)
		}
		if all, err := c.Signatures(ctx, second, "", 9); err != nil || len(all.Lines) != 1 || !all.Lines[0].Named || all.Lines[0].Case.Application.ID != a {
			t.Fatalf("nothing waits: %+v %v", all, err)
		}
		want(t, "kept meanwhile", c.KeepFindings(ctx, second, a, signed(high)), fault.Refused, "assessment.waiting")
		want(t, "the same doctor twice", c.CountersignApplication(ctx, first, a), fault.Refused, "assessment.second.own")
		want(t, "sent back for nothing", c.ReturnSignature(ctx, second, a, " "), fault.Invalid, "reassessment.reason.missing")
		if err := c.ReturnSignature(ctx, second, a, "右上肢写反了"); err != nil {
			t.Fatal(err)
		}
		e, err := c.Examination(ctx, first, a)
		if err != nil || e.Signature == nil || e.Signature.Waiting || e.Signature.Reason != "右上肢写反了" || len(e.Kept) != 1 {
			t.Fatalf("%+v %v", e.Signature, err)
		}
		if err := c.AssessApplication(ctx, first, a, asked(second.Account, high)); err != nil {
			t.Fatal(err)
		}
		if err := c.CountersignApplication(ctx, second, a); err != nil {
			t.Fatal(err)
		}
		got := c.found(t, a)
		c.Update(t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.Assessments(got)
			if got.State != application.Assessed || len(all) != 1 || all[0].Second != second.Name || all[0].Findings[0].Confirmer != second.Account {
				t.Errorf("%s %+v", got.State, all)
			}
			return err
		})
	})
}

// TestTheSecondSignerIsHeldToTheBlocks tries categories, papers, relatives, titles, and who has no account.
func TestTheSecondSignerIsHeldToTheBlocks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		first, second, ctx := testbed.As(access.Doctor), c.colleague(t), t.Context()
		day := c.planned(t, morrow, 9)
		limbs, sight := c.seated(t, day, "1961-05-04", certificate.Physical), c.seated(t, day, "1961-05-04", certificate.Vision)
		c.Until(morrow)
		good := met(certificate.Physical, "3")
		want(t, "a colleague of other categories (N18)", c.AssessApplication(ctx, first, sight, asked(second.Name, met(certificate.Vision, "3"))), fault.Invalid, "reassessment.doctor.category")
		if err := c.AssessApplication(ctx, first, limbs, asked(second.Name, good)); err != nil {
			t.Fatal(err)
		}
		c.employ(t, staff.Account{ID: "ear", Login: "ear", Name: "测试耳科", Role: access.Doctor, Region: testbed.County, Org: org.ID(first.Org), Categories: []certificate.Category{certificate.Hearing}})
		ear := first
		ear.Account, ear.Name = "ear", "测试耳科"
		want(t, "signed by a doctor of other categories (N18)", c.CountersignApplication(ctx, ear, limbs), fault.Refused, "assessment.second.unlicensed")
		c.practice(t, second, func(p *staff.Practice) { p.Standing = staff.Retired })
		want(t, "signed by one who has retired (N20)", c.CountersignApplication(ctx, second, limbs), fault.Refused, "doctor.retired")
		c.practice(t, second, func(p *staff.Practice) { p.Standing, p.Until = staff.Employed, "2020-04-01" })
		want(t, "signed without a valid training (N19)", c.CountersignApplication(ctx, second, limbs), fault.Refused, "doctor.training.over")
		c.practice(t, second, func(p *staff.Practice) { p.Until = "2099-12-31" })
		c.Policy(t, policy.SeniorTitles, "主任医师")
		want(t, "neither has the title", c.CountersignApplication(ctx, second, limbs), fault.Refused, "assessment.second.senior")
		c.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.SavePolicy(policy.Value{Key: policy.SeniorTitles, Region: testbed.County, Effective: "2018-02-01", Value: "主治医师、主任医师", Basis: "test"})
		})
		of := c.found(t, limbs).Person
		c.Update(t, access.Doctor, func(tx *store.Tx) error {
			p, err := tx.Person(of)
			if err != nil {
				return err
			}
			return tx.AddRelative(staff.Relative{ID: "kin", Account: staff.ID(second.Account), Name: p.Name, Number: p.Number, Relation: staff.Child, Declared: c.Today()})
		})
		want(t, "signed by a relative (N22)", c.CountersignApplication(ctx, second, limbs), fault.Refused, "relative.block")
		want(t, "a relative is asked", c.AssessApplication(ctx, first, limbs, asked(second.Name, good)), fault.Invalid, "relative.block.second")
		bare := c.Case(t, c.Person(t), application.Accepted)
		if err := c.ScheduleApplications(ctx, testbed.As(access.Township), day, []application.ID{bare.ID}); err != nil {
			t.Fatal(err)
		}
		want(t, "a name without a paper", c.AssessApplication(ctx, first, bare.ID, signed(good)), fault.Invalid, "assessment.second.scan")
		c.Policy(t, policy.SecondAccount, "yes")
		want(t, "a name where only accounts sign", c.AssessApplication(ctx, first, sight, signed(met(certificate.Vision, "3"))), fault.Invalid, "assessment.second.account")
	})
}

// practice changes the papers of a doctor.
func (c clinic) practice(t *testing.T, by access.Actor, change func(*staff.Practice)) {
	t.Helper()
	l, err := c.Doctors(t.Context(), testbed.As(access.Health), assessing.DoctorFilter{Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range l.Doctors {
		if string(d.Doctor) == by.Account {
			p := d.Practice
			change(&p)
			if err := c.EditDoctor(t.Context(), testbed.As(access.Health), p); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// What waits at a hospital is paged by key: those who name the reader first, then the oldest, and none is lost behind the many of other categories.
func TestWhatWaitsForASecondSignatureIsPaged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		reader := c.colleague(t)
		waits := func(since int, seconder string, k certificate.Category) application.ID {
			a := c.Case(t, c.Born(t, "1961-05-04"), application.Scheduled)
			c.Update(t, access.Doctor, func(tx *store.Tx) error {
				s := store.Signature{Hospital: org.ID(reader.Org), Waiting: true, Since: c.Now().Add(time.Duration(since) * time.Second)}
				s.Conclusion = assessment.Conclusion{Findings: []assessment.Finding{met(k, "2")}, Doctor: "first", Seconder: seconder}
				s.Conclusion.Findings[0].Doctor = "first"
				return tx.PutSignature(a, s)
			})
			return a.ID
		}
		for i := range 103 {
			waits(i, "", certificate.Vision) // which the reader may not sign
		}
		var old []application.ID
		for i := range 3 {
			old = append(old, waits(200+i, "", certificate.Physical))
		}
		named := waits(300, reader.Account, certificate.Hearing)
		want := append([]application.ID{named}, old...)
		var got []application.ID
		after := application.ID("")
		for range 5 {
			l, err := c.Signatures(t.Context(), reader, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range l.Lines {
				after = s.Case.Application.ID
				got = append(got, after)
			}
			if l.More != (len(got) < len(want)) {
				t.Errorf("after %d there are more: %v", len(got), l.More)
			}
			if !l.More {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("the pages have %v, want %v", got, want)
		}
	})
}
