package api_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/api"
	"hefa/internal/archiving"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/fieldwork"
	"hefa/internal/gate"
	"hefa/internal/office"
	"hefa/internal/outreach"
	"hefa/internal/oversight"
	"hefa/internal/records"
	"hefa/internal/registry"
	"hefa/internal/renewing"
	"hefa/internal/scanning"
	"hefa/internal/testbed"
)

// program is another program that calls the API.
type program struct {
	t       *testing.T
	office  *testbed.Office
	handler http.Handler
	desks   api.Desks
	tokens  map[access.Role]string
	as      func(access.Role) access.Actor // whose tokens it holds
}

func newProgram(t *testing.T, o *testbed.Office) *program {
	t.Helper()
	p := &program{t: t, office: o, as: testbed.As, tokens: map[access.Role]string{}, desks: api.Desks{Office: office.New(o.DB), Casework: casework.New(o.DB, o.Files),
		Assessing: assessing.New(o.DB, o.Files), Records: records.New(o.DB, o.Files), Registry: registry.New(o.DB, o.Files), Renewing: renewing.New(o.DB, o.Files), Oversight: oversight.New(o.DB), Archiving: archiving.New(o.DB, o.Files), Outreach: outreach.New(o.DB, nil),
		Scanning: scanning.New(o.DB, o.Files), Fieldwork: fieldwork.New(o.DB, o.Files)}}
	g, err := gate.New(gate.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Page: api.ProblemPage, Now: o.Now, AddressBurst: 1 << 20, AccountBurst: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	api.New(g, p.desks).Register(mux)
	p.handler = g.Wrap(mux)
	return p
}

// token is a bearer token of the post, in 芒市 unless as says otherwise.
func (p *program) token(role access.Role) string {
	p.t.Helper()
	if p.tokens[role] == "" {
		token, err := p.desks.Office.CreateToken(p.t.Context(), access.Program(), office.TokenOrder{Login: p.as(role).Account, Name: "test", Days: 90, Grave: graveFor(role)})
		if err != nil {
			p.t.Fatal(err)
		}
		p.tokens[role] = token
	}
	return p.tokens[role]
}

// graveFor is the grave acts that a post may do.
func graveFor(role access.Role) []access.Act {
	var out []access.Act
	for _, act := range access.Grave {
		if testbed.As(role).Can(act) {
			out = append(out, act)
		}
	}
	return out
}

// answer is what the API answered.
type answer struct {
	status int
	header http.Header
	text   string
}

// field is a value of the answer by its path: "person.id", "errors.0.field".
func (a answer) field(path string) string {
	var v any
	if json.Unmarshal([]byte(a.text), &v) != nil {
		return ""
	}
	for key := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			if len(x) == 0 {
				return ""
			}
			v = x[0]
		}
	}
	b, _ := json.Marshal(v)
	return strings.Trim(string(b), `"`)
}

func (p *program) call(role access.Role, method, path, body string, headers ...string) answer {
	p.t.Helper()
	r := httptest.NewRequestWithContext(p.t.Context(), method, path, strings.NewReader(body))
	if role != "" {
		r.Header.Set("Authorization", "Bearer "+p.token(role))
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Result().Header, w.Body.String()}
}

// must calls and ends the test unless the answer has the status.
func (p *program) must(status int, role access.Role, method, path, body string) answer {
	p.t.Helper()
	a := p.call(role, method, path, body)
	if a.status != status {
		p.t.Fatalf("%s %s as %s: %d %s", method, path, role, a.status, a.text)
	}
	return a
}
