package office_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/oidc"
	"hefa/internal/policy"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

// province is a desk with an identity provider, at which the account of a post is linked to the name 张三.
func province(t *testing.T, o *testbed.Office, role access.Role) (*office.Desk, access.Actor, *testbed.Province) {
	t.Helper()
	desk, by := house(t, o, role)
	p := testbed.NewProvince(t, o.Now)
	desk = desk.WithProvince(p.Client())
	if err := desk.LinkAccount(t.Context(), testbed.As(access.Secadmin), staff.ID(by.Account), "张三"); err != nil {
		t.Fatal(err)
	}
	return desk, by, p
}

// comeBack goes to the provider and back as somebody.
func comeBack(t *testing.T, desk *office.Desk, p *testbed.Province, who string) (string, error) {
	t.Helper()
	address, errand, err := desk.BeginProvince(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return desk.SignInProvince(t.Context(), errand, p.Agree(t, address, who), office.Attempt{Addr: "127.0.0.1", Agent: "test"})
}

func keyOf(err error) string {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f.Key
	}
	return ""
}

// OpenID Connect Core 1.0, 3.1: only an account that is linked comes in, and none is made.
func TestWhoIsLinkedComesInByTheProvinceAndNobodyElse(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, p := province(t, o, access.Clerk)
		token, err := comeBack(t, desk, p, "张三")
		if err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || v.Actor.Account != by.Account || v.Half || v.Actor.Region != by.Region {
			t.Errorf("%+v, %v", v, err)
		}
		if _, err := comeBack(t, desk, p, "李四"); keyOf(err) != "province.unknown" {
			t.Errorf("somebody without an account: %v", err)
		}
		if err := desk.LinkAccount(t.Context(), testbed.As(access.Secadmin), staff.ID(testbed.As(access.Reviewer).Account), "张三"); keyOf(err) != "province.taken" {
			t.Errorf("two accounts of one person: %v", err)
		}
		change(t, o, access.Clerk, func(a *staff.Account) { a.Disabled = true })
		if _, err := comeBack(t, desk, p, "张三"); keyOf(err) != "province.disabled" {
			t.Errorf("a disabled account: %v", err)
		}
		change(t, o, access.Clerk, func(a *staff.Account) { a.Disabled, a.Locked = false, o.Now().Add(time.Hour).UnixMicro() })
		if _, err := comeBack(t, desk, p, "张三"); keyOf(err) != "signin.locked" {
			t.Errorf("a locked account: %v", err)
		}
		change(t, o, access.Clerk, func(a *staff.Account) { a.Locked = 0 })
		if err := desk.LinkAccount(t.Context(), testbed.As(access.Secadmin), staff.ID(by.Account), ""); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Visit(t.Context(), token, "127.0.0.1"); fault.Of(err) != fault.SignIn {
			t.Errorf("signed in still: %v", err)
		}
		if _, err := comeBack(t, desk, p, "张三"); keyOf(err) != "province.unknown" {
			t.Errorf("after the link ended: %v", err)
		}
		if err := desk.LinkAccount(t.Context(), testbed.As(access.Secadmin), staff.ID(by.Account), ""); fieldOf(err) != "province.none" {
			t.Errorf("ended twice: %v", err)
		}
	})
}

func TestAnAnswerOfTheProvinceThatDoesNotHoldOpensNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, _, p := province(t, o, access.Clerk)
		for name, c := range map[string]struct {
			spoil func(map[string]any)
			want  string
		}{
			"another nonce":    {func(c map[string]any) { c["nonce"] = "x" }, "province.bad"},
			"no nonce":         {func(c map[string]any) { delete(c, "nonce") }, "province.bad"},
			"another audience": {func(c map[string]any) { c["aud"] = "somebody" }, "province.bad"},
			"another issuer":   {func(c map[string]any) { c["iss"] = "https://id.example" }, "province.bad"},
			"run out":          {func(c map[string]any) { c["exp"] = o.Now().Add(-time.Minute).Unix() }, "province.bad"},
			"no name":          {func(c map[string]any) { delete(c, "sub") }, "province.bad"},
			"a number":         {func(c map[string]any) { c["sub"] = 7 }, "province.bad"},
		} {
			p.Spoil = c.spoil
			if token, err := comeBack(t, desk, p, "张三"); keyOf(err) != c.want || token != "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		p.Spoil, p.Forge = nil, true
		if _, err := comeBack(t, desk, p, "张三"); keyOf(err) != "province.bad" {
			t.Errorf("another's signature: %v", err)
		}
		p.Forge = false

		address, errand, err := desk.BeginProvince(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		back := p.Agree(t, address, "张三")
		at := office.Attempt{Addr: "127.0.0.1"}
		_, other, err := desk.BeginProvince(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var theirs, ours oidc.Errand
		if json.Unmarshal([]byte(other), &theirs) != nil || json.Unmarshal([]byte(errand), &ours) != nil {
			t.Fatal("an errand is no JSON")
		}
		ours.Verifier = theirs.Verifier
		mixed, _ := json.Marshal(ours)
		for name, c := range map[string]struct{ errand, want string }{"no errand": {"", "province.stale"}, "another browser's": {other, "province.stale"}, "junk": {"{", "province.stale"}} {
			if _, err := desk.SignInProvince(t.Context(), c.errand, back, at); keyOf(err) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := desk.SignInProvince(t.Context(), errand, url.Values{"state": back["state"], "error": {"access_denied"}}, at); keyOf(err) != "province.denied" {
			t.Errorf("who said no: %v", err)
		}
		if p.Traded != 8 {
			t.Errorf("%d codes were exchanged, of which none belonged to a wrong errand", p.Traded)
		}
		if _, err := desk.SignInProvince(t.Context(), string(mixed), back, at); keyOf(err) != "province.bad" {
			t.Errorf("without the verifier: %v", err)
		}
		if _, err := desk.SignInProvince(t.Context(), errand, back, at); keyOf(err) != "province.bad" {
			t.Errorf("a code twice: %v", err)
		}
		p.Down = true
		if _, err := comeBack(t, desk, p, "张三"); keyOf(err) != "province.away" {
			t.Errorf("a provider that is down: %v", err)
		}
		if _, _, err := office.New(o.DB).WithProvince(p.Client()).BeginProvince(t.Context()); keyOf(err) != "province.away" {
			t.Errorf("a provider that was never up: %v", err)
		}
	})
}

func TestTheSecondFactorAndThePledgeHoldForTheProvinceToo(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		o.Policy(t, policy.SecondFactor, "approver")
		_, by, key, _ := bound(t, o, access.Approver)
		desk, _, p := province(t, o, access.Approver)
		token, err := comeBack(t, desk, p, "张三")
		if err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || !v.Half {
			t.Errorf("without the code: half %v, %v", v.Half, err)
		}
		whole, err := desk.SignInCode(t.Context(), token, current(t, o, key), "127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		change(t, o, access.Approver, func(a *staff.Account) { a.Pledged = 0 })
		if v, err := desk.Visit(t.Context(), whole, "127.0.0.1"); err != nil || v.Half || !v.Pledge {
			t.Errorf("%+v, %v", v, err)
		}
		if err := desk.ResetSecond(t.Context(), testbed.As(access.Secadmin), staff.ID(by.Account)); err != nil {
			t.Fatal(err)
		}
		if token, err = comeBack(t, desk, p, "张三"); err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Visit(t.Context(), token, "127.0.0.1"); err != nil || !v.Enrol {
			t.Errorf("a post that must have a second factor: %v, %v", v.Enrol, err)
		}
	})
}

func TestPeopleLinkTheirOwnAccountWithProofAndUnderTheirSignIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		p := testbed.NewProvince(t, o.Now)
		desk = desk.WithProvince(p.Client())
		token, other := within(t, desk, by), within(t, desk, by)
		if _, err := desk.BeginLink(t.Context(), by, office.Proof{Typed: "x", Token: token}); fieldOf(err) != "confirm.wrong" {
			t.Errorf("without proof: %v", err)
		}
		address, err := desk.BeginLink(t.Context(), by, office.Proof{Typed: secret, Token: token})
		if err != nil {
			t.Fatal(err)
		}
		back := p.Agree(t, address, "王五")
		if err := desk.FinishLink(t.Context(), by, other, back); keyOf(err) != "province.stale" {
			t.Errorf("under another sign-in: %v", err)
		}
		if err := desk.FinishLink(t.Context(), by, token, back); err != nil {
			t.Fatal(err)
		}
		if l, err := desk.Link(t.Context(), by); err != nil || l.Named != "王五" || !l.Used.IsZero() {
			t.Errorf("%+v, %v", l, err)
		}
		if err := desk.FinishLink(t.Context(), by, token, back); keyOf(err) != "province.stale" {
			t.Errorf("an answer twice: %v", err)
		}
		if _, err := comeBack(t, desk, p, "王五"); err != nil {
			t.Error(err)
		}
		if err := desk.DropLink(t.Context(), by, office.Proof{Token: token}); fieldOf(err) != "confirm.missing" {
			t.Errorf("without proof: %v", err)
		}
		if err := desk.DropLink(t.Context(), by, office.Proof{Typed: secret, Token: token}); err != nil {
			t.Error(err)
		}
		if err := desk.DropLink(t.Context(), by, office.Proof{Typed: secret, Token: token}); fault.Of(err) != fault.Missing {
			t.Errorf("ended twice: %v", err)
		}
	})
}
