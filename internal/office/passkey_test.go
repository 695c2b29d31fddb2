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
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// within is a whole sign-in of somebody who needs no second factor yet.
func within(t *testing.T, desk *office.Desk, by access.Actor) string {
	t.Helper()
	token, err := desk.SignIn(t.Context(), attempt(by, secret))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// keyed is a desk at which the account of a post has a key; the sign-in under token made it.
func keyed(t *testing.T, o *testbed.Office, role access.Role) (desk *office.Desk, by access.Actor, stick *testbed.Stick, token string, spares []string) {
	t.Helper()
	desk, by = house(t, o, role)
	desk = desk.WithKeys(testbed.Passkeys(t))
	token, stick = within(t, desk, by), testbed.NewStick(t)
	options, err := desk.BeginKey(t.Context(), by, "蓝色密钥", office.Proof{Typed: secret, Token: token})
	if err != nil {
		t.Fatal(err)
	}
	spares, err = desk.AddKey(t.Context(), by, token, stick.Create(t, options))
	if err != nil || len(spares) != 10 {
		t.Fatalf("%d recovery codes, %v", len(spares), err)
	}
	return desk, by, stick, token, spares
}

// asked is what the keys of somebody are asked under a sign-in.
func asked(t *testing.T, desk *office.Desk, by access.Actor, token string) string {
	t.Helper()
	options, err := desk.AskKey(t.Context(), by, token)
	if err != nil {
		t.Fatal(err)
	}
	return options
}

func fieldOf(err error) string {
	if f := fault.Fields(err); len(f) == 1 {
		return f[0].Key
	}
	return ""
}

// GB/T 22239-2019 8.1.4.1 d): two kinds of proof; WebAuthn Level 3, 7.1 and 7.2.
func TestAKeyMakesTheSignInWholeOnceAndOnThisSiteOnly(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, stick, _, _ := keyed(t, o, access.Approver)
		half := halfIn(t, desk, by)
		answer := stick.Get(t, asked(t, desk, by, half))
		whole, err := desk.SignInKey(t.Context(), half, answer, "127.0.0.1")
		if err != nil || whole == half {
			t.Fatalf("with the key: %v", err)
		}
		if v, err := desk.Visit(t.Context(), whole, "127.0.0.1"); err != nil || v.Half || v.Enrol || !v.Means.Key || v.Means.Code {
			t.Errorf("after the key: %+v, %v", v, err)
		}
		again := halfIn(t, desk, by)
		if _, err := desk.SignInKey(t.Context(), again, answer, "127.0.0.1"); fieldOf(err) != "key.late" {
			t.Errorf("an answer that nobody asked for: %v", err)
		}
		fresh := asked(t, desk, by, again)
		if _, err := desk.SignInKey(t.Context(), again, answer, "127.0.0.1"); fieldOf(err) != "key.wrong" {
			t.Errorf("an answer twice: %v", err)
		}
		if _, err := desk.SignInKey(t.Context(), again, stick.Get(t, fresh), "127.0.0.1"); fieldOf(err) != "key.late" {
			t.Errorf("a question that was answered: %v", err)
		}
		stick.Origin = "https://hefa.example.evil.example"
		if _, err := desk.SignInKey(t.Context(), again, stick.Get(t, asked(t, desk, by, again)), "127.0.0.1"); fieldOf(err) != "key.wrong" {
			t.Errorf("a key that another site asked: %v", err)
		}
	})
}

func TestAKeyThatIsNotTheAccountsOrAnswersLateOpensNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, stick, _, spares := keyed(t, o, access.Approver)
		half := halfIn(t, desk, by)
		if _, err := desk.SignInKey(t.Context(), half, testbed.NewStick(t).Get(t, asked(t, desk, by, half)), "127.0.0.1"); fieldOf(err) != "key.wrong" {
			t.Errorf("somebody else's key: %v", err)
		}
		options := asked(t, desk, by, half)
		o.Pass(5*time.Minute + time.Second)
		if _, err := desk.SignInKey(t.Context(), half, stick.Get(t, options), "127.0.0.1"); fieldOf(err) != "key.late" {
			t.Errorf("after five minutes: %v", err)
		}
		for _, junk := range []string{"", "{", `{"id":"x"}`, strings.Repeat("[", 5000)} {
			options := asked(t, desk, by, halfIn(t, desk, by))
			if options == "" {
				t.Fatal("nothing is asked")
			}
			if _, err := desk.SignInKey(t.Context(), halfIn(t, desk, by), junk, "127.0.0.1"); err == nil {
				t.Errorf("%.10q opened", junk)
			}
			o.Pass(31 * time.Minute) // whatever was locked
		}
		if _, err := desk.SignInCode(t.Context(), halfIn(t, desk, by), "000000", "127.0.0.1"); fieldOf(err) != "second.wrong" {
			t.Errorf("a code without an app: %v", err)
		}
		if _, err := desk.SignInCode(t.Context(), halfIn(t, desk, by), spares[0], "127.0.0.1"); err != nil {
			t.Errorf("a recovery code without the key: %v", err)
		}
		if _, err := office.New(o.DB).AskKey(t.Context(), by, half); fault.Of(err) != fault.Refused {
			t.Errorf("in an installation without a name: %v", err)
		}
	})
}

// WebAuthn 6.1.1: a count that goes back may be that of a copy.
func TestAKeyThatMayBeCopiedIsStoppedAndNoted(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, stick, _, spares := keyed(t, o, access.Approver)
		stick.Count = 8
		half := halfIn(t, desk, by)
		if _, err := desk.SignInKey(t.Context(), half, stick.Get(t, asked(t, desk, by, half)), "127.0.0.1"); err != nil {
			t.Fatal(err)
		}
		stick.Count = 3
		half = halfIn(t, desk, by)
		if _, err := desk.SignInKey(t.Context(), half, stick.Get(t, asked(t, desk, by, half)), "127.0.0.1"); fieldOf(err) != "key.doubled" {
			t.Fatalf("a count that went back: %v", err)
		}
		s, err := desk.Second(t.Context(), by)
		if err != nil || len(s.Keys) != 1 || s.Keys[0].Good() {
			t.Errorf("%+v, %v", s.Keys, err)
		}
		if _, err := desk.AskKey(t.Context(), by, half); fault.Of(err) != fault.Refused {
			t.Errorf("it is asked again: %v", err)
		}
		page, err := desk.Audit(t.Context(), testbed.As(access.Auditor), office.AuditSearch{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, l := range page.Lines {
			if strings.HasSuffix(l.Note, "key-doubled") {
				found++
			}
		}
		if found != 1 {
			t.Errorf("the audit has %d lines of it", found)
		}
		if token, err := desk.SignIn(t.Context(), attempt(by, secret)); err != nil {
			t.Fatal(err)
		} else if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || !v.Half {
			t.Errorf("with the password alone: half %v, %v", v.Half, err)
		} else if _, err := desk.SignInCode(t.Context(), token, spares[0], "127.0.0.1"); err != nil {
			t.Errorf("with a recovery code: %v", err)
		}
	})
}

func TestKeysAreNamedAddedOnceAndTakenOff(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, stick, token, _ := keyed(t, o, access.Approver)
		for name, want := range map[string]string{"": "key.name.missing", "蓝色密钥": "key.name.taken", strings.Repeat("长", 31): "key.name.long"} {
			if _, err := desk.BeginKey(t.Context(), by, name, office.Proof{Typed: secret, Token: token}); fieldOf(err) != want {
				t.Errorf("%q: %v", name, err)
			}
		}
		if _, err := desk.BeginKey(t.Context(), by, "另一把", office.Proof{Typed: secret, Token: token}); fieldOf(err) != "second.wrong" {
			t.Errorf("a second key with the password alone: %v", err)
		}
		touch := func() office.Proof {
			return office.Proof{Key: stick.Get(t, asked(t, desk, by, token)), Token: token}
		}
		options, err := desk.BeginKey(t.Context(), by, "另一把", touch())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.AddKey(t.Context(), by, token, stick.Create(t, options)); fault.Of(err) != fault.Refused {
			t.Errorf("the same key twice: %v", err)
		}
		options, err = desk.BeginKey(t.Context(), by, "另一把", touch())
		if err != nil {
			t.Fatal(err)
		}
		if spares, err := desk.AddKey(t.Context(), by, token, testbed.NewStick(t).Create(t, options)); err != nil || len(spares) != 0 {
			t.Fatalf("another key: %d recovery codes, %v", len(spares), err)
		}
		s, err := desk.Second(t.Context(), by)
		if err != nil || len(s.Keys) != 2 || s.Left != 10 {
			t.Fatalf("%d keys, %d codes, %v", len(s.Keys), s.Left, err)
		}
		if err := desk.DropKey(t.Context(), by, s.Keys[1].ID, office.Proof{Token: token}); fieldOf(err) != "confirm.second" {
			t.Errorf("without proof: %v", err)
		}
		for _, k := range []string{s.Keys[1].ID, s.Keys[0].ID} {
			if err := desk.DropKey(t.Context(), by, k, touch()); err != nil {
				t.Fatal(err)
			}
		}
		if s, err := desk.Second(t.Context(), by); err != nil || len(s.Keys) != 0 || s.Left != 0 {
			t.Errorf("after both went: %+v, %v", s, err)
		}
		if v, err := desk.Visit(t.Context(), within(t, desk, by), "127.0.0.1"); err != nil || v.Half {
			t.Errorf("a key is still wanted: %v, %v", v.Half, err)
		}
	})
}

func TestAKeyCountsForThePostAndTheAdministratorTakesItOff(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		o.Policy(t, policy.SecondFactor, "approver")
		desk, by, stick, token, _ := keyed(t, o, access.Approver)
		if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || v.Enrol {
			t.Errorf("still led to a second factor: %v, %v", v.Enrol, err)
		}
		// One-time codes beside it, off again: the key and its recovery codes stay.
		if err := desk.BeginSecond(t.Context(), by, office.Proof{Typed: secret, Token: token}); fieldOf(err) != "second.wrong" {
			t.Errorf("one-time codes begun with the password beside a key: %v", err)
		}
		if err := desk.BeginSecond(t.Context(), by, office.Proof{Key: stick.Get(t, asked(t, desk, by, token)), Token: token}); err != nil {
			t.Fatal(err)
		}
		s, err := desk.Second(t.Context(), by)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.SignInCode(t.Context(), halfIn(t, desk, by), current(t, o, s.Secret), "127.0.0.1"); fieldOf(err) != "second.wrong" {
			t.Errorf("a code of an app that was not confirmed: %v", err)
		}
		if _, err := desk.ConfirmSecond(t.Context(), by, current(t, o, s.Secret), token); err != nil {
			t.Fatal(err)
		}
		if err := desk.DropSecond(t.Context(), by, secret); err != nil {
			t.Fatal(err)
		}
		if s, err := desk.Second(t.Context(), by); err != nil || s.On || len(s.Keys) != 1 || s.Left != 10 {
			t.Errorf("%+v, %v", s, err)
		}
		half := halfIn(t, desk, by)
		if _, err := desk.SignInKey(t.Context(), half, stick.Get(t, asked(t, desk, by, half)), "127.0.0.1"); err != nil {
			t.Error(err)
		}
		if err := desk.ResetSecond(t.Context(), testbed.As(access.Secadmin), staff.ID(by.Account)); err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Visit(t.Context(), within(t, desk, by), "127.0.0.1"); err != nil || v.Half || !v.Enrol {
			t.Errorf("after the administrator: %+v, %v", v, err)
		}
	})
}

// Policy stepup.factor: who has a second factor gives it before a grave act; the password alone does not do.
func TestAGraveActAsksForTheSecondFactorOfWhoeverHasOne(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, stick, token, _ := keyed(t, o, access.Approver)
		touch := stick.Get(t, asked(t, desk, by, token))
		if err := desk.Confirm(t.Context(), by, office.Proof{Typed: secret, Token: token}); fieldOf(err) != "second.wrong" {
			t.Errorf("the password: %v", err)
		}
		if err := desk.Confirm(t.Context(), by, office.Proof{Key: touch, Token: seal.Token()}); err == nil {
			t.Error("under another sign-in")
		}
		if err := desk.Confirm(t.Context(), by, office.Proof{Key: touch, Token: token}); err != nil {
			t.Errorf("the key: %v", err)
		}
		approver := by
		desk, by, app, spares := bound(t, o, access.Clerk)
		code := current(t, o, app)
		for _, c := range []struct{ typed, want string }{{"", "confirm.second"}, {secret, "second.wrong"}, {code, ""}, {code, "second.wrong"}, {spares[2], ""}} {
			if err := desk.Confirm(t.Context(), by, office.Proof{Typed: c.typed}); fieldOf(err) != c.want || c.want == "" && err != nil {
				t.Errorf("%q: %v", c.typed, err)
			}
		}
		for range 5 {
			_ = desk.Confirm(t.Context(), by, office.Proof{Typed: "guess"})
		}
		if err := desk.Confirm(t.Context(), by, office.Proof{Typed: spares[3]}); fault.Of(err) != fault.Refused || fieldOf(err) != "" {
			t.Errorf("after five guesses: %v", err)
		}
		o.Policy(t, policy.StepUpFactor, "no")
		if err := desk.Confirm(t.Context(), approver, office.Proof{Typed: secret}); err != nil {
			t.Errorf("the password, where the place leaves it at that: %v", err)
		}
	})
}

func TestAKeysRecordIsSealed(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		_, by, _, _, _ := keyed(t, o, access.Approver)
		o.Update(t, access.Secadmin, func(tx *store.Tx) error {
			keys, err := tx.Passkeys(staff.ID(by.Account))
			if err != nil || len(keys) != 1 || !strings.Contains(keys[0].Credential, "publicKey") {
				t.Errorf("%+v, %v", keys, err)
			}
			return nil
		})
	})
}
