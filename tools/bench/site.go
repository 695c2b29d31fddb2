package main

import (
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// site is what can be asked of a server, by whom.
type site struct{ pages []page }

// page is one kind of page with the requests that may be made for it, and its share of the mix.
type page struct {
	name     string
	share    int
	requests []request
}

func (p page) pick(r *rand.Rand) request { return p.requests[r.IntN(len(p.requests))] }

// mix is a request as a working day brings them: cases most of all, then the tray, then searches.
func (s site) mix(r *rand.Rand) request {
	sum := 0
	for _, p := range s.pages {
		sum += p.share
	}
	n := r.IntN(sum)
	for _, p := range s.pages {
		if n -= p.share; n < 0 {
			return p.pick(r)
		}
	}
	return request{}
}

var (
	caseLink  = regexp.MustCompile(`href="(/applications/[0-9a-f-]{36})"`)
	stateLink = regexp.MustCompile(`href="(/\?state=[a-z]+)"`)
	nextLink  = regexp.MustCompile(`href="([^"]+[?&;]after=[^"]+)"`)
)

// searched is what clerks type: families, whole names and initials.
var searched = []string{"杨", "李", "刀", "岩", "杨美", "李凤云", "张国保", "ym", "lfy", "zgb"}

// explore signs everybody in and walks their trays and their lists for the cases that can be asked for.
func (l *load) explore() (site, error) {
	tray, cases, search := page{name: "tray", share: 30}, page{name: "case", share: 50}, page{name: "search", share: 20}
	if l.Bare {
		return l.bare(tray, cases, search)
	}
	for _, login := range l.Accounts {
		v, err := l.signIn(login)
		if err != nil {
			return site{}, fmt.Errorf("signing %s in: %w", login, err)
		}
		paths := []string{"/"}
		first, err := v.read("/")
		if err != nil {
			return site{}, err
		}
		for _, m := range stateLink.FindAllStringSubmatch(first, -1) {
			more, err := v.walk(m[1])
			if err != nil {
				return site{}, fmt.Errorf("reading the tray of %s: %w", login, err)
			}
			paths = append(paths, more...)
		}
		tray.add(v.cookie, paths...)
		if _, err := v.walk("/applications?state=closed"); err != nil {
			return site{}, err
		}
		cases.add(v.cookie, v.cases...)
		search.add(v.cookie, "/applications")
		for _, q := range searched {
			search.add(v.cookie, "/applications?q="+url.QueryEscape(q))
		}
	}
	return site{[]page{tray, cases, search}}, nil
}

func (p *page) add(cookie string, paths ...string) {
	for _, path := range paths {
		p.requests = append(p.requests, request{path: path, cookie: cookie})
	}
}

// bare asks the bare handlers for the ids that they know.
func (l *load) bare(tray, cases, search page) (site, error) {
	res, err := http.Get("http://" + l.Server + "/ids")
	if err != nil {
		return site{}, err
	}
	defer res.Body.Close()
	ids, err := io.ReadAll(res.Body)
	if err != nil {
		return site{}, err
	}
	tray.add("", "/tray?state=submitted", "/tray?state=review", "/tray?state=accepted")
	for _, id := range strings.Fields(string(ids)) {
		cases.add("", "/case?id="+id)
	}
	for _, q := range searched {
		search.add("", "/search?q="+url.QueryEscape(q))
	}
	return site{[]page{tray, cases, search}}, nil
}

// visitor is somebody signed in, with the cases that their trays show.
type visitor struct {
	server string
	client *http.Client
	cookie string
	cases  []string
}

func (l *load) signIn(login string) (*visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	v := &visitor{server: "http://" + l.Server, client: &http.Client{Jar: jar}}
	res, err := v.client.PostForm(v.server+"/sign-in", url.Values{"account": {login}, "password": {l.Password}})
	if err != nil {
		return nil, err
	}
	if err := res.Body.Close(); err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK || res.Request.URL.Path == "/sign-in" {
		return nil, fmt.Errorf("status %d", res.StatusCode)
	}
	for _, c := range jar.Cookies(res.Request.URL) {
		v.cookie = c.Name + "=" + c.Value
	}
	return v, nil
}

// walk reads a list three pages deep and keeps the cases on it; it gives the pages' paths.
func (v *visitor) walk(path string) ([]string, error) {
	var paths []string
	for depth := 0; depth < 3 && path != ""; depth++ {
		body, err := v.read(path)
		if err != nil {
			return nil, err
		}
		paths = append(paths, path)
		for _, link := range caseLink.FindAllStringSubmatch(body, -1) {
			v.cases = append(v.cases, link[1])
		}
		path = ""
		if next := nextLink.FindStringSubmatch(body); next != nil {
			path = html.UnescapeString(next[1])
		}
	}
	return paths, nil
}

func (v *visitor) read(path string) (string, error) {
	res, err := v.client.Get(v.server + path)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d", path, res.StatusCode)
	}
	return string(body), err
}
