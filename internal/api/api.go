// Package api is the door for other programs: the same acts as the pages, through the same desks, as REST under /api/v1.
//
// The description is OpenAPI 3.1 at /api/openapi.json. Failures are problem+json (RFC 9457). A program signs in with a bearer token of
// `hefa token create` and acts as that token's account. A POST with an Idempotency-Key is done once; the same request again gets the same answer.
package api

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hefa/internal/access"
	"hefa/internal/archiving"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/gate"
	"hefa/internal/office"
	"hefa/internal/outreach"
	"hefa/internal/oversight"
	"hefa/internal/records"
	"hefa/internal/registry"
	"hefa/internal/renewing"
	"hefa/internal/scanning"
)

// Desks is every desk that the API speaks to.
type Desks struct {
	Office    *office.Desk
	Casework  *casework.Desk
	Assessing *assessing.Desk
	Records   *records.Desk
	Registry  *registry.Desk
	Renewing  *renewing.Desk
	Oversight *oversight.Desk
	Archiving *archiving.Desk
	Outreach  *outreach.Desk
	Scanning  *scanning.Desk
	Fieldwork *fieldwork.Desk
}

// Server is the door.
type Server struct {
	Desks
	gate *gate.Gate
	door *gate.Door
}

// New is the door behind a gate.
func New(g *gate.Gate, desks Desks) *Server {
	return &Server{Desks: desks, gate: g, door: g.Door(ProblemPage, "")}
}

// naming guards the one global of huma, which several servers of one process would otherwise set at once.
var naming sync.Once

// Register puts every operation on a mux.
func (s *Server) Register(mux *http.ServeMux) {
	config := huma.DefaultConfig("核发 Hefa", "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[day.Day](), reflect.TypeFor[dayText]())
	naming.Do(func() { huma.NewErrorWithContext = unreadable })
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"token": {}}}
	config.Info.Description = "残疾人证核发管理的接口：与页面相同的业务，经由相同的权限、时限和审计。"
	a := humago.New(signedMux{mux, s}, config)
	s.applications(a)
	s.certificates(a)
	s.people(a)
	s.grading(a)
	s.reminders(a)
	s.blanks(a)
	s.agreements(a)
	s.deeds(a)
	s.doctors(a)
	s.lapses(a)
	s.watch(a)
	s.archive(a)
	s.appraisals(a)
	s.departures(a)
	s.differences(a)
	s.transfers(a)
	s.referrals(a)
	s.packages(a)
	s.recalls(a)
	s.households(a)
	s.attempts(a)
	s.appeals(a)
	s.reassessments(a)
	s.printers(a)
	s.batches(a)
	s.deliveries(a)
	s.messages(a)
	s.bundles(a)
	s.forms(a)
	s.paces(a)
	s.disclosures(a)
	s.sessions(a)
	s.pathways(a)
	s.piles(a)
	s.statements(a)
	mux.Handle("GET /api/openapi.json", s.door.Page(func(w http.ResponseWriter, _ *http.Request) error {
		body, err := a.OpenAPI().MarshalJSON()
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/vnd.oai.openapi+json")
		_, err = w.Write(body)
		return err
	}))
}

// signedMux puts the token and the Idempotency-Key before every operation.
type signedMux struct {
	mux *http.ServeMux
	s   *Server
}

// HandleFunc is what huma registers an operation with.
func (m signedMux) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	h := m.s.signed(func(w http.ResponseWriter, r *http.Request) error { return m.s.once(w, r, handler) })
	if strings.HasSuffix(pattern, evidencePath) {
		m.mux.Handle(pattern, m.s.door.Upload(evidenceLimit, h))
		return
	}
	if pattern == "POST "+pilesPath || pattern == "POST "+slipsPath {
		m.mux.Handle(pattern, m.s.door.Upload(pileLimit, h))
		return
	}
	if takesScan(pattern) {
		m.mux.Handle(pattern, m.s.door.Upload(deedLimit, h))
		return
	}
	m.mux.Handle(pattern, m.s.door.Page(h))
}

// ServeHTTP is part of what huma wants of a mux.
func (m signedMux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.mux.ServeHTTP(w, r) }

type visitorKey struct{}

// actor is the account behind the token.
func actor(ctx context.Context) access.Actor {
	v, _ := ctx.Value(visitorKey{}).(office.Visitor)
	return v.Actor
}

// grave refuses an act for which a page would ask once more who somebody is, unless the token was issued for it. Whoever may not do the act at all is told so
// by the desk instead.
func grave(ctx context.Context, act access.Act) error {
	v, _ := ctx.Value(visitorKey{}).(office.Visitor)
	if !v.Actor.Can(act) || slices.Contains(v.Grave, act) {
		return nil
	}
	return failed(ctx, fault.New(fault.Forbidden, "api.token.grave", string(act)))
}

// signed lets h run for the account behind the bearer token.
func (s *Server) signed(h gate.Handler) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || token == "" {
			return fault.New(fault.SignIn, "api.token.wanted")
		}
		v, err := s.Office.Bearer(r.Context(), token, gate.Address(r.Context()))
		if err != nil {
			return err
		}
		if err := s.gate.SignedIn(r, v.Actor.Account); err != nil {
			return err
		}
		return h(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, v)))
	}
}
