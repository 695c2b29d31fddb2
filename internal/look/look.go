// Package look is the common look of all pages: the layout, the components and the compiled assets. Components are typed structs rendered by
// templ; they lay out and never decide. Texts come ready from the catalogue; every component works without JavaScript.
package look

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
)

// Page is what the layout needs to know about one page. Only Title is always needed.
type Page struct {
	Title    string   // the page's own title, which is its first heading too unless NoHeading is set
	Caption  string   // a small line over the heading: the person, the case number
	Nav      []Link   // the entries that this reader may open
	SubNav   []Link   // the parts of the entry in which this page stands
	User     *User    // nil when nobody is signed in
	Today    day.Day  // the office's day, shown in the banner
	Demo     bool     // the office is a demonstration with invented people
	Crumbs   []Link   // the way here, from the home page to the parent
	Flash    string   // what was just done, from the gate's flash
	Problems Problems // what is wrong with the form on this page; shown at the top and told in the title
	Public   bool     // a page for the public: higher contrast and the large-print switch
	Large    bool     // large print is on
	Path     string   // this page's path and query, to come back to after switching the print size

	NoHeading bool   // the page writes its own h1
	HTMX      bool   // load htmx on this page
	Script    string // another script of this page, by its plain name

	Code bool // a grave act asks this reader for a code in place of the password
	Key  bool // a grave act asks this reader for a key in place of the password
}

// home is where the name in the header leads.
func (p Page) home() string {
	if p.Public {
		return "/public"
	}
	return "/"
}

// User is who is signed in, as the header shows it.
type User struct{ Name, Role, Place string }

// Link is a place to go. Count, when above 0, is shown as a badge (work waiting there).
type Link struct {
	Text    string
	Href    string
	Current bool // the reader is there
	Inside  bool // the reader is below it
	Count   int
	Hidden  string // said by screen readers after Text, so that equal links differ: the name of the row's person
}

// Problems are what is wrong with a form, in the order of its fields. An entry with an empty name concerns the form as a whole.
type Problems []fault.Field

// Find takes the problems out of err: its fields, or the sentence of a fault that has none. It is empty for nil and for defects, which a
// handler must pass on.
func Find(err error) Problems {
	if fields := fault.Fields(err); len(fields) > 0 {
		return fields
	}
	if f, ok := asFault(err); ok {
		return Problems{{Key: f.Key, Args: f.Args}}
	}
	return nil
}

// Of is the sentence about the named field, "" when it is right.
func (p Problems) Of(name string) string {
	for _, f := range p {
		if f.Name == name {
			return lang.T(f.Key, f.Args...)
		}
	}
	return ""
}

// Text is all sentences in one line.
func (p Problems) Text() string {
	var all []string
	for _, f := range p {
		all = append(all, lang.T(f.Key, f.Args...))
	}
	return strings.Join(all, "；")
}

// ID is the id of the input of the named field, which the error summary links to.
func ID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
			return r
		}
		return '-'
	}, name)
}

// Send renders c to memory and then sends it with status, so that a page that fails to render is never sent in part.
func Send(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(r.Context(), &b); err != nil {
		return fmt.Errorf("render the page: %w", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, _ = b.WriteTo(w) // the reader has left; there is nobody to tell
	return nil
}

// Moment is an instant as pages show it, in the zone that t carries: 2020年5月7日 09:30.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日 %02d:%02d", t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute())
}
