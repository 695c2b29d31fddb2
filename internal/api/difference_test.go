package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/roster"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestDifferencesThroughTheAPI decides what another register tells otherwise.
func TestDifferencesThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, who := newProgram(t, o), o.Person(t)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if err := tx.AddRoster(roster.Upload{ID: "list", Region: testbed.County, Kind: roster.Register, Name: "全国.csv", State: roster.Stored, Account: "clerk", Author: "综窗", At: o.Now()}); err != nil {
				return err
			}
			return tx.AddDifferences([]roster.Difference{{ID: "one", Region: who.Region, Roster: "list", Person: who.ID, Field: roster.FieldNation, Ours: who.Nation, Theirs: "景颇族", State: roster.Undecided},
				{ID: "two", Region: who.Region, Roster: "list", Person: who.ID, Field: roster.FieldName, Ours: who.Name, Theirs: "别的名字", State: roster.Undecided}})
		})
		got := p.must(200, access.Reviewer, "GET", "/api/v1/differences?state=open&field=nation", "")
		if got.field("items.0.theirs") != "景颇族" || got.field("items.0.takeable") != "true" || strings.Contains(got.text, `"two"`) {
			t.Errorf("listed: %s", got.text)
		}
		if a := p.call(access.Reviewer, "POST", "/api/v1/differences/decide", `{"differences":[{"id":"one","version":1}],"do":"theirs"}`); a.status != http.StatusForbidden {
			t.Errorf("a reviewer decides: %d", a.status)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/differences/decide", `{"differences":[{"id":"one","version":1},{"id":"two","version":1}],"do":"theirs"}`); a.status != http.StatusUnprocessableEntity {
			t.Errorf("a name is taken over: %d", a.status)
		}
		if a := p.call(access.Clerk, "POST", "/api/v1/differences/decide", `{"differences":[{"id":"one","version":2}],"do":"theirs"}`); a.status != http.StatusConflict {
			t.Errorf("another version: %d", a.status)
		}
		p.must(204, access.Clerk, "POST", "/api/v1/differences/decide", `{"differences":[{"id":"one","version":`+got.field("items.0.version")+`}],"do":"theirs"}`)
		p.must(204, access.Clerk, "POST", "/api/v1/differences/decide", `{"differences":[{"id":"two","version":1}],"do":"ours","reason":"户口簿为此名"}`)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			now, err := tx.Person(who.ID)
			if now.Nation != "景颇族" {
				t.Errorf("taken over: %+v", now)
			}
			return err
		})
	})
}
