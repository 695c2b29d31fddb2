package office_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/ledger"
	"hefa/internal/office"
	"hefa/internal/testbed"
)

func TestAnAuditorVerifiesTheOwnCounty(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		o.Person(t)
		desk := office.New(o.DB)
		if err := desk.SealAudit(t.Context(), access.Program(), nil); err != nil {
			t.Fatal(err)
		}
		own, err := desk.VerifyAudit(t.Context(), testbed.As(access.Auditor), nil)
		if err != nil || len(own) != 1 || own[0].County != testbed.County || own[0].Lines == 0 || own[0].Trouble != nil {
			t.Errorf("the auditor of the county finds %+v %v", own, err)
		}
		all, err := desk.VerifyAudit(t.Context(), access.Program(), nil)
		if err != nil || len(all) < 2 {
			t.Errorf("the whole installation has %+v %v", all, err)
		}
		if heads, err := desk.AuditHeads(t.Context(), testbed.As(access.Auditor)); err != nil || len(heads) != 1 || heads[0].Size != own[0].Lines {
			t.Errorf("the heads of the county are %+v %v", heads, err)
		}
		gone := ledger.Head{County: "533124", Size: 7}
		if all, err = desk.VerifyAudit(t.Context(), access.Program(), []ledger.Head{gone}); err != nil || len(all) < 3 || all[len(all)-1].Trouble == nil {
			t.Errorf("a county of which only a witness knows is %+v %v", all, err)
		}
		if _, err := desk.VerifyAudit(t.Context(), testbed.As(access.Clerk), nil); fault.Of(err) != fault.Forbidden {
			t.Errorf("a clerk verifies: %v", err)
		}
	})
}
