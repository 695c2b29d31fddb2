package office_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/policy"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// bound is a desk at which the account of a post has a second factor, with its secret and recovery codes.
func bound(t *testing.T, o *testbed.Office, role access.Role) (desk *office.Desk, by access.Actor, app string, spares []string) {
	t.Helper()
	desk, by = house(t, o, role)
	if err := desk.BeginSecond(t.Context(), by, office.Proof{Typed: secret}); err != nil {
		t.Fatal(err)
	}
	s, err := desk.Second(t.Context(), by)
	if err != nil || s.On || s.Secret == "" || !strings.Contains(s.Address, s.Secret) {
		t.Fatalf("begun: %+v, %v", s, err)
	}
	spares, err = desk.ConfirmSecond(t.Context(), by, current(t, o, s.Secret), "")
	if err != nil || len(spares) != 10 {
		t.Fatalf("%d recovery codes, %v", len(spares), err)
	}
	o.Pass(30 * time.Second) // the code of the confirmation is used up
	return desk, by, s.Secret, spares
}

func current(t *testing.T, o *testbed.Office, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, o.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// halfIn signs in with the password and expects to be asked for a code.
func halfIn(t *testing.T, desk *office.Desk, by access.Actor) string {
	t.Helper()
	token, err := desk.SignIn(t.Context(), attempt(by, secret))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || !v.Half {
		t.Fatalf("after the password: half %v, %v", v.Half, err)
	}
	return token
}

// GB/T 22239-2019 8.1.4.1 d): two kinds of proof, one of them with cryptography.
func TestACodeMakesTheSignInWholeOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, key, spares := bound(t, o, access.Approver)
		token, code := halfIn(t, desk, by), current(t, o, key)
		whole, err := desk.SignInCode(t.Context(), token, code, "127.0.0.1")
		if err != nil || whole == token {
			t.Fatalf("with the code: %v", err)
		}
		if v, err := desk.Visit(t.Context(), whole, "127.0.0.1"); err != nil || v.Half || v.Enrol {
			t.Errorf("after the code: %+v, %v", v, err)
		}
		if _, err := desk.Visit(t.Context(), token, "127.0.0.1"); fault.Of(err) != fault.SignIn {
			t.Errorf("the half sign-in lives on: %v", err)
		}
		again := halfIn(t, desk, by)
		for _, used := range []string{code, "", "000", spares[0] + "x"} {
			if _, err := desk.SignInCode(t.Context(), again, used, "127.0.0.1"); fault.Of(err) != fault.Invalid {
				t.Errorf("%q: %v", used, err)
			}
		}
		typed := strings.ToUpper(strings.ReplaceAll(spares[3], "-", " "))
		if _, err := desk.SignInCode(t.Context(), again, typed, "127.0.0.1"); err != nil {
			t.Fatalf("with a recovery code: %v", err)
		}
		if _, err := desk.SignInCode(t.Context(), halfIn(t, desk, by), spares[3], "127.0.0.1"); fault.Of(err) != fault.Invalid {
			t.Errorf("a recovery code twice: %v", err)
		}
		if s, err := desk.Second(t.Context(), by); err != nil || !s.On || s.Left != 9 || s.Secret != "" {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

// Whoever knows the password cannot try codes without end by typing the password in between.
func TestWrongCodesLockTheAccount(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, key, _ := bound(t, o, access.Approver)
		for i := range 5 {
			token := halfIn(t, desk, by)
			_, err := desk.SignInCode(t.Context(), token, "12345", "127.0.0.1")
			if want := map[bool]fault.Kind{true: fault.Refused, false: fault.Invalid}[i == 4]; fault.Of(err) != want {
				t.Fatalf("try %d: %v", i+1, err)
			}
			if i == 4 {
				if _, err := desk.SignInCode(t.Context(), token, current(t, o, key), "127.0.0.1"); fault.Of(err) != fault.SignIn {
					t.Errorf("the half sign-in outlived the lock: %v", err)
				}
			}
		}
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); fault.Of(err) != fault.Refused {
			t.Errorf("a locked account: %v", err)
		}
	})
}

func TestTheSecondFactorIsTakenOffWithThePasswordOrByTheAdministrator(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, _, _ := bound(t, o, access.Approver)
		if err := desk.BeginSecond(t.Context(), by, office.Proof{Typed: secret}); fault.Of(err) != fault.Refused {
			t.Errorf("begun twice: %v", err)
		}
		if err := desk.DropSecond(t.Context(), by, "wrong"); fault.Of(err) != fault.Invalid {
			t.Errorf("with a wrong password: %v", err)
		}
		if err := desk.DropSecond(t.Context(), by, secret); err != nil {
			t.Fatal(err)
		}
		if err := desk.DropSecond(t.Context(), by, secret); fault.Of(err) != fault.Refused {
			t.Errorf("taken off twice: %v", err)
		}
		if err := desk.BeginSecond(t.Context(), by, office.Proof{Typed: "wrong"}); fault.Of(err) != fault.Invalid {
			t.Errorf("begun anew with a wrong password: %v", err)
		}
		desk, by, key, _ := bound(t, o, access.Clerk)
		whole, err := desk.SignInCode(t.Context(), halfIn(t, desk, by), current(t, o, key), "127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.ResetSecond(t.Context(), testbed.As(access.Sysadmin), staff.ID(by.Account)); fault.Of(err) != fault.Forbidden {
			t.Errorf("by somebody who keeps no accounts: %v", err)
		}
		if err := desk.ResetSecond(t.Context(), testbed.As(access.Secadmin), staff.ID(by.Account)); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Visit(t.Context(), whole, "127.0.0.1"); fault.Of(err) != fault.SignIn {
			t.Errorf("signed in still: %v", err)
		}
		token, err := desk.SignIn(t.Context(), attempt(by, secret))
		if err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || v.Half {
			t.Errorf("a code is still wanted: %v, %v", v.Half, err)
		}
	})
}

// Policy second.factor names the posts that must have one; nobody must by default.
func TestAPostThatMustHaveASecondFactorSetsItUpFirst(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Approver)
		_, clerk := house(t, o, access.Clerk)
		enrol := func(by access.Actor, want bool) {
			t.Helper()
			token, err := desk.SignIn(t.Context(), attempt(by, secret))
			if err != nil {
				t.Fatal(err)
			}
			if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || v.Enrol != want {
				t.Errorf("%s: %v, %v", by.Role, v.Enrol, err)
			}
		}
		enrol(by, false)
		o.Policy(t, policy.SecondFactor, "approver,sysadmin")
		enrol(by, true)
		enrol(clerk, false)
	})
}

// Of two who use the same code at the same moment one comes in.
func TestACodeIsGoodOnceForTwoAtATime(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, key, _ := bound(t, o, access.Approver)
		code, tokens := current(t, o, key), []string{halfIn(t, desk, by), halfIn(t, desk, by)}
		done := make(chan error)
		for _, token := range tokens {
			go func() {
				_, err := desk.SignInCode(t.Context(), token, code, "127.0.0.1")
				done <- err
			}()
		}
		in := 0
		for range tokens {
			if err := <-done; err == nil {
				in++
			}
		}
		if in != 1 {
			t.Errorf("%d came in", in)
		}
	})
}

func TestTheSecretIsSealed(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		_, by, key, spares := bound(t, o, access.Approver)
		o.Update(t, access.Secadmin, func(tx *store.Tx) error {
			f, err := tx.Factor(staff.ID(by.Account))
			if err != nil || f.Secret != key {
				t.Errorf("the secret reads %q, %v", f.Secret, err)
			}
			if strings.Contains(strings.Join(f.Spare, " "), strings.ReplaceAll(spares[0], "-", "")) {
				t.Error("recovery codes are kept in clear")
			}
			return nil
		})
	})
}
