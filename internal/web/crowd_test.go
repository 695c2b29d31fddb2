package web_test

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"

	"hefa/internal/region"
	"hefa/internal/testbed"
)

// TestThirtyTwoPeopleAtOnceEachSeeTheirOwn asks pages at random as 32 people of different posts and areas at the same time, on both engines: each is answered as
// testdata/matrix.tsv says, whoever else asks meanwhile.
func TestThirtyTwoPeopleAtOnceEachSeeTheirOwn(t *testing.T) {
	t.Parallel()
	routes, want := routesOf(t, "GET"), testbed.ReadMatrix(t, matrixFile)
	eachSite(t, func(t *testing.T, s *site) {
		f := furnish(t, s)
		rand.New(rand.NewPCG(32, 1)).Shuffle(len(f.seats), func(i, j int) { f.seats[i], f.seats[j] = f.seats[j], f.seats[i] })
		var asking sync.WaitGroup
		for n, by := range f.seats[:32] {
			asking.Go(func() {
				dice := rand.New(rand.NewPCG(32, uint64(n)))
				for range 80 {
					route := routes[dice.IntN(len(routes))]
					if got, want := f.ask(t, by, route, ""), want.At(route, by.role, by.standing); got != want {
						t.Errorf("%s as %s of %s among others: %q, alone %q", route, by.role, by.b.by.Region, got, want)
					}
				}
			})
		}
		asking.Wait()
	})
}

// unshown is the records that have forms and no page of their own.
var unshown = map[string]string{"/account/relatives/{id}": "relative", "/archive/loans/{id}": "loan", "/messages/refused/{id}": "unwanted", "/tokens/{id}": "token"}

// formed is the page of the record that a form is sent to, where the record lies, and the form's address with the test's records in its gaps.
func (f furnished) formed(form string) (page, path string, home region.Code) {
	for prefix, name := range unshown {
		if strings.HasPrefix(form, prefix+"/") {
			return prefix, gap.ReplaceAllString(form, f.ids[name]), testbed.Home(name)
		}
	}
	for route := range scoped {
		if rest, ok := strings.CutPrefix(form, route); ok && (rest == "" || rest[0] == '/') && len(route) > len(page) {
			page = route
		}
	}
	if page == "" {
		return "", form, ""
	}
	path, _ = at(page, f.ids)
	return page, path + form[len(page):], testbed.Home(scoped[page].ids[0])
}

// TestNothingElsewhereIsChanged sends every form of a record as every post whose area does not hold it: there is none, or it is not for the post. Those who read
// the page because it hangs out in their villages may be told on it what they did not fill in.
func TestNothingElsewhereIsChanged(t *testing.T) {
	t.Parallel()
	f := furnish(t, openSite(t, testbed.Open(t, "sqlite")))
	tried := 0
	for _, form := range routesOf(t, "POST") {
		page, path, home := f.formed(form)
		if strings.Contains(path, "{") && !strings.HasPrefix(form, "/policies/") {
			t.Errorf("%s has no record to be sent to", form)
		}
		if page == "" {
			continue
		}
		for _, by := range f.seats {
			if by.b.by.Region.Contains(home) {
				continue
			}
			tried++
			a := by.b.upload(t, path, nil, sent{"file", "a.png", []byte("\x89PNG\r\n\x1a\n")})
			if hidden := a.status == http.StatusForbidden || a.status == http.StatusNotFound; !hidden && (a.status != http.StatusUnprocessableEntity || testbed.Hides(by.b.by.Region, page, home)) {
				t.Errorf("%s as %s of %s: %d to %q", form, by.role, by.b.by.Region, a.status, a.header.Get("Location"))
			}
		}
	}
	if tried < 3000 {
		t.Errorf("only %d forms were sent", tried)
	}
}
