package casework_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// heard is the conclusion of a hospital that the city named.
func heard(o *testbed.Office, r appeal.Result) appeal.Conclusion {
	return appeal.Conclusion{Result: r, Doctors: [2]string{"市评医甲", "市评医乙"}, On: o.Today(), Opinion: "复查所见如记录"}
}

// TestAnotherResultTakesThePlaceOfTheFirst goes through art. 25: city, then province, in time only, and nothing decided meanwhile.
func TestAnotherResultTakesThePlaceOfTheFirst(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, township, city := casework.New(o.DB, o.Files), t.Context(), testbed.As(access.Township), testbed.As(access.City)
		a := decided(t, o, application.Reviewed)
		if _, err := desk.FileAppeal(ctx, township, a.ID, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		id, err := desk.FileAppeal(ctx, township, a.ID, "本人认为应为二级")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.FileAppeal(ctx, township, a.ID, "再次"); fault.Of(err) != fault.Refused {
			t.Errorf("a second one beside it: %v", err)
		}
		if err := desk.ApproveApplication(ctx, testbed.As(access.Approver), a.ID); fault.Of(err) != fault.Refused {
			t.Errorf("approved meanwhile: %v", err)
		}
		if err := desk.RefuseApplication(ctx, testbed.As(access.Approver), a.ID, "不符合"); fault.Of(err) != fault.Refused {
			t.Errorf("refused meanwhile: %v", err)
		}
		if err := desk.AdmitAppeal(ctx, township, id, "省医院"); fault.Of(err) != fault.Forbidden {
			t.Errorf("the township admits: %v", err)
		}
		if err := desk.ConcludeAppeal(ctx, city, id, heard(o, appeal.Result{})); fault.Of(err) != fault.Refused {
			t.Errorf("concluded before it is admitted: %v", err)
		}
		if err := desk.AdmitAppeal(ctx, city, id, "市中心医院"); err != nil {
			t.Fatal(err)
		}
		if err := desk.ConcludeAppeal(ctx, city, id, heard(o, appeal.Result{Category: certificate.Physical, Level: certificate.Second})); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, o, a.ID); got.State != application.Assessed || got.Level != certificate.Second || got.Reviewer != "" {
			t.Errorf("after the city: %+v", got)
		}
		second, err := desk.FileAppeal(ctx, township, a.ID, "仍不服")
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.AdmitAppeal(ctx, city, second, "市中心医院"); fault.Of(err) != fault.Invalid {
			t.Errorf("the same hospital again: %v", err)
		}
		if err := desk.AdmitAppeal(ctx, city, second, "省康复医院"); err != nil {
			t.Fatal(err)
		}
		if err := desk.ConcludeAppeal(ctx, city, second, heard(o, appeal.Result{})); len(fault.Fields(err)) != 2 {
			t.Errorf("the same doctors again: %v", err)
		}
		c := heard(o, appeal.Result{})
		c.Doctors = [2]string{"省评医甲", "省评医乙"}
		if err := desk.ConcludeAppeal(ctx, city, second, c); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, o, a.ID); got.State != application.Refused {
			t.Errorf("after the province: %+v", got)
		}
		if _, err := desk.FileAppeal(ctx, township, a.ID, "还是不服"); fault.Of(err) != fault.Refused {
			t.Errorf("after the province's conclusion: %v", err)
		}
		all, err := desk.Appeals(ctx, township, a.ID)
		if err != nil || len(all.Before.Earlier) != 2 || all.Before.Earlier[1].Level != appeal.Province || all.Refused == nil {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestARefusedCaseIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, township, city := casework.New(o.DB, o.Files), t.Context(), testbed.As(access.Township), testbed.As(access.City)
		a := decided(t, o, application.Review)
		if err := desk.RefuseApplication(ctx, testbed.As(access.Approver), a.ID, "不符合标准"); err != nil {
			t.Fatal(err)
		}
		all, err := desk.Appeals(ctx, township, a.ID)
		if err != nil || all.Before.Last != "2020-04-16" { // ten working days, the holiday of 4 to 6 April among them
			t.Fatal(all.Before.Last, err)
		}
		o.Until(all.Before.Last)
		id, err := desk.FileAppeal(ctx, township, a.ID, "最后一天提出")
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.AdmitAppeal(ctx, city, id, "市中心医院"); err != nil {
			t.Fatal(err)
		}
		other := o.Case(t, holder(t, o, a), application.Submitted)
		if err := desk.ConcludeAppeal(ctx, city, id, heard(o, appeal.Result{Category: certificate.Physical, Level: certificate.Fourth})); fault.Of(err) != fault.Refused {
			t.Errorf("beside another open case: %v", err)
		}
		if err := desk.WithdrawApplication(ctx, township, other.ID, "重复"); err != nil {
			t.Fatal(err)
		}
		if err := desk.ConcludeAppeal(ctx, city, id, heard(o, appeal.Result{Category: certificate.Physical, Level: certificate.Fourth})); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, o, a.ID); got.State != application.Assessed || got.Level != certificate.Fourth {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnAppealOutOfTimeOrWithoutAResult(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, township := casework.New(o.DB, o.Files), t.Context(), testbed.As(access.Township)
		late := decided(t, o, application.Assessed)
		fresh := o.Case(t, o.Person(t), application.Accepted)
		granted := decided(t, o, application.Approved)
		for _, a := range []application.Application{fresh, granted} {
			if _, err := desk.FileAppeal(ctx, township, a.ID, "不服"); fault.Of(err) != fault.Refused {
				t.Errorf("%s: %v", a.State, err)
			}
		}
		o.Wait(40)
		if _, err := desk.FileAppeal(ctx, township, late.ID, "不服"); fault.Of(err) != fault.Refused {
			t.Errorf("after the days: %v", err)
		}
	})
}

func TestADeniedOrUpheldAppealLeavesTheCase(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, township, city := casework.New(o.DB, o.Files), t.Context(), testbed.As(access.Township), testbed.As(access.City)
		a := decided(t, o, application.Reviewed)
		first, err := desk.FileAppeal(ctx, township, a.ID, "不服")
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.DenyAppeal(ctx, city, first, ""); fault.Of(err) != fault.Invalid {
			t.Errorf("denied without an opinion: %v", err)
		}
		if err := desk.DenyAppeal(ctx, city, first, "没有新的理由"); err != nil {
			t.Fatal(err)
		}
		second, err := desk.FileAppeal(ctx, township, a.ID, "补充病历")
		if err != nil {
			t.Fatal(err)
		}
		stranger := testbed.Stranger(access.Clerk)
		if err := desk.AdmitAppeal(ctx, stranger, second, "市中心医院"); fault.Of(err) != fault.Missing {
			t.Errorf("a stranger admits: %v", err)
		}
		if err := desk.AdmitAppeal(ctx, city, second, "市中心医院"); err != nil {
			t.Fatal(err)
		}
		if err := desk.ConcludeAppeal(ctx, city, second, heard(o, appeal.Result{Category: certificate.Physical, Level: certificate.Third})); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, o, a.ID); got.State != application.Reviewed || got.Level != certificate.Third {
			t.Errorf("%+v", got)
		}
		l, err := desk.AppealList(ctx, city, casework.AppealFilter{Region: testbed.County, State: appeal.Upheld, Limit: 1})
		if err != nil || len(l.Appeals) != 1 || l.Appeals[0].ID != second || l.Next != "" {
			t.Errorf("%+v, %v", l, err)
		}
	})
}

// holder is the person of a case.
func holder(t *testing.T, o *testbed.Office, a application.Application) (p person.Person) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		p, err = tx.Person(a.Person)
		return err
	})
	return p
}
