package office_test

import (
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

// from is a sign-in from an address; the doubt is what is asked first.
func from(t *testing.T, desk *office.Desk, by access.Actor, addr string) (token string, doubt staff.Doubt) {
	t.Helper()
	token, err := desk.SignIn(t.Context(), office.Attempt{Login: by.Account, Password: secret, Addr: addr, Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	v, err := desk.Visit(t.Context(), token, addr)
	if err != nil {
		t.Fatal(err)
	}
	return token, v.Doubt
}

// N54: an account in two places at once is asked about; one place stays, and who says too often that both are theirs is locked.
func TestAnAccountInTwoPlacesIsAskedAboutAndThenLocked(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		ctx := t.Context()
		first, doubt := from(t, desk, by, "10.1.1.1")
		if doubt != staff.NoDoubt {
			t.Fatalf("alone: %s", doubt)
		}
		if err := desk.AnswerDoubt(ctx, by, first, true, secret); fault.Of(err) != fault.Refused {
			t.Errorf("an answer to nothing: %v", err)
		}
		second, doubt := from(t, desk, by, "10.2.2.2")
		if doubt != staff.Elsewhere {
			t.Fatalf("in two places: %q", doubt)
		}
		if err := desk.AnswerDoubt(ctx, by, second, true, "wrong"); fault.Of(err) != fault.Invalid {
			t.Errorf("without the password: %v", err)
		}
		if err := desk.AnswerDoubt(ctx, by, second, true, secret); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Visit(ctx, first, "10.1.1.1"); fault.Of(err) != fault.SignIn {
			t.Errorf("the first place goes on: %v", err)
		}
		if v, err := desk.Visit(ctx, second, "10.2.2.2"); err != nil || v.Doubt != staff.NoDoubt {
			t.Errorf("the second place: %q, %v", v.Doubt, err)
		}
		third, _ := from(t, desk, by, "10.3.3.3")
		if err := desk.AnswerDoubt(ctx, by, third, true, secret); err != nil {
			t.Fatal(err)
		}
		fourth, doubt := from(t, desk, by, "10.4.4.4")
		if err := desk.AnswerDoubt(ctx, by, fourth, true, secret); doubt != staff.Elsewhere || fault.Of(err) != fault.SignIn {
			t.Errorf("for the third time in a day: %q, %v", doubt, err)
		}
		if _, err := desk.SignIn(ctx, attempt(by, secret)); fault.Of(err) != fault.Refused {
			t.Errorf("the account is not locked: %v", err)
		}
		if _, err := desk.Visit(ctx, fourth, "10.4.4.4"); fault.Of(err) != fault.SignIn {
			t.Errorf("the last place goes on: %v", err)
		}
		o.Pass(25 * time.Hour)
		if _, doubt := from(t, desk, by, "10.5.5.5"); doubt != staff.NoDoubt {
			t.Errorf("the next day: %q", doubt)
		}
	})
}

func TestASignInThatIsDeniedLocksTheAccount(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		first, _ := from(t, desk, by, "10.1.1.1")
		second, _ := from(t, desk, by, "10.2.2.2")
		if err := desk.AnswerDoubt(t.Context(), by, second, false, ""); fault.Of(err) != fault.SignIn {
			t.Errorf("denied: %v", err)
		}
		for _, token := range []string{first, second} {
			if _, err := desk.Visit(t.Context(), token, "10.1.1.1"); fault.Of(err) != fault.SignIn {
				t.Errorf("a sign-in goes on: %v", err)
			}
		}
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); fault.Of(err) != fault.Refused {
			t.Errorf("the account is open: %v", err)
		}
		o.Pass(25 * time.Hour)
		token, _ := from(t, desk, by, "10.1.1.1")
		if v, err := desk.Visit(t.Context(), token, "10.1.1.1"); err != nil || !v.Renew {
			t.Errorf("no new password is wanted: %v, %v", v.Renew, err)
		}
	})
}

func TestHoursAndPlacesAreAskedAboutWherePolicyWants(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		o.Policy(t, policy.DutyFrom, "10")
		token, doubt := from(t, desk, by, "10.1.1.1")
		if doubt != staff.OffDuty {
			t.Errorf("at nine: %q", doubt)
		}
		if err := desk.AnswerDoubt(t.Context(), by, token, true, secret); err != nil {
			t.Error(err)
		}
		o.Policy(t, policy.LendingWatch, "no")
		if _, doubt := from(t, desk, by, "10.2.2.2"); doubt != staff.NoDoubt {
			t.Errorf("where nobody is asked: %q", doubt)
		}
	})
}

// The one-time code completes a sign-in, so the question comes after it.
func TestTheQuestionComesAfterTheCode(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, key, _ := bound(t, o, access.Clerk)
		in := func(addr string) staff.Doubt {
			t.Helper()
			token, err := desk.SignIn(t.Context(), office.Attempt{Login: by.Account, Password: secret, Addr: addr})
			if err != nil {
				t.Fatal(err)
			}
			if token, err = desk.SignInCode(t.Context(), token, current(t, o, key), addr); err != nil {
				t.Fatal(err)
			}
			o.Pass(30 * time.Second)
			v, err := desk.Visit(t.Context(), token, addr)
			if err != nil {
				t.Fatal(err)
			}
			return v.Doubt
		}
		if first, second := in("10.1.1.1"), in("10.2.2.2"); first != staff.NoDoubt || second != staff.Elsewhere {
			t.Errorf("%q, then %q", first, second)
		}
	})
}

// ASVS 5.0 6.2.4 and GB/T 22239-2019 8.1.4.1: no password of the lists, none of the last five.
func TestAPasswordIsNeitherGuessedNorTakenAgain(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		to := func(old, fresh string) error {
			return desk.ChangePassword(t.Context(), by, office.Passwords{Old: old, New: fresh, Again: fresh})
		}
		for _, weak := range []string{"Password123!", "P@ssw0rd2020", "1qaz@WSX3edc", "Admin@12345"} {
			if err := to(secret, weak); err == nil || !strings.HasSuffix(err.Error(), "new=password.weak") {
				t.Errorf("%s: %v", weak, err)
			}
		}
		old := secret
		for _, fresh := range []string{"Regen-am-Fenster-1", "Regen-am-Fenster-2", "Regen-am-Fenster-3", "Regen-am-Fenster-4", "Regen-am-Fenster-5"} {
			if err := to(old, fresh); err != nil {
				t.Fatal(err)
			}
			old = fresh
		}
		if err := to(old, secret); err == nil || !strings.HasSuffix(err.Error(), "new=password.former") {
			t.Errorf("the fifth before: %v", err)
		}
		if err := to(old, "Regen-am-Fenster-6"); err != nil {
			t.Fatal(err)
		}
		if err := to("Regen-am-Fenster-6", secret); err != nil {
			t.Errorf("the sixth before: %v", err)
		}
		if seal.Weak(secret) {
			t.Error("the tests' own password is weak")
		}
	})
}
