package api_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/policy"
	"hefa/internal/testbed"
)

// TestBornPapersTravelThroughTheAPI: the signed list names the hash of a letter that the program wrote, and a changed byte of it is refused.
func TestBornPapersTravelThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		id := reviewedMove(t, o)
		p.must(200, access.Approver, "POST", "/api/v1/applications/"+string(id)+"/approve", `{}`)
		one := p.must(200, access.Clerk, "GET", "/api/v1/transfers?way=out", "").field("items.0.id")
		got := p.must(200, access.Clerk, "GET", "/api/v1/transfers/"+one, "")
		hash := got.field("papers.0.hash")
		if got.field("papers.0.origin") != "born" || len(hash) != 64 || len(got.field("papers.0.digest")) != 64 || got.field("papers.0.suite") != "sm" {
			t.Fatal(got.text)
		}
		if err := os.WriteFile(filepath.Join(o.Folder, hash[:2], hash), []byte("changed"), 0o600); err != nil {
			t.Fatal(err)
		}
		there := newProgram(t, o)
		there.as = testbed.Stranger
		in := "/api/v1/transfers/" + there.must(200, access.Clerk, "GET", "/api/v1/transfers?way=in", "").field("items.0.id")
		if got := there.call(access.Clerk, "POST", in+"/take", `{"region":"533102001001","seen":true}`); got.status != http.StatusConflict || !strings.Contains(got.text, "校验值不一致") {
			t.Errorf("a changed paper: %d %s", got.status, got.text)
		}
	})
}

// reviewedMove is a move to the neighbour county that waits for its approval and was sent back once with a letter.
func reviewedMove(t *testing.T, o *testbed.Office) application.ID {
	t.Helper()
	desk, town, who := casework.New(o.DB, o.Files), testbed.As(access.Township), o.Person(t)
	o.Certificate(t, who, "2028-01-01")
	who.Version = 1
	id, err := desk.OpenApplication(t.Context(), town, casework.Opening{Person: who, Whole: true,
		Request: application.Request{Matter: application.Move, Target: testbed.Elsewhere, Origin: application.Counter}})
	for _, do := range []func() error{
		func() error { return err },
		func() error { return desk.SubmitApplication(t.Context(), town, id) },
		func() error { return desk.ReturnApplication(t.Context(), town, id, []string{"household"}, "") },
		func() error { return desk.SubmitApplication(t.Context(), town, id) },
		func() error {
			return desk.AcceptApplication(t.Context(), town, id, casework.Acceptance{Sighted: policy.Papers})
		},
		func() error { return desk.ReviewApplication(t.Context(), testbed.As(access.Reviewer), id, "") },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	return id
}
