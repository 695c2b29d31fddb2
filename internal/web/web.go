// Package web is the officers' door: pages in Chinese from the server, for a browser with or without JavaScript.
//
// routes.go, with the archive's part beside it, is the whole site; each page has a file of its own with its handler and a templ file with its layout.
package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"hefa/internal/access"
	"hefa/internal/archiving"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/gate"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/outreach"
	"hefa/internal/oversight"
	"hefa/internal/records"
	"hefa/internal/registry"
	"hefa/internal/relay"
	"hefa/internal/renewing"
	"hefa/internal/scanning"
	"hefa/internal/upkeep"
)

// Server holds the desks that pages speak to.
type Server struct {
	gate      *gate.Gate
	door      *gate.Door
	today     func() day.Day
	demo      bool
	relay     *relay.Issuer
	office    *office.Desk
	casework  *casework.Desk
	records   *records.Desk
	registry  *registry.Desk
	fieldwork *fieldwork.Desk
	assessing *assessing.Desk
	upkeep    *upkeep.Desk
	renewing  *renewing.Desk
	oversight *oversight.Desk
	archiving *archiving.Desk
	outreach  *outreach.Desk
	scanning  *scanning.Desk
}

// Desks is every desk of the officers' door.
type Desks struct {
	Office    *office.Desk
	Casework  *casework.Desk
	Records   *records.Desk
	Registry  *registry.Desk
	Fieldwork *fieldwork.Desk
	Assessing *assessing.Desk
	Upkeep    *upkeep.Desk
	Renewing  *renewing.Desk
	Oversight *oversight.Desk
	Archiving *archiving.Desk
	Outreach  *outreach.Desk
	Scanning  *scanning.Desk
}

// Options is how this installation shows itself.
type Options struct {
	Today func() day.Day // the office's day
	Demo  bool           // a demonstration with invented people
	Relay *relay.Issuer  // passes for the relay of live video, nil when there is none
}

// New is the door behind a gate.
func New(g *gate.Gate, desks Desks, o Options) *Server {
	s := &Server{gate: g, today: o.Today, demo: o.Demo, relay: o.Relay, office: desks.Office, casework: desks.Casework, records: desks.Records, registry: desks.Registry,
		fieldwork: desks.Fieldwork, assessing: desks.Assessing, upkeep: desks.Upkeep, renewing: desks.Renewing, oversight: desks.Oversight, archiving: desks.Archiving, outreach: desks.Outreach,
		scanning: desks.Scanning}
	s.door = g.Door(s.trouble, "/sign-in")
	return s
}

type visitorKey struct{}

// visitor is who is signed in; pages behind signed have one always.
func visitor(r *http.Request) office.Visitor {
	v, _ := r.Context().Value(visitorKey{}).(office.Visitor)
	return v
}

// actor is who acts on this request.
func actor(r *http.Request) access.Actor { return visitor(r).Actor }

// signed lets h run for somebody who is signed in, and sends them elsewhere first when they must do something there.
func (s *Server) signed(h gate.Handler) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		token := s.gate.Token(r)
		if token == "" {
			return fault.New(fault.SignIn, "signin.wanted")
		}
		v, err := s.office.Visit(r.Context(), token, gate.Address(r.Context()))
		if err != nil {
			return err
		}
		if err := s.gate.SignedIn(r, v.Actor.Account); err != nil {
			return err
		}
		if to := firstOf(v); to != "" && !strings.HasPrefix(r.URL.Path, to) && r.URL.Path != "/sign-out" {
			if r.Method == http.MethodGet && v.Half {
				to += "?" + url.Values{"next": {r.URL.RequestURI()}}.Encode()
			}
			return redirect(w, r, to)
		}
		return h(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, v)))
	}
}

// firstOf is the page on which somebody must do something before anything else, "" when there is none.
func firstOf(v office.Visitor) string {
	switch {
	case v.Half:
		return "/sign-in/code"
	case v.Doubt != "":
		return "/account/doubt"
	case v.Renew:
		return "/account/password"
	case v.Pledge:
		return "/account/pledge"
	case v.Enrol:
		return "/account/second"
	}
	return ""
}

// page is the frame of a page for whoever reads it.
func (s *Server) page(w http.ResponseWriter, r *http.Request, title string) look.Page {
	p := look.Page{Title: title, Today: s.today(), Demo: s.demo, Path: r.URL.RequestURI(), Large: look.Large(r), Flash: s.gate.TakeFlash(w, r)}
	if v := visitor(r); v.Actor.Account != "" && !v.Half {
		p.User = &look.User{Name: v.Actor.Name, Role: word(v.Actor.Role), Place: v.Place}
		p.Nav, p.SubNav = nav(v.Actor, r.URL.Path)
		p.Code, p.Key = v.Confirm.Code, v.Confirm.Key
	}
	return p
}

// show sends a page.
func show(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	return look.Send(w, r, status, c)
}

// redirect answers a form that was taken: the browser loads to with GET.
func redirect(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// done leaves a sentence for the next page and goes there.
func (s *Server) done(w http.ResponseWriter, r *http.Request, to, key string, args ...string) error {
	s.gate.Flash(w, key, args...)
	return redirect(w, r, to)
}

// again says whether err is about what was typed or a rule that says no, so that the form is shown again with it.
func again(err error) bool {
	switch fault.Of(err) {
	case fault.Invalid, fault.Refused:
		return true
	case fault.Away, fault.Full:
		return len(fault.Fields(err)) > 0 // a file that could not be kept; everything else of the form is well
	}
	return false
}

// wrongStatus is the status of a form that is shown with what is wrong with it, or for the first time; what befell the house is for the log too.
func wrongStatus(r *http.Request, wrong error) int {
	switch k := fault.Of(wrong); {
	case wrong == nil:
		return http.StatusOK
	case k == fault.Away, k == fault.Full:
		gate.Mishap(r, wrong)
		return gate.Status(k)
	}
	return http.StatusUnprocessableEntity
}

// Trouble is the page that says what went wrong, for whatever no door answers.
func Trouble(r *http.Request, f gate.Failure) (string, []byte) {
	return trouble(r, f, look.Page{})
}

func (s *Server) trouble(r *http.Request, f gate.Failure) (string, []byte) {
	return trouble(r, f, look.Page{Today: s.today(), Demo: s.demo})
}

func trouble(r *http.Request, f gate.Failure, p look.Page) (string, []byte) {
	p.Title, p.Path = f.Title, r.URL.RequestURI()
	var b bytes.Buffer
	if err := troublePage(p, f.Text, f.Reference, f.Again(r)).Render(r.Context(), &b); err != nil {
		return "text/plain; charset=utf-8", []byte(f.Text)
	}
	return "text/html; charset=utf-8", b.Bytes()
}
