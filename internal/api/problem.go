package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
)

// Problem is a failure as programs read it (RFC 9457); Errors names each wrong value.
type Problem struct {
	Type      string  `json:"type"`
	Title     string  `json:"title"`
	Status    int     `json:"status"`
	Detail    string  `json:"detail"`
	Kind      string  `json:"kind,omitempty" doc:"invalid, refused, missing, forbidden, stale, signin, busy, full or away"`
	Reference string  `json:"reference,omitempty" doc:"the number by which the log finds the request"`
	Errors    []Wrong `json:"errors,omitempty"`
}

// Wrong is one wrong value.
type Wrong struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error is the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func newProblem(f gate.Failure) *Problem {
	p := &Problem{Type: "about:blank", Title: f.Title, Status: f.Status, Detail: f.Text, Kind: string(f.Kind), Reference: f.Reference}
	for _, e := range f.Fields {
		p.Errors = append(p.Errors, Wrong{e.Name, e.Key, lang.T(e.Key, e.Args...)})
	}
	return p
}

// ProblemPage answers for what fails before an operation runs.
func ProblemPage(_ *http.Request, f gate.Failure) (string, []byte) {
	body, err := json.Marshal(newProblem(f))
	if err != nil {
		return "text/plain; charset=utf-8", []byte(f.Text)
	}
	return "application/problem+json", body
}

// failed is err as an operation returns it: a fault says what is wrong, anything else is a defect that shows its reference only.
func failed(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	return newProblem(gate.Fail(ctx, err))
}

// unreadable makes huma's own findings about a request problems too; there is one such function for the whole program.
func unreadable(_ huma.Context, status int, msg string, errs ...error) huma.StatusError {
	p := &Problem{Type: "about:blank", Title: lang.T("api.request.wrong"), Status: status, Detail: lang.T("api.request.wrong") + "：" + msg, Kind: string(fault.Invalid)}
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			e := d.ErrorDetail()
			p.Errors = append(p.Errors, Wrong{strings.TrimPrefix(e.Location, "body."), "schema", e.Message})
		}
	}
	return p
}
