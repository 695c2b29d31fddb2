package casework_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/assessment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/reassessment"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// judged is a case of limbs that the county's hospital put on the third level today.
func judged(t *testing.T, o *testbed.Office) application.Application {
	t.Helper()
	a := o.Case(t, o.Person(t), application.Reviewed)
	by := testbed.As(access.Doctor)
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		s := session.Session{ID: session.ID("s" + string(a.ID)), Region: testbed.Township, Hospital: org.ID(by.Org), Kind: session.Central, Day: o.Today(), Capacity: 9, Taken: 1}
		if err := tx.AddSession(s); err != nil {
			return err
		}
		a.Category, a.Level, a.Assessed, a.Session = certificate.Physical, certificate.Third, o.Today(), string(s.ID)
		f := assessment.Finding{Category: certificate.Physical, Level: certificate.Third, Meets: true, Findings: "首评所见", Doctor: by.Account, Name: by.Name}
		c := assessment.Conclusion{Findings: []assessment.Finding{f}, Doctor: by.Account, First: by.Name, Second: "首评主任", On: o.Today(), Session: string(s.ID)}
		if err := tx.AddAssessment(a, "0"+string(a.ID), c); err != nil {
			return err
		}
		return tx.SaveApplication(access.ApplicationAssess, a.State, a, "")
	})
	return a
}

// second is what the other hospital's doctor finds.
func second(l certificate.Level) assessment.Conclusion {
	f := assessment.Finding{Category: certificate.Physical, Level: l, Meets: l != "", Findings: "复评所见", Values: testbed.Measured(certificate.Physical, l)}
	return assessment.Conclusion{Findings: []assessment.Finding{f}}
}

// TestOtherDoctorsExamineAnewAndTheCityDecides goes from the order past every block to a result that takes the place of the first.
func TestOtherDoctorsExamineAnewAndTheCityDecides(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, hospital, ctx, city := casework.New(o.DB, o.Files), assessing.New(o.DB, o.Files), t.Context(), testbed.As(access.City)
		a, two := judged(t, o), o.OtherDoctors(t)
		of, err := desk.FileAppeal(ctx, testbed.As(access.Township), a.ID, "应为二级")
		if err != nil {
			t.Fatal(err)
		}
		order := casework.Order{Hospital: testbed.Other, Doctors: []staff.ID{staff.ID(two[0].Account), staff.ID(two[1].Account)}, Day: o.Today()}
		for name, x := range map[string]casework.Order{"the first hospital": {Hospital: org.ID(testbed.As(access.Doctor).Org), Doctors: []staff.ID{staff.ID(testbed.As(access.Doctor).Account)}, Day: o.Today()},
			"one doctor": {Hospital: testbed.Other, Doctors: order.Doctors[:1], Day: o.Today()}, "nobody's hospital": {Hospital: "nowhere", Doctors: order.Doctors, Day: o.Today()}} {
			if err := desk.OrderReassessment(ctx, city, a.ID, x); fault.Of(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := desk.OrderReassessment(ctx, testbed.As(access.Approver), a.ID, order); fault.Of(err) != fault.Forbidden {
			t.Errorf("the county orders: %v", err)
		}
		if err := desk.OrderReassessment(ctx, city, a.ID, order); err != nil {
			t.Fatal(err)
		}
		if err := desk.ConcludeAppeal(ctx, city, of, heard(o, appeal.Result{})); fault.Of(err) != fault.Refused {
			t.Errorf("a result by hand meanwhile: %v", err)
		}
		id := waiting(t, hospital, two[0])
		if _, err := hospital.Reassessment(ctx, testbed.As(access.Doctor), id); fault.Of(err) != fault.Missing {
			t.Errorf("the first doctor reads it: %v", err)
		}
		if err := hospital.SignReassessment(ctx, two[0], id, second(certificate.Second)); err != nil {
			t.Fatal(err)
		}
		if err := desk.DecideReassessment(ctx, city, of, true, "复查"); fault.Of(err) != fault.Refused {
			t.Errorf("decided on one signature: %v", err)
		}
		if err := hospital.CountersignReassessment(ctx, two[0], id); fault.Of(err) != fault.Refused {
			t.Errorf("the same doctor twice: %v", err)
		}
		if err := hospital.ReturnReassessment(ctx, two[1], id, "右上肢没有写"); err != nil {
			t.Fatal(err)
		}
		if err := hospital.SignReassessment(ctx, two[0], id, second(certificate.Second)); err != nil {
			t.Fatal(err)
		}
		if err := hospital.CountersignReassessment(ctx, two[1], id); err != nil {
			t.Fatal(err)
		}
		all, err := desk.Appeals(ctx, city, a.ID)
		if err != nil || len(all.Runs) != 1 || all.Runs[0].First == nil || all.Runs[0].First.Findings[0].Level != certificate.Third || all.Runs[0].Conclusion.Findings[0].Level != certificate.Second {
			t.Fatalf("%+v %v", all, err)
		}
		if err := desk.DecideReassessment(ctx, city, of, true, "以再次评定为准"); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			got, err := tx.Application(a.ID)
			if err != nil || got.Level != certificate.Second || got.State != application.Assessed {
				t.Errorf("%+v %v", got, err)
			}
			signed, err := tx.Assessments(got)
			if len(signed) != 2 || signed[1].Hospital != string(testbed.Other) || signed[1].Second != two[1].Name {
				t.Errorf("%+v", signed)
			}
			return err
		})
	})
}

// waiting is the one re-assessment for which the doctor is named.
func waiting(t *testing.T, d *assessing.Desk, by access.Actor) reassessment.ID {
	t.Helper()
	all, err := d.Reassessments(t.Context(), by)
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	return all[0].ID
}

// TestACheckTakesNoStageAndTheSecondStageIsTheProvinces tries an order of the office's own, and who may order the last one.
func TestACheckTakesNoStageAndTheSecondStageIsTheProvinces(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, hospital, ctx, city, township := casework.New(o.DB, o.Files), assessing.New(o.DB, o.Files), t.Context(), testbed.As(access.City), testbed.As(access.Township)
		a, two := judged(t, o), o.OtherDoctors(t)
		order := casework.Order{Hospital: testbed.Other, Doctors: []staff.ID{staff.ID(two[0].Account), staff.ID(two[1].Account)}, Day: o.Today()}
		if err := desk.OrderReassessment(ctx, city, a.ID, order); fault.Of(err) != fault.Invalid {
			t.Errorf("a check without a reason: %v", err)
		}
		order.Reason = "抽查"
		if err := desk.OrderReassessment(ctx, city, a.ID, order); err != nil {
			t.Fatal(err)
		}
		if err := desk.ApproveApplication(ctx, testbed.As(access.Approver), a.ID); fault.Of(err) != fault.Refused {
			t.Errorf("approved meanwhile: %v", err)
		}
		all, err := desk.Appeals(ctx, city, a.ID)
		if err != nil || all.Before.Earlier[0].Origin != appeal.Office {
			t.Fatalf("%+v %v", all, err)
		}
		of := all.Before.Earlier[0].ID
		if err := desk.DropReassessment(ctx, city, of, ""); fault.Of(err) != fault.Invalid {
			t.Errorf("dropped without a reason: %v", err)
		}
		if err := desk.DropReassessment(ctx, city, of, "医师出差"); err != nil {
			t.Fatal(err)
		}
		if all, err := hospital.Reassessments(ctx, two[0]); err != nil || len(all) != 0 {
			t.Errorf("a dropped one is listed: %+v %v", all, err)
		}
		first, err := desk.FileAppeal(ctx, township, a.ID, "不服")
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.AdmitAppeal(ctx, city, first, "市中心医院"); err != nil {
			t.Fatal(err)
		}
		if err := desk.ConcludeAppeal(ctx, city, first, heard(o, appeal.Result{Category: certificate.Physical, Level: certificate.Third})); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.FileAppeal(ctx, township, a.ID, "仍不服"); err != nil {
			t.Fatal(err)
		}
		if err := desk.OrderReassessment(ctx, city, a.ID, order); fault.Of(err) != fault.Refused {
			t.Errorf("the city orders the province's stage: %v", err)
		}
		province := city
		province.Region = "53"
		if err := desk.OrderReassessment(ctx, province, a.ID, order); err != nil {
			t.Error(err)
		}
	})
}
