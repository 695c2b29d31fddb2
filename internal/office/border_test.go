package office_test

import (
	"context"
	"io"
	"reflect"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/key"
	"hefa/internal/office"
	"hefa/internal/oidc"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

// open is the methods that have no border, each with its reason.
var open = map[string]string{
	"SignIn":           "nobody is known yet",
	"Visit":            "finds out who is behind a sign-in",
	"Bearer":           "finds out who is behind a token",
	"SignOut":          "ends the actor's own sign-in",
	"SignOutOthers":    "ends the actor's own sign-ins",
	"ChangePassword":   "changes the actor's own password",
	"Self":             "shows the actor's own account",
	"SignInCode":       "makes the own half sign-in whole",
	"Second":           "shows the actor's own second factor",
	"BeginSecond":      "begins the actor's own second factor",
	"WithKeys":         "is no act",
	"Hour":             "the office's hour",
	"WitnessedHeads":   "answers with the actor's own area only; TestHeadsAreHandedToTheWitnessUntilItTakesThem",
	"WithProvince":     "is no act",
	"Province":         "the name of the identity provider",
	"BeginProvince":    "nobody is known yet",
	"SignInProvince":   "nobody is known yet",
	"Link":             "shows the actor's own link",
	"BeginLink":        "begins a link of the actor's own",
	"FinishLink":       "links the actor's own account",
	"DropLink":         "ends the actor's own link",
	"AskKey":           "asks the actor's own key",
	"SignInKey":        "makes the own half sign-in whole",
	"BeginKey":         "begins a key of the actor's own",
	"AddKey":           "keeps a key of the actor's own",
	"DropKey":          "takes a key of the actor's own off",
	"IssueToken":       "answers a login of another place like one that there is not; TestATokenForGraveActsIsIssuedWithProofAndForAShortTime",
	"ConfirmSecond":    "switches the actor's own second factor on",
	"Relatives":        "shows the actor's own declarations",
	"DeclareRelative":  "keeps a declaration of the actor's own",
	"WithdrawRelative": "ends a declaration of the actor's own",
	"Confirm":          "asks the actor's own password",
	"AnswerDoubt":      "asks the actor's own sign-in",
	"Pledge":           "notes the actor's own promise",
	"DropSecond":       "takes the actor's own second factor off",
	"Regions":          "places are reference data of the whole country",
	"FindRegions":      "places are reference data of the whole country",
	"Choices":          "answers inside the actor's own area whatever is asked",
	"Calendar":         "working days are the same in the whole country",
	"Reckon":           "working days are the same in the whole country",
	"SetDay":           "the calendar is one for all; TestTheCalendarIsKeptByTheWidestAdministrator",
	"DropDay":          "the calendar is one for all; TestTheCalendarIsKeptByTheWidestAdministrator",
	"OrgChoices":       "answers with the actor's own area only",
	"Work":             "a signal that there is work, without what it is",
	"Today":            "the office's day",
	"Keep":             "keeps an answer under the own account of the actor",
	"Repeat":           "repeats an answer to the same account only",
	"AuditHeads":       "answers with the actor's own area only; TestAnAuditorVerifiesTheOwnCounty",
	"VerifyAudit":      "answers with the actor's own area only; TestAnAuditorVerifiesTheOwnCounty",
	"Tokens":           "answers with the actor's own area only; TestAStrangerSeesNoTokens",
}

var (
	sec, sys, aud = testbed.Stranger(access.Secadmin), testbed.Stranger(access.Sysadmin), testbed.Stranger(access.Auditor)
	clerk         = staff.ID(testbed.As(access.Clerk).Account)
)

// borders tries each other method on 芒市 as an administrator of the neighbour county.
var borders = map[string]func(ctx context.Context, d *office.Desk, token string) error{
	"Accounts": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Accounts(ctx, sec, office.AccountFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Account": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Account(ctx, sec, clerk)
		return err
	},
	"AccountNamed": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.AccountNamed(ctx, sec, string(clerk))
		return err
	},
	"AddAccount": func(ctx context.Context, d *office.Desk, _ string) error {
		_, _, err := d.AddAccount(ctx, sec, newcomer("a.stranger"))
		return err
	},
	"EditAccount": func(ctx context.Context, d *office.Desk, _ string) error {
		return d.EditAccount(ctx, sec, office.AccountEdit{ID: clerk, Version: 1, Name: "x", Role: access.Clerk, Region: testbed.Elsewhere})
	},
	"DisableAccount": func(ctx context.Context, d *office.Desk, _ string) error {
		return d.DisableAccount(ctx, sec, clerk, true)
	},
	"AskWitness": func(ctx context.Context, d *office.Desk, _ string) error { return d.AskWitness(ctx, sec) },
	"HandHeads":  func(ctx context.Context, d *office.Desk, _ string) error { return d.HandHeads(ctx, sec, nil) },
	"LinkAccount": func(ctx context.Context, d *office.Desk, _ string) error {
		at := oidc.New(oidc.Config{Issuer: "https://id.example"}, "", nil)
		return d.WithProvince(at).LinkAccount(ctx, sec, clerk, "x")
	},
	"UnlockAccount": func(ctx context.Context, d *office.Desk, _ string) error { return d.UnlockAccount(ctx, sec, clerk) },
	"EndSignins":    func(ctx context.Context, d *office.Desk, _ string) error { return d.EndSignins(ctx, sec, clerk) },
	"ResetPassword": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.ResetPassword(ctx, sec, clerk)
		return err
	},
	"Orgs": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Orgs(ctx, sys, office.OrgFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Kindred": func(ctx context.Context, d *office.Desk, _ string) error {
		_, _, err := d.Kindred(ctx, testbed.Stranger(access.Approver), testbed.County, 0, 1)
		return err
	},
	"Org": func(ctx context.Context, d *office.Desk, _ string) error {
		_, _, err := d.Org(ctx, sys, "hospital-533103")
		return err
	},
	"AddOrg": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.AddOrg(ctx, sys, org.Org{Region: testbed.County, Kind: org.Village, Name: "x"})
		return err
	},
	"EditOrg": func(ctx context.Context, d *office.Desk, _ string) error {
		return d.EditOrg(ctx, sys, org.Org{ID: "hospital-533103", Name: "x", Version: 1})
	},
	"OrgFor": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.OrgFor(ctx, sys, testbed.County, "x")
		return err
	},
	"Policies": func(ctx context.Context, d *office.Desk, _ string) error {
		_, _, err := d.Policies(ctx, sys, testbed.County)
		return err
	},
	"Policy": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Policy(ctx, sys, policy.ReviewDays, testbed.County)
		return err
	},
	"SetPolicy": func(ctx context.Context, d *office.Desk, _ string) error {
		return d.SetPolicy(ctx, sys, office.PolicyChange{Value: policy.Value{Key: policy.ReviewDays, Region: testbed.County, Value: "1"}})
	},
	"AddRegion": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.AddRegion(ctx, sys, testbed.County, region.Region{Name: "别处工区"})
		return err
	},
	"Audit": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Audit(ctx, aud, office.AuditSearch{County: testbed.County, Limit: 1})
		return err
	},
	"ExportAudit": func(ctx context.Context, d *office.Desk, _ string) error {
		return d.ExportAudit(ctx, aud, office.AuditSearch{County: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Reveals": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Reveals(ctx, aud, testbed.County, "2020-01-01")
		return err
	},
	"SealAudit": func(ctx context.Context, d *office.Desk, _ string) error { return d.SealAudit(ctx, sys, nil) },
	"MendTiles": func(ctx context.Context, d *office.Desk, _ string) error {
		return d.MendTiles(ctx, sys, testbed.County)
	},
	"ProveLine": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.ProveLine(ctx, aud, testbed.County, "x")
		return err
	},
	"CreateToken": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.CreateToken(ctx, sec, office.TokenOrder{Login: string(clerk), Name: "x", Days: 1})
		return err
	},
	"Keys": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Keys(ctx, sec)
		return err
	},
	"RotateKey": func(ctx context.Context, d *office.Desk, _ string) error { return d.RotateKey(ctx, sec, key.Key{}) },
	"Reseal": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Reseal(ctx, sec, nil)
		return err
	},
	"RewrapKeys": func(ctx context.Context, d *office.Desk, _ string) error { return d.RewrapKeys(ctx, sec, nil) },
	"NextJobs": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.NextJobs(ctx, sys, []string{"close"}, 1)
		return err
	},
	"HoldJob": func(ctx context.Context, d *office.Desk, _ string) error { return d.HoldJob(ctx, sys, job.Row{}) },
	"FinishJob": func(ctx context.Context, d *office.Desk, _ string) error {
		return d.FinishJob(ctx, sys, job.Row{}, nil)
	},
	"ReleaseJob":    func(ctx context.Context, d *office.Desk, _ string) error { return d.ReleaseJob(ctx, sys, job.Row{}) },
	"LeaveMessages": func(ctx context.Context, d *office.Desk, _ string) error { return d.LeaveMessages(ctx, sys) },
	"DailyRound":    func(ctx context.Context, d *office.Desk, _ string) error { return d.DailyRound(ctx, sys, false) },
	"Acting": func(ctx context.Context, d *office.Desk, _ string) error {
		_, err := d.Acting(ctx, sys, string(clerk))
		return err
	},
	"ResetSecond": func(ctx context.Context, d *office.Desk, _ string) error { return d.ResetSecond(ctx, sec, clerk) },
	"RevokeToken": func(ctx context.Context, d *office.Desk, token string) error { return d.RevokeToken(ctx, sec, token) },
}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, token := office.New(o.DB), aToken(t, o)
		for m := range reflect.TypeFor[*office.Desk]().Methods() {
			try, ok := borders[m.Name]
			switch {
			case open[m.Name] != "" && !ok:
			case !ok:
				t.Errorf("%s is not tried as a stranger", m.Name)
			default:
				if err := try(t.Context(), desk, token); fault.Of(err) != fault.Missing {
					t.Errorf("%s let a stranger in: %v", m.Name, err)
				}
			}
		}
	})
}

// aToken is the id of a token of a clerk of 芒市.
func aToken(t *testing.T, o *testbed.Office) string {
	t.Helper()
	desk := office.New(o.DB)
	if _, err := desk.CreateToken(t.Context(), testbed.As(access.Secadmin), office.TokenOrder{Login: string(clerk), Name: "x", Days: 9}); err != nil {
		t.Fatal(err)
	}
	l, err := desk.Tokens(t.Context(), testbed.As(access.Secadmin), "", 1)
	if err != nil || len(l.Tokens) != 1 {
		t.Fatalf("tokens: %+v %v", l, err)
	}
	return l.Tokens[0].Token.ID
}

func TestAStrangerSeesNoTokens(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		aToken(t, o)
		if l, err := office.New(o.DB).Tokens(t.Context(), sec, "", 9); err != nil || len(l.Tokens) != 0 {
			t.Errorf("tokens of the neighbour county: %+v %v", l, err)
		}
	})
}
