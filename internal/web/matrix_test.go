package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

var writeMatrix = flag.Bool("matrix", false, "write testdata/matrix.tsv anew from what the pages answer")

const matrixFile = "testdata/matrix.tsv"

// routesOf is the routes of one method in routes*.go.
func routesOf(t *testing.T, method string) []string {
	t.Helper()
	source := routesSource(t)
	var out []string
	for _, m := range regexp.MustCompile(`page\("`+method+` (/[^"]*)"|long\("`+method+` (/[^"]*)"|Handle\("`+method+` (/[^"]*)", s\.door\.(?:Long|Upload)`).FindAllStringSubmatch(string(source), -1) {
		out = append(out, m[1]+m[2]+m[3])
	}
	slices.Sort(out)
	return out
}

// at is a route with the test's records in its gaps; not ok for one that names a record of which nothing is known.
func at(route string, ids map[string]string) (string, bool) {
	c, ok := scoped[route]
	if !strings.Contains(route, "{") || route == "/{$}" {
		return strings.TrimSuffix(route, "{$}"), true
	}
	known := map[string]string{"/policies/{key}": "/policies/accept.days", "/forms/{form}": "/forms/pledge"}
	if path := known[route]; path != "" {
		return path, true
	}
	n := 0
	return gap.ReplaceAllStringFunc(route, func(string) string { n++; return ids[c.ids[n-1]] }), ok
}

// answered is how a page answers, in a word; what is neither opened nor refused is a number.
func answered(status int) string {
	switch {
	case status == http.StatusForbidden:
		return "no"
	case status == http.StatusNotFound:
		return "hidden"
	case status < 400:
		return "yes"
	}
	return fmt.Sprint(status)
}

// stranger is a browser of somebody of the post in the neighbour county, whose account is made when the office has none.
func (s *site) stranger(t *testing.T, role access.Role) *browser {
	t.Helper()
	by := testbed.Stranger(role)
	err := s.office.DB.Update(t.Context(), access.Program(), func(tx *store.Tx) error {
		_, err := tx.Account(staff.ID(by.Account))
		if fault.Of(err) == fault.Missing {
			err = tx.AddAccount(staff.Account{ID: staff.ID(by.Account), Login: by.Account, Name: by.Name, Role: role, Region: by.Region, Org: org.ID(by.Org)})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.actor(by)
}

// TestTheScopeMatrix asks every page as every post: at home, and from the neighbour county, all at once. What they answer stands in testdata/matrix.tsv, so
// that a new page, a new post or another answer is looked at by whoever writes it down; no page of a record opens from the neighbour county whatever stands
// there. After a change run go test ./internal/web -run ScopeMatrix -matrix and read the difference.
func TestTheScopeMatrix(t *testing.T) {
	t.Parallel()
	s := openSite(t, testbed.Open(t, "sqlite"))
	ids := s.records(t)
	routes := routesOf(t, "GET")
	if len(routes) < 100 {
		t.Fatalf("only %d pages were found", len(routes))
	}
	cells := map[string]string{}
	var mu sync.Mutex
	var asking sync.WaitGroup
	for _, role := range access.Roles {
		for place, b := range map[string]*browser{"home": s.as(role), "neighbour": s.stranger(t, role)} {
			b.signIn(t)
			asking.Go(func() { // twenty-eight people at once
				for _, route := range routes {
					path, ok := at(route, ids)
					if !ok {
						t.Errorf("%s has no record to be asked with", route)
						continue
					}
					a := answered(b.get(t, path).status)
					if place == "neighbour" && scoped[route].ids != nil && a == "yes" {
						t.Errorf("%s opens for %s of the neighbour county", route, role)
					}
					mu.Lock()
					cells[route+" "+string(role)+" "+place] = a
					mu.Unlock()
				}
			})
		}
	}
	asking.Wait()
	if got := matrix(routes, cells); !same(t, got) {
		t.Errorf("%s is not what the pages answer; look at the difference after: go test ./internal/web -run ScopeMatrix -matrix", matrixFile)
	}
}

// matrix is the table: a page a line, a post a column, in each cell what it answers at home and from the neighbour county.
func matrix(routes []string, cells map[string]string) string {
	var b strings.Builder
	b.WriteString("page")
	for _, role := range access.Roles {
		b.WriteString("\t" + string(role))
	}
	b.WriteString("\n")
	for _, route := range routes {
		b.WriteString(route)
		for _, role := range access.Roles {
			b.WriteString("\t" + cells[route+" "+string(role)+" home"] + "/" + cells[route+" "+string(role)+" neighbour"])
		}
		b.WriteString("\n")
	}
	return b.String()
}

func same(t *testing.T, got string) bool {
	t.Helper()
	if *writeMatrix {
		if err := os.WriteFile(matrixFile, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(matrixFile)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(got, "\n") {
		if all := strings.Split(string(kept), "\n"); i >= len(all) || all[i] != line {
			t.Logf("line %d: %s", i+1, line)
		}
	}
	return string(kept) == got
}

// TestNothingOfANeighbourIsChanged sends every form of a record from the neighbour county, as every post.
func TestNothingOfANeighbourIsChanged(t *testing.T) {
	t.Parallel()
	s := openSite(t, testbed.Open(t, "sqlite"))
	ids := s.records(t)
	tried := 0
	for _, role := range access.Roles {
		b := s.stranger(t, role)
		for _, route := range routesOf(t, "POST") {
			if !strings.Contains(route, "{") || strings.HasPrefix(route, "/policies/") {
				continue
			}
			path := route
			for _, name := range []string{"sent", "batch", "notice", "session", "list", "person", "agreement", "doctor", "account", "org", "draft", "printer"} {
				if prefix := map[string]string{"sent": "/applications/", "batch": "/batches/", "notice": "/notices/", "session": "/sessions/", "list": "/rosters/", "person": "/people/",
					"agreement": "/agreements/", "doctor": "/doctors/", "account": "/accounts/", "org": "/orgs/", "printer": "/printers/"}[name]; prefix != "" && strings.HasPrefix(route, prefix) {
					path = gap.ReplaceAllString(path, ids[name])
				}
			}
			if strings.Contains(path, "{") {
				continue // a record of a kind whose pages are tried above
			}
			tried++
			if a := b.post(t, path, nil); a.status < 400 {
				t.Errorf("%s as %s of the neighbour county: %d to %q", route, role, a.status, a.header.Get("Location"))
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d forms were sent", tried)
	}
}

// registers is a line that opens an address of the site.
var registers = regexp.MustCompile(`(?m)^\s*(page|open|mux\.Handle|mux\.HandleFunc)\("(GET|POST) `)

// routesSource is the files that list the site, routes*.go; no other file opens an address.
func routesSource(t *testing.T) []byte {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range names {
		source, err := os.ReadFile(name)
		switch {
		case err != nil:
			t.Fatal(err)
		case strings.HasPrefix(name, "routes"):
			all = append(all, source...)
		case !strings.HasSuffix(name, "_test.go") && registers.Match(source):
			t.Errorf("%s opens an address; they stand in routes*.go", name)
		}
	}
	return all
}
