package office_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

func TestATokenActsAsItsAccountUntilItEnds(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sec := office.New(o.DB), testbed.As(access.Secadmin)
		clerk := testbed.As(access.Clerk)
		order := office.TokenOrder{Login: clerk.Account, Name: "数据平台", Days: 30}
		token, err := desk.CreateToken(t.Context(), sec, order)
		if err != nil {
			t.Fatal(err)
		}
		bearer := func() error {
			v, err := desk.Bearer(t.Context(), token, "10.0.0.1")
			if err == nil && (v.Actor.Account != clerk.Account || v.Actor.Addr != "10.0.0.1" || v.Actor.Role != access.Clerk) {
				t.Errorf("bearer: %+v", v.Actor)
			}
			return err
		}
		if err := bearer(); err != nil {
			t.Fatal(err)
		}
		change(t, o, access.Clerk, func(a *staff.Account) { a.Disabled = true })
		if err := bearer(); fault.Of(err) != fault.SignIn {
			t.Errorf("a disabled account's token: %v", err)
		}
		change(t, o, access.Clerk, func(a *staff.Account) { a.Disabled = false })
		o.Wait(29)
		if err := bearer(); err != nil {
			t.Errorf("on the 29th day: %v", err)
		}
		o.Wait(1)
		if err := bearer(); fault.Of(err) != fault.SignIn {
			t.Errorf("on the 30th day: %v", err)
		}
		if _, err := desk.Bearer(t.Context(), "made-up", ""); fault.Of(err) != fault.SignIn {
			t.Errorf("a made-up token: %v", err)
		}
	})
}

func TestTokensAreListedAndRevoked(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sec := office.New(o.DB), testbed.As(access.Secadmin)
		var last string
		for _, name := range []string{"一", "二", "三"} {
			token, err := desk.CreateToken(t.Context(), sec, office.TokenOrder{Login: testbed.As(access.Clerk).Account, Name: name, Days: 1})
			if err != nil {
				t.Fatal(err)
			}
			last = token
		}
		l, err := desk.Tokens(t.Context(), sec, "", 2)
		if err != nil || len(l.Tokens) != 2 || !l.More || l.Tokens[0].Token.Name != "三" || l.Tokens[0].Token.Hash != "" {
			t.Fatalf("tokens: %+v %v", l, err)
		}
		if err := desk.RevokeToken(t.Context(), sec, l.Tokens[0].Token.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Bearer(t.Context(), last, ""); fault.Of(err) != fault.SignIn {
			t.Errorf("a revoked token: %v", err)
		}
		for _, x := range []struct {
			o    office.TokenOrder
			want fault.Kind
		}{
			{office.TokenOrder{Login: testbed.As(access.Auditor).Account, Name: "x", Days: 1}, fault.Refused},
			{office.TokenOrder{Login: testbed.As(access.Clerk).Account, Days: 1000}, fault.Invalid},
			{office.TokenOrder{Login: "nobody", Name: "x", Days: 1}, fault.Missing},
		} {
			if _, err := desk.CreateToken(t.Context(), sec, x.o); fault.Of(err) != x.want {
				t.Errorf("%+v: %v", x.o, err)
			}
		}
	})
}

// A token does grave acts without being asked again, so it is issued to whoever proves who they are, for acts of the account's post, and for a short time.
func TestATokenForGraveActsIsIssuedWithProofAndForAShortTime(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sec := house(t, o, access.Secadmin)
		order := office.TokenOrder{Login: testbed.As(access.Approver).Account, Name: "注销平台", Days: 90, Grave: []access.Act{access.LapseCancel}}
		if _, err := desk.IssueToken(t.Context(), sec, order, office.Proof{}); fieldOf(err) != "confirm.missing" {
			t.Errorf("without proof: %v", err)
		}
		token, err := desk.IssueToken(t.Context(), sec, order, office.Proof{Typed: secret})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Bearer(t.Context(), token, ""); err != nil || len(v.Grave) != 1 || v.Grave[0] != access.LapseCancel {
			t.Errorf("%v, %v", v.Grave, err)
		}
		if l, err := desk.Tokens(t.Context(), sec, "", 1); err != nil || len(l.Tokens[0].Token.Grave) != 1 {
			t.Errorf("%+v, %v", l, err)
		}
		for want, change := range map[string]func(*office.TokenOrder){
			"token.grave.days":  func(o *office.TokenOrder) { o.Days = 91 },
			"token.grave.wrong": func(o *office.TokenOrder) { o.Grave = []access.Act{access.ApplicationApprove} },
			"token.login.none":  func(o *office.TokenOrder) { o.Login = "nobody" },
		} {
			wrong := order
			change(&wrong)
			if _, err := desk.IssueToken(t.Context(), sec, wrong, office.Proof{Typed: secret}); fieldOf(err) != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		if _, err := desk.IssueToken(t.Context(), testbed.Stranger(access.Secadmin), order, office.Proof{Typed: secret}); fieldOf(err) != "token.login.none" {
			t.Errorf("from the neighbour county: %v", err)
		}
		order.Login = testbed.As(access.Village).Account
		if _, err := desk.CreateToken(t.Context(), sec, order); fieldOf(err) != "token.grave.wrong" {
			t.Errorf("an act that the post may not do: %v", err)
		}
	})
}
