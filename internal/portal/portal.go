// Package portal is the door for everybody: how to get a certificate, the running public notices, objections to them, and whether a card in hand holds. Nobody signs in;
// what leaves the desk for these pages is masked already.
package portal

import (
	"bytes"
	"net/http"
	"time"

	"hefa/internal/access"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/renewing"
)

// Server holds the desks that the pages speak to.
type Server struct {
	gate     *gate.Gate
	door     *gate.Door
	o        Options
	casework *casework.Desk
	renewing *renewing.Desk
	records  *records.Desk
	objected *gate.Limiter
	verified *gate.Limiter
}

// Options is how this installation shows itself to the public.
type Options struct {
	Today  func() day.Day   // the office's day
	Now    func() time.Time // the clock of the limit on objections; nil is the machine's
	Home   region.Code      // the county that is shown first; "" asks, where there is more than one
	Demo   bool             // a demonstration with invented people
	Secure bool             // pages travel over TLS
}

// One address may object ten times at once and then once a minute: enough for a village office, too little for a flood.
const (
	objectBurst = 10
	objectRate  = 1.0 / 60 // a second
	objectKeys  = 20_000
)

// One address may check thirty cards at once and then one every two seconds: enough for a counter, too little for trying numbers.
const (
	verifyBurst = 30
	verifyRate  = 0.5 // a second
)

// New is the door behind a gate.
func New(g *gate.Gate, cases *casework.Desk, renewals *renewing.Desk, cards *records.Desk, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{gate: g, o: o, casework: cases, renewing: renewals, records: cards, objected: gate.NewLimiter(objectRate, objectBurst, objectKeys, o.Now),
		verified: gate.NewLimiter(verifyRate, verifyBurst, objectKeys, o.Now)}
	s.door = g.Door(s.trouble, "")
	return s
}

// Register puts the public site on a mux: one line a page.
func (s *Server) Register(mux *http.ServeMux) {
	page := func(pattern string, h gate.Handler) { mux.Handle(pattern, s.door.Page(h)) }
	page("GET /public", s.guide)
	page("GET /public/notices", s.notices)
	page("GET /public/notices/{id}", s.notice)
	page("GET /public/notices/{id}/object", s.object)
	page("POST /public/notices/{id}/objections", s.objectSend)
	page("GET /public/objections/{no}", s.received)
	page("GET /public/cancellations", s.cancellations)
	page("GET /public/cancellations/{id}", s.cancellation)
	page("GET /public/cancellations/{id}/list.pdf", s.cancellationList)
	page("GET /public/cancellations/{id}/object", s.contest)
	page("POST /public/cancellations/{id}/objections", s.contestSend)
	page("GET /verify", s.verify)
	page("POST /verify", s.verifyTry)
	page("GET /verify/ended/{county}", s.verifyEnded)
	page("GET /verify/offline.html", s.verifyOffline)
	page("POST /print-size", s.printSize)
}

// anybody is who acts on this request.
func anybody(r *http.Request) access.Actor { return access.Anybody(gate.Address(r.Context())) }

// where is the place asked for, else this installation's own.
func (s *Server) where(r *http.Request) region.Code {
	if q := r.URL.Query(); q.Has("region") {
		return region.Code(q.Get("region"))
	}
	return s.o.Home
}

// page is the frame of a public page; path is where the reader comes back to after switching the print size.
func (s *Server) page(r *http.Request, title, path string) look.Page {
	p := look.Page{Title: title, Today: s.o.Today(), Demo: s.o.Demo, Public: true, Large: look.Large(r), Path: path}
	for _, l := range []look.Link{{Text: lang.T("portal.guide.title"), Href: "/public"}, {Text: lang.T("portal.notices.title"), Href: "/public/notices"},
		{Text: lang.T("portal.cancellations.title"), Href: "/public/cancellations"}, {Text: lang.T("verify.title"), Href: "/verify"}} {
		l.Current = l.Href == r.URL.Path
		p.Nav = append(p.Nav, l)
	}
	return p
}

// printSize keeps how large the reader wants the letters and goes back.
func (s *Server) printSize(w http.ResponseWriter, r *http.Request) error {
	look.SetLarge(w, r.PostFormValue("size") == "large", s.o.Secure)
	to := gate.Next(r)
	if to == "/" {
		to = "/public"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// trouble is the page that says what went wrong.
func (s *Server) trouble(r *http.Request, f gate.Failure) (string, []byte) {
	var b bytes.Buffer
	if err := troublePage(s.page(r, f.Title, "/public"), f.Text, f.Reference, f.Again(r)).Render(r.Context(), &b); err != nil {
		return "text/plain; charset=utf-8", []byte(f.Text)
	}
	return "text/html; charset=utf-8", b.Bytes()
}

// word is what a value of the product is called on pages.
func word(n lang.Namer) string { return lang.T(n.Word()) }
