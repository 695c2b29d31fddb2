package web

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/look"
)

func TestNoPostHasMoreThanSevenEntries(t *testing.T) {
	t.Parallel()
	for _, role := range access.Roles {
		by := access.Actor{Role: role}
		first, _ := nav(by, "/account")
		if len(first) == 0 || len(first) > 7 {
			t.Errorf("%s has %d entries: %v", role, len(first), first)
		}
		for _, l := range everySection(by) {
			if !leads(first, l.Href) && !below(by, first, l.Href) {
				t.Errorf("%s cannot reach %s", role, l.Href)
			}
		}
	}
}

// leads says whether an entry leads to href.
func leads(links []look.Link, href string) bool {
	for _, l := range links {
		if l.Href == href {
			return true
		}
	}
	return false
}

// below says whether the second line of an entry leads to href.
func below(by access.Actor, first []look.Link, href string) bool {
	for _, l := range first {
		if _, second := nav(by, l.Href); leads(second, href) {
			return true
		}
	}
	return false
}

func TestTheEntryOfAPageIsMarked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, first, second string }{
		{"/", "/ page", ""}, {"/applications/new", "/applications/new page", ""}, {"/applications", "/applications true", "/applications page"},
		{"/applications/0190/edit", "/applications true", "/applications true"}, {"/rosters/new", "/listed true", "/rosters true"},
		{"/listed", "/listed true", "/listed page"}, {"/batches/1", "/batches true", "/batches true"}, {"/deliveries", "/batches true", "/deliveries page"},
		{"/certificates/1", "/applications true", "/people true"}, {"/policies/review.days", "/applications true", "/house true"},
		{"/sessions", "/sessions true", "/sessions page"}, {"/sessions/1/change", "/sessions true", "/sessions true"}, {"/grading", "/sessions true", "/grading page"}, {"/account/password", "", ""},
		{"/reminders/villages", "/reminders true", "/reminders/villages page"}, {"/reminders/0190", "/reminders true", "/reminders true"}, {"/notices/1", "/reminders true", "/notices true"}, {"/rostersx", "", ""},
	} {
		first, second := nav(access.Actor{Role: access.Clerk}, c.path)
		if got := marked(first); got != c.first {
			t.Errorf("%s: the first line marks %q, want %q", c.path, got, c.first)
		}
		if got := marked(second); got != c.second {
			t.Errorf("%s: the second line marks %q, want %q", c.path, got, c.second)
		}
	}
}

// marked is the address of each marked entry with its mark: page for this very page, true for one above it.
func marked(links []look.Link) string {
	at := ""
	for _, l := range links {
		switch {
		case l.Current:
			at += l.Href + " page"
		case l.Inside:
			at += l.Href + " true"
		}
	}
	return at
}
