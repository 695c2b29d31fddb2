package web_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

var writeMatrix = flag.Bool("matrix", false, "write testdata/matrix.tsv anew from what the pages answer")

const matrixFile = "testdata/matrix.tsv"

// seat is somebody who asks: a post, how its area lies to the records, and a browser in which it is signed in.
type seat struct {
	role     access.Role
	standing testbed.Standing
	b        *browser
}

// furnished is a site with one of everything in 风平镇 and somebody of every post in every standing.
type furnished struct {
	*site
	ids   map[string]string
	marks []string // what betrays somebody of the village
	seats []seat
}

func furnish(t *testing.T, s *site) furnished {
	t.Helper()
	f := furnished{site: s, ids: s.office.Records(t), marks: []string{"测试人", "53319919"}}
	for route, c := range scoped {
		if path, _ := at(route, f.ids); strings.HasSuffix(route, "/{id}") && testbed.Home(c.ids[0]) == testbed.Village {
			f.marks = append(f.marks, `"`+path+`"`)
		}
	}
	for _, role := range access.Roles {
		for _, standing := range testbed.Standings {
			if by, ok := s.office.Standing(t, role, standing); ok {
				b := s.actor(by)
				b.signIn(t)
				f.seats = append(f.seats, seat{role, standing, b})
			}
		}
	}
	return f
}

// ask loads a page for somebody and says how it answers; no page opens that is of a record outside the asker's area, and none that opens betrays one.
func (f furnished) ask(t *testing.T, by seat, route, query string) byte {
	path, ok := at(route, f.ids)
	if !ok {
		t.Errorf("%s has no record to be asked with", route)
		return 0
	}
	a := by.b.get(t, path+query)
	letter := testbed.Letter(a.status)
	if letter == 0 {
		t.Errorf("%s%s for %s of %s: %d", route, query, by.role, by.b.by.Region, a.status)
	}
	if letter != 'y' {
		return letter
	}
	where := by.b.by.Region
	if c, ok := scoped[route]; ok && testbed.Hides(where, route, testbed.Home(c.ids[0])) {
		t.Errorf("%s opens for %s of %s", route, by.role, where)
	}
	if where.Contains(testbed.Village) {
		return letter
	}
	for _, text := range texts(t, a.body) {
		for _, mark := range f.marks {
			if i := strings.Index(text, mark); i >= 0 {
				t.Errorf("%s%s betrays %s to %s of %s: %s", route, query, mark, by.role, where, text[max(0, i-200):min(len(text), i+200)])
			}
		}
	}
	return letter
}

// texts is what a page holds: itself, what is packed in it, or what a reader of the PDF reads.
func texts(t *testing.T, body string) []string {
	if strings.HasPrefix(body, "%PDF-1.7") {
		c := exec.CommandContext(t.Context(), "pdftotext", "-", "-")
		c.Stdin = strings.NewReader(body)
		out, err := c.Output()
		if err != nil {
			t.Errorf("pdftotext (apt-get install poppler-utils): %v", err)
		}
		return []string{string(out)}
	}
	if !strings.HasPrefix(body, "PK\x03\x04") {
		return []string{body}
	}
	r, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Error(err)
		return nil
	}
	var out []string
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Error(err)
			continue
		}
		var b bytes.Buffer
		if _, err := io.Copy(&b, part); err != nil {
			t.Error(err)
		}
		out = append(out, b.String())
	}
	return out
}

// TestTheScopeMatrix asks every page as every post from every standing, all at once. What they answer stands in testdata/matrix.tsv, so that a new page, a new post
// or another answer is looked at by whoever writes it down; whatever stands there, no page shows what lies outside the asker's area, nor does a list that is asked
// for that area. After a change run go test ./internal/web -run ScopeMatrix -matrix and read the difference.
func TestTheScopeMatrix(t *testing.T) {
	t.Parallel()
	routes := routesOf(t, "GET")
	if len(routes) < 100 {
		t.Fatalf("only %d pages were found", len(routes))
	}
	f := furnish(t, openSite(t, testbed.Open(t, "sqlite")))
	all := testbed.Matrix{}
	for _, route := range routes {
		if path, ok := at(route, f.ids); ok && route != "/sign-in/code" {
			if a := f.nobody().get(t, path); a.status != http.StatusSeeOther || !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
				t.Errorf("%s without a sign-in: status %d to %q", route, a.status, a.header.Get("Location"))
			}
		}
	}
	var mu sync.Mutex
	var asking sync.WaitGroup
	for _, by := range f.seats {
		asking.Go(func() {
			for _, route := range routes {
				a := f.ask(t, by, route, "")
				if a == 'y' && !strings.Contains(route, "{") && !by.b.by.Region.Contains(testbed.Township) {
					f.ask(t, by, route, "?region="+string(testbed.Township))
				}
				mu.Lock()
				all.Set(route, by.role, by.standing, a)
				mu.Unlock()
			}
		})
	}
	asking.Wait()
	for route, c := range scoped {
		if all.At(route, c.role, testbed.Own) != 'y' {
			t.Errorf("%s does not open at home for %s", route, c.role)
		}
	}
	all.Kept(t, matrixFile, *writeMatrix, routes, access.Roles)
}
