package office_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

// newcomer is an account that can be added in 芒市.
func newcomer(login string) staff.Account {
	return staff.Account{Login: login, Name: "测试新人", Role: access.Clerk, Region: testbed.County, Org: "federation-533103"}
}

func TestAFirstPasswordOpensOnceAndMustBeChanged(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sec := office.New(o.DB), testbed.As(access.Secadmin)
		id, password, err := desk.AddAccount(t.Context(), sec, newcomer(" New.Clerk "))
		if err != nil {
			t.Fatal(err)
		}
		token, err := desk.SignIn(t.Context(), office.Attempt{Login: "new.clerk", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Visit(t.Context(), token, ""); err != nil || !v.Renew || v.Account.ID != id {
			t.Errorf("visit: %+v %v", v, err)
		}
		if _, _, err := desk.AddAccount(t.Context(), sec, newcomer("new.clerk")); err == nil || err.Error() != "invalid: form.invalid login=staff.login.taken" {
			t.Errorf("the same login twice: %v", err)
		}
		again, err := desk.ResetPassword(t.Context(), sec, id)
		if err != nil || again == password {
			t.Fatalf("reset: %v", err)
		}
		if _, err := desk.Visit(t.Context(), token, ""); fault.Of(err) != fault.SignIn {
			t.Errorf("signed in after the reset: %v", err)
		}
		if _, err := desk.SignIn(t.Context(), office.Attempt{Login: "new.clerk", Password: again}); err != nil {
			t.Error(err)
		}
	})
}

func TestNobodyTouchesTheirOwnAccountOrAnAccountElsewhere(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sec := office.New(o.DB), testbed.As(access.Secadmin)
		self := staff.ID(sec.Account)
		edit := office.AccountEdit{ID: self, Version: 1, Name: "x", Role: access.Auditor, Region: testbed.County, Org: "federation-533103"}
		_, reset := desk.ResetPassword(t.Context(), sec, self)
		for what, err := range map[string]error{
			"edit": desk.EditAccount(t.Context(), sec, edit), "disable": desk.DisableAccount(t.Context(), sec, self, true),
			"unlock": desk.UnlockAccount(t.Context(), sec, self), "end": desk.EndSignins(t.Context(), sec, self), "reset": reset,
		} {
			if fault.Of(err) != fault.Refused {
				t.Errorf("%s of the own account: %v", what, err)
			}
		}
		away := newcomer("away.clerk")
		away.Region = testbed.Elsewhere
		if _, _, err := desk.AddAccount(t.Context(), sec, away); fault.Of(err) != fault.Missing {
			t.Errorf("an account in the neighbour county: %v", err)
		}
		edit.ID, edit.Region = staff.ID(testbed.As(access.Clerk).Account), testbed.Elsewhere
		if err := desk.EditAccount(t.Context(), sec, edit); fault.Of(err) != fault.Invalid {
			t.Errorf("moved to the neighbour county: %v", err)
		}
		for _, role := range access.Roles {
			if role == access.Secadmin || role == access.City {
				continue
			}
			if _, err := desk.Accounts(t.Context(), testbed.As(role), office.AccountFilter{Limit: 1}); fault.Of(err) != fault.Forbidden {
				t.Errorf("%s lists accounts: %v", role, err)
			}
		}
	})
}

func TestAccountsAreEditedDisabledAndListed(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sec := office.New(o.DB), testbed.As(access.Secadmin)
		id, _, err := desk.AddAccount(t.Context(), sec, newcomer("new.doctor"))
		if err != nil {
			t.Fatal(err)
		}
		edit := office.AccountEdit{ID: id, Version: 1, Name: "测试医生", Role: access.Doctor, Region: testbed.County, Org: "hospital-533103", Title: "主治医师"}
		if err := desk.EditAccount(t.Context(), sec, edit); err == nil || err.Error() != "invalid: form.invalid categories=staff.categories.missing" {
			t.Errorf("a doctor without categories: %v", err)
		}
		edit.Categories = []certificate.Category{certificate.Vision}
		if err := desk.EditAccount(t.Context(), sec, edit); err != nil {
			t.Fatal(err)
		}
		if err := desk.EditAccount(t.Context(), sec, edit); fault.Of(err) != fault.Stale {
			t.Errorf("an old form: %v", err)
		}
		if err := desk.DisableAccount(t.Context(), sec, id, true); err != nil {
			t.Fatal(err)
		}
		f, err := desk.Account(t.Context(), sec, id)
		if err != nil || !f.Disabled || f.Title != "主治医师" || len(f.Lines) != 4 || f.Place != "云南省德宏傣族景颇族自治州芒市" {
			t.Errorf("account: %+v %v", f, err)
		}
		for _, x := range []struct {
			f    office.AccountFilter
			want int
		}{
			{office.AccountFilter{Role: access.Doctor, Limit: 9}, 2}, {office.AccountFilter{Q: "医生", Limit: 9}, 1}, {office.AccountFilter{Q: "new.d", Limit: 9}, 1},
			{office.AccountFilter{Off: "yes", Limit: 9}, 1}, {office.AccountFilter{Limit: 100}, 14}, {office.AccountFilter{Region: testbed.Township, Limit: 9}, 2},
		} {
			if l, err := desk.Accounts(t.Context(), sec, x.f); err != nil || len(l.Accounts) != x.want {
				t.Errorf("%+v: %d accounts, want %d: %v", x.f, len(l.Accounts), x.want, err)
			}
		}
		seen := map[string]bool{}
		for after, more := "", true; more; {
			l, err := desk.Accounts(t.Context(), sec, office.AccountFilter{After: after, Limit: 4})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range l.Accounts {
				seen[a.Login], after = true, a.Login
			}
			more = l.More
		}
		if len(seen) != 14 {
			t.Errorf("%d accounts on all pages", len(seen))
		}
	})
}
