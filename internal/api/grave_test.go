package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/office"
	"hefa/internal/testbed"
)

// What a page asks about once more, a token does only when it was issued for it.
func TestAGraveActWantsATokenThatWasIssuedForIt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		calls := map[access.Act][2]string{
			access.LapseCancel:    {"/api/v1/lapses/cancel", `{"lapses":["none"]}`},
			access.DepartureApply: {"/api/v1/departures/apply", `{"ids":["none"]}`},
			access.DisclosureTake: {"/api/v1/disclosures/none/take", ""},
			access.MessageMake:    {"/api/v1/messages/campaign", `{"region":"533103"}`},
			access.ArchiveDestroy: {"/api/v1/appraisals/none/destroy", `{"day":"2020-04-01","way":"粉碎","first":"甲","second":"乙"}`},
		}
		for _, act := range access.Grave {
			call, ok := calls[act]
			if !ok {
				t.Errorf("%s is not tried", act)
				continue
			}
			role := access.Role("")
			for _, r := range access.Roles {
				if testbed.As(r).Can(act) && !r.Admin() && r != access.City {
					role = r
				}
			}
			ask := func(grave []access.Act) answer {
				token, err := p.desks.Office.CreateToken(t.Context(), testbed.As(access.Secadmin), office.TokenOrder{Login: testbed.As(role).Account, Name: "x", Days: 9, Grave: grave})
				if err != nil {
					t.Fatal(err)
				}
				return p.call("", "POST", call[0], call[1], "Authorization", "Bearer "+token)
			}
			for _, other := range [][]access.Act{nil, without(graveFor(role), act)} {
				a := ask(other)
				if a.status != http.StatusForbidden || !strings.Contains(a.text, "签发时写明") || !strings.Contains(a.text, string(act)) || a.header.Get("Content-Type") != "application/problem+json" {
					t.Errorf("%s with a token for %v: %d %s", act, other, a.status, a.text)
				}
			}
			if a := ask([]access.Act{act}); strings.Contains(a.text, "签发时写明") {
				t.Errorf("%s with a token for it: %d %s", act, a.status, a.text)
			}
		}
	})
}

func without(all []access.Act, act access.Act) []access.Act {
	var out []access.Act
	for _, a := range all {
		if a != act {
			out = append(out, a)
		}
	}
	return out
}
