package casework_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestAnOfficerDecidesNothingAboutARelative(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, p := casework.New(o.DB, o.Files), t.Context(), o.Person(t)
		for _, role := range []access.Role{access.Reviewer, access.Approver, access.City} {
			by := testbed.As(role)
			o.Update(t, role, func(tx *store.Tx) error {
				return tx.AddRelative(staff.Relative{ID: by.Account, Account: staff.ID(by.Account), Name: p.Name, Number: p.Number, Relation: staff.Parent, Declared: o.Today()})
			})
		}
		a := o.Case(t, p, application.Review)
		for name, err := range map[string]error{
			"review":   desk.ReviewApplication(ctx, testbed.As(access.Reviewer), a.ID, ""),
			"rereview": desk.RereviewApplication(ctx, testbed.As(access.City), a.ID, ""),
			"approve":  desk.ApproveApplication(ctx, testbed.As(access.Approver), a.ID),
			"refuse":   desk.RefuseApplication(ctx, testbed.As(access.Approver), a.ID, "不符合"),
			"resolve":  desk.ResolveObjection(ctx, testbed.As(access.Reviewer), a.ID, application.Dismissed, "不成立"),
		} {
			if f, ok := err.(*fault.Fault); !ok || f.Kind != fault.Refused || f.Key != "relative.block" {
				t.Errorf("%s: %v", name, err)
			}
		}
		other := testbed.As(access.Reviewer)
		other.Account = "another-reviewer"
		if err := desk.ReviewApplication(ctx, other, a.ID, ""); err != nil {
			t.Errorf("somebody else: %v", err)
		}
	})
}
