package casework_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// decided is a case in review whose conclusion is physical, third level, of today.
func decided(t *testing.T, o *testbed.Office, s application.State) application.Application {
	t.Helper()
	a := o.Case(t, o.Person(t), s)
	o.Update(t, access.Reviewer, func(tx *store.Tx) (err error) {
		a.Category, a.Level, a.Assessed = certificate.Physical, certificate.Third, o.Today()
		if err := tx.SaveApplication(access.ApplicationAssess, a.State, a, ""); err != nil {
			return err
		}
		a, err = tx.Application(a.ID)
		return err
	})
	return a
}

// standing is where a case stands now.
func standing(t *testing.T, o *testbed.Office, id application.ID) (a application.Application) {
	t.Helper()
	o.Update(t, access.Reviewer, func(tx *store.Tx) (err error) {
		a, err = tx.Application(id)
		return err
	})
	return a
}

func TestReviewAndApprovalAreTheWordsOfTwoPeople(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, a := casework.New(o.DB, o.Files), t.Context(), decided(t, o, application.Review)
		reviewer, approver := testbed.As(access.Reviewer), testbed.As(access.Approver)
		if err := desk.ApproveApplication(ctx, approver, a.ID); fault.Of(err) != fault.Refused {
			t.Errorf("approved before the review: %v", err)
		}
		if err := desk.ApproveApplication(ctx, reviewer, a.ID); fault.Of(err) != fault.Forbidden {
			t.Errorf("the reviewer approved: %v", err)
		}
		if err := desk.ReviewApplication(ctx, reviewer, a.ID, strings.Repeat("长", 501)); len(fault.Fields(err)) != 1 {
			t.Errorf("a long note: %v", err)
		}
		if err := desk.ReviewApplication(ctx, reviewer, a.ID, " 材料齐全 "); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, o, a.ID); got.State != application.Reviewed || got.Reviewer != reviewer.Account || got.Due != a.Due {
			t.Errorf("reviewed as %+v", got)
		}
		promoted := approver
		promoted.Account = reviewer.Account // the same person after a change of post
		if err := desk.ApproveApplication(ctx, promoted, a.ID); fault.Of(err) != fault.Refused {
			t.Errorf("the reviewer approved after a change of post: %v", err)
		}
		o.Wait(2)
		if err := desk.ApproveApplication(ctx, approver, a.ID); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, o, a.ID); got.State != application.Approved || got.Approved != "2020-04-03" {
			t.Errorf("approved as %+v", got)
		}
		f, err := desk.Application(ctx, reviewer, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		notes := map[access.Act]string{}
		for _, l := range f.Timeline {
			notes[l.Act] = l.Name + " " + l.Note
		}
		if notes[access.ApplicationReview] != reviewer.Name+" 材料齐全" || notes[access.ApplicationApprove] == "" {
			t.Errorf("the course says %v", notes)
		}
	})
}

func TestTheCityReviewsOnlyWherePolicyWantsIt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, a := casework.New(o.DB, o.Files), t.Context(), decided(t, o, application.Reviewed)
		city, approver := testbed.As(access.City), testbed.As(access.Approver)
		if err := desk.RereviewApplication(ctx, city, a.ID, ""); fault.Of(err) != fault.Refused {
			t.Errorf("reviewed again without the policy: %v", err)
		}
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.SavePolicy(policy.Value{Key: policy.RereviewOn, Region: testbed.County, Effective: o.Today(), Value: "yes", Basis: "测试"})
		})
		if err := desk.ApproveApplication(ctx, approver, a.ID); fault.Of(err) != fault.Refused {
			t.Errorf("approved before the city: %v", err)
		}
		f, err := desk.Application(ctx, city, a.ID)
		if err != nil || len(f.Steps) == 0 || f.Steps[0] != access.ApplicationRereview {
			t.Errorf("the city may %v (%v)", f.Steps, err)
		}
		if err := desk.RereviewApplication(ctx, city, a.ID, "同意"); err != nil {
			t.Fatal(err)
		}
		if err := desk.ApproveApplication(ctx, approver, a.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestAnOldConclusionCannotBeApproved(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, a := casework.New(o.DB, o.Files), decided(t, o, application.Reviewed)
		o.Until("2021-04-02") // result.months is 12
		if err := desk.ApproveApplication(t.Context(), testbed.As(access.Approver), a.ID); fault.Of(err) != fault.Refused {
			t.Errorf("approved on a conclusion of a year ago: %v", err)
		}
	})
}

func TestSeveralAreApprovedEachByItself(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		good, early, other := decided(t, o, application.Reviewed), decided(t, o, application.Review), decided(t, o, application.Reviewed)
		out, err := desk.ApproveApplications(t.Context(), testbed.As(access.Approver), []application.ID{good.ID, early.ID, other.ID})
		if err != nil || len(out) != 3 {
			t.Fatalf("%d outcomes, %v", len(out), err)
		}
		if out[0].Err != nil || fault.Of(out[1].Err) != fault.Refused || out[2].Err != nil || out[1].Case.Person.Name == "" {
			t.Errorf("outcomes %v", out)
		}
		if standing(t, o, early.ID).State != application.Review || standing(t, o, other.ID).State != application.Approved {
			t.Error("one refusal touched the others")
		}
	})
}

func TestRefusalLeavesALetterWithItsReason(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, a := casework.New(o.DB, o.Files), t.Context(), decided(t, o, application.Review)
		approver := testbed.As(access.Approver)
		if err := desk.RefuseApplication(ctx, approver, a.ID, " "); len(fault.Fields(err)) != 1 {
			t.Errorf("refused without a reason: %v", err)
		}
		if err := desk.RefuseApplication(ctx, approver, a.ID, strings.Repeat("长", 501)); len(fault.Fields(err)) != 1 {
			t.Errorf("refused with a long reason: %v", err)
		}
		if err := desk.RefuseApplication(ctx, approver, a.ID, "评定结论与病历不符"); err != nil {
			t.Fatal(err)
		}
		f, err := desk.Application(ctx, approver, a.ID)
		if err != nil || f.Case.Application.State != application.Refused || len(f.Letters) != 1 {
			t.Fatalf("%v: %+v", err, f.Letters)
		}
		if l := f.Letters[0]; l.Kind != application.RefusalLetter || l.Reason != "评定结论与病历不符" || l.No == "" || l.Day != o.Today() {
			t.Errorf("letter %+v", l)
		}
	})
}
