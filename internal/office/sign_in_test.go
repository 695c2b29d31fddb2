package office_test

import (
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

const secret = "Korrekt-horse-7"

// hash is made once; making it takes as long as trying it.
var hash = seal.Password(secret)

// house is the desk of a furnished office in which the account of a post has the password secret.
func house(t *testing.T, o *testbed.Office, role access.Role) (*office.Desk, access.Actor) {
	t.Helper()
	by := testbed.As(role)
	change(t, o, role, func(a *staff.Account) { a.Hash, a.Changed = hash, o.Now().UnixMicro() })
	return office.New(o.DB), by
}

// change rewrites the account of a post.
func change(t *testing.T, o *testbed.Office, role access.Role, fn func(*staff.Account)) {
	t.Helper()
	o.Update(t, role, func(tx *store.Tx) error {
		a, err := tx.Account(staff.ID(testbed.As(role).Account))
		if err != nil {
			return err
		}
		fn(&a)
		return tx.SaveAccount(access.SelfManage, a, "test")
	})
}

func attempt(by access.Actor, password string) office.Attempt {
	return office.Attempt{Login: by.Account, Password: password, Addr: "127.0.0.1", Agent: "test"}
}

// GB/T 22239-2019 8.1.4.1: failed sign-ins are limited; policies lock.tries (5) and lock.minutes (30).
func TestFiveWrongPasswordsLockTheAccountForHalfAnHour(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		for i := range 5 {
			_, err := desk.SignIn(t.Context(), attempt(by, "wrong"))
			want := "refused: signin.wrong"
			if i == 4 {
				want = "refused: signin.locked"
			}
			if err == nil || err.Error() != want {
				t.Fatalf("try %d: %v", i+1, err)
			}
		}
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); fault.Of(err) != fault.Refused {
			t.Errorf("the right password opened a locked account: %v", err)
		}
		o.Pass(29 * time.Minute)
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); fault.Of(err) != fault.Refused {
			t.Errorf("the lock ended early: %v", err)
		}
		o.Pass(2 * time.Minute)
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); err != nil {
			t.Errorf("still locked after half an hour: %v", err)
		}
	})
}

func TestARightPasswordForgetsTheWrongOnes(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		for range 2 {
			for range 4 {
				if _, err := desk.SignIn(t.Context(), attempt(by, "wrong")); err.Error() != "refused: signin.wrong" {
					t.Fatal(err)
				}
			}
			if _, err := desk.SignIn(t.Context(), attempt(by, secret)); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAnUnknownLoginAnswersLikeAWrongPassword(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		begin := time.Now()
		_, known := desk.SignIn(t.Context(), attempt(by, "wrong"))
		middle := time.Now()
		_, unknown := desk.SignIn(t.Context(), office.Attempt{Login: "nobody-here", Password: "wrong"})
		end := time.Now()
		if known == nil || unknown == nil || known.Error() != unknown.Error() {
			t.Errorf("known: %v, unknown: %v", known, unknown)
		}
		if a, b := middle.Sub(begin), end.Sub(middle); b < a/8 { // a missing try would be a hundred times faster
			t.Errorf("an unknown login took %v, a known one %v", b, a)
		}
	})
}

func TestAnIdleSignInEnds(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		token, err := desk.SignIn(t.Context(), attempt(by, secret))
		if err != nil {
			t.Fatal(err)
		}
		for range 3 { // an hour and a quarter in all, yet never idle for half an hour
			o.Pass(25 * time.Minute)
			if v, err := desk.Visit(t.Context(), token, ""); err != nil || v.Actor.Account != by.Account {
				t.Fatalf("signed out while at work: %v %v", v.Actor, err)
			}
		}
		o.Pass(31 * time.Minute)
		if _, err := desk.Visit(t.Context(), token, ""); fault.Of(err) != fault.SignIn {
			t.Errorf("still signed in after 31 minutes: %v", err)
		}
	})
}

func TestASignInEndsWithSignOutAndWithTheAccount(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		one, err := desk.SignIn(t.Context(), attempt(by, secret))
		if err != nil {
			t.Fatal(err)
		}
		two, err := desk.SignIn(t.Context(), attempt(by, secret))
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.SignOut(t.Context(), by, one); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Visit(t.Context(), one, ""); fault.Of(err) != fault.SignIn {
			t.Errorf("signed in after signing out: %v", err)
		}
		if _, err := desk.Visit(t.Context(), two, ""); err != nil {
			t.Errorf("the other device was signed out too: %v", err)
		}
		change(t, o, access.Clerk, func(a *staff.Account) { a.Disabled = true })
		if _, err := desk.Visit(t.Context(), two, ""); fault.Of(err) != fault.SignIn {
			t.Errorf("a disabled account is still in: %v", err)
		}
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); fault.Of(err) != fault.Refused {
			t.Errorf("a disabled account came in: %v", err)
		}
	})
}

func TestAnOldOrFreshPasswordMustBeChanged(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		visit := func() office.Visitor {
			token, err := desk.SignIn(t.Context(), attempt(by, secret))
			if err != nil {
				t.Fatal(err)
			}
			v, err := desk.Visit(t.Context(), token, "")
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		if visit().Renew {
			t.Error("a new password must be changed")
		}
		o.Wait(89)
		if visit().Renew {
			t.Error("a password of 89 days must be changed")
		}
		o.Wait(2)
		if !visit().Renew {
			t.Error("a password of 91 days need not be changed")
		}
		change(t, o, access.Clerk, func(a *staff.Account) { a.Changed, a.Fresh = o.Now().UnixMicro(), true })
		if !visit().Renew {
			t.Error("an administrator's password need not be changed")
		}
	})
}

func TestChangingThePasswordSignsOtherDevicesOut(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		here, _ := desk.SignIn(t.Context(), attempt(by, secret))
		there, _ := desk.SignIn(t.Context(), attempt(by, secret))
		const next = "Another-horse-8"
		for _, x := range []struct {
			p    office.Passwords
			want string
		}{
			{office.Passwords{Old: "no", New: next, Again: next}, "old=password.old"},
			{office.Passwords{Old: secret, New: next, Again: next + "x"}, "again=password.again"},
			{office.Passwords{Old: secret, New: secret, Again: secret}, "new=password.same"},
			{office.Passwords{Old: secret, New: "Short-1", Again: "Short-1"}, "new=staff.password.short"},
			{office.Passwords{Old: secret, New: "lettersalone", Again: "lettersalone"}, "new=staff.password.plain"},
		} {
			if err := desk.ChangePassword(t.Context(), by, x.p); err == nil || err.Error() != "invalid: form.invalid "+x.want {
				t.Errorf("%s: %v", x.want, err)
			}
		}
		if err := desk.ChangePassword(t.Context(), by, office.Passwords{Old: secret, New: next, Again: next, Token: here}); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Visit(t.Context(), here, ""); err != nil {
			t.Errorf("this device was signed out: %v", err)
		}
		if _, err := desk.Visit(t.Context(), there, ""); fault.Of(err) != fault.SignIn {
			t.Errorf("the other device is still signed in: %v", err)
		}
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); fault.Of(err) != fault.Refused {
			t.Errorf("the old password still opens: %v", err)
		}
	})
}

// N55: the pledge of confidentiality is given at the first sign-in and again every year; policy pledge.months.
func TestThePledgeIsGivenAgainEveryYear(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		wanted := func(want bool) {
			t.Helper()
			change(t, o, access.Clerk, func(a *staff.Account) { a.Changed = o.Now().UnixMicro() })
			token, err := desk.SignIn(t.Context(), attempt(by, secret))
			if err != nil {
				t.Fatal(err)
			}
			if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || v.Pledge != want {
				t.Errorf("on %s the pledge is wanted: %v, %v", o.Today(), v.Pledge, err)
			}
		}
		wanted(true)
		if err := desk.Pledge(t.Context(), by, false); fault.Of(err) != fault.Invalid {
			t.Errorf("without a promise: %v", err)
		}
		if err := desk.Pledge(t.Context(), by, true); err != nil {
			t.Fatal(err)
		}
		wanted(false)
		o.Until("2021-03-31")
		wanted(false)
		o.Until("2021-04-01")
		wanted(true)
		o.Policy(t, policy.PledgeMonths, "0")
		wanted(false)
	})
}

// GB/T 22239-2019 8.1.4.1: a sign-in ends after policy session.hours (12), however busy its holder is.
func TestASignInEndsAfterADay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		token, err := desk.SignIn(t.Context(), attempt(by, secret))
		if err != nil {
			t.Fatal(err)
		}
		for passed := time.Duration(0); passed <= 12*time.Hour; passed += 20 * time.Minute {
			if _, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil {
				t.Fatalf("after %s: %v", passed, err)
			}
			o.Pass(20 * time.Minute)
		}
		if _, err := desk.Visit(t.Context(), token, "127.0.0.1"); err == nil || err.Error() != "signin: signin.long" {
			t.Errorf("after twelve hours: %v", err)
		}
	})
}
