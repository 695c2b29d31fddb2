// Package gate is what every HTTP door shares: one way to run a handler that returns an error, to answer a fault, to log, to count, to limit
// and to protect. A door asks the Gate for a Door with its own error page and wraps each handler; the whole mux is wrapped once.
package gate

import (
	"compress/gzip"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/klauspost/compress/gzhttp"

	"hefa/internal/fault"
)

// Options says how the server stands in its network. Log and Page are needed; the rest has good zero values.
type Options struct {
	Log     *slog.Logger
	Page    ErrorPage        // answers for what no door has answered: panics, unknown addresses, refused origins
	Secure  bool             // pages travel over TLS, here or at a proxy in front
	Trusted []netip.Prefix   // proxies whose X-Forwarded-For is believed
	Origins []string         // other origins that may post, such as https://hefa.example.cn behind a proxy that renames the host
	Now     func() time.Time // the clock of limits and durations; nil is the machine's

	// Limits in requests a second and at once, for an address (a whole office may share one) and for an account; 0 is the default.
	AddressRate, AccountRate   float64
	AddressBurst, AccountBurst int
}

// Gate is made once for a server; all doors share its limits, log and figures.
type Gate struct {
	log      *slog.Logger
	page     ErrorPage
	secure   bool
	trusted  []netip.Prefix
	now      func() time.Time
	origin   *http.CrossOriginProtection
	address  *Limiter
	accounts *Limiter
	set      *metrics.Set
	squeeze  func(http.Handler) http.HandlerFunc
}

const (
	limiterKeys = 20_000
	bodyLimit   = 1 << 20 // bytes of an ordinary form
	pageTime    = 90 * time.Second
	longTime    = 15 * time.Minute
)

// New makes the gate; it fails when an origin in o is no origin.
func New(o Options) (*Gate, error) {
	g := &Gate{log: o.Log, page: o.Page, secure: o.Secure, trusted: o.Trusted, now: o.Now, set: metrics.NewSet()}
	if g.now == nil {
		g.now = time.Now
	}
	g.address = NewLimiter(or(o.AddressRate, 50), or(o.AddressBurst, 300), limiterKeys, g.now)
	g.accounts = NewLimiter(or(o.AccountRate, 20), or(o.AccountBurst, 120), limiterKeys, g.now)
	g.origin = http.NewCrossOriginProtection()
	for _, s := range o.Origins {
		if err := g.origin.AddTrustedOrigin(s); err != nil {
			return nil, fmt.Errorf("trust the origin %q: %w", s, err)
		}
	}
	squeeze, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(gzip.BestSpeed), gzhttp.RandomJitter(32, 0, false), gzhttp.ContentTypes([]string{
		"text/html", "application/json", "application/problem+json", "text/csv", "text/plain"}))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	g.squeeze = squeeze
	return g, nil
}

func or[T int | float64](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}

// Wrap puts the gate before a mux: reference, log, figures, headers, limits, compression, and the answer to panics and unknown addresses.
func (g *Gate) Wrap(next http.Handler) http.Handler {
	inner := g.squeeze(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { g.pass(w, r, next) }))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := g.now()
		v := &visit{reference: newReference(), address: address(r, g.trusted), raw: w, body: r.Body}
		r = r.WithContext(withVisit(r.Context(), v))
		seen := &recorder{ResponseWriter: w}
		defer func() {
			g.note(r, v, seen.status(), g.now().Sub(start))
		}()
		defer removeForm(r)
		g.headers(w.Header())
		w.Header().Set("X-Request-Id", v.reference)
		deadline(w, pageTime)
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		}
		inner.ServeHTTP(seen, r)
	})
}

// pass runs next behind the checks; it sees every byte before compression, and so knows whether an answer has begun.
func (g *Gate) pass(w http.ResponseWriter, r *http.Request, next http.Handler) {
	v := visitOf(r.Context())
	out := &recorder{ResponseWriter: w, swallow: func(code int) bool {
		return r.Pattern == "" && (code == http.StatusNotFound || code == http.StatusMethodNotAllowed)
	}}
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err, ok := p.(error); ok && err == http.ErrAbortHandler {
			panic(p)
		}
		v.failure, v.stack = fmt.Errorf("panic: %v", p), debug.Stack()
		g.answer(out, r, g.page, Fail(r.Context(), v.failure))
	}()
	if _, ok := g.address.Allow(v.address); !ok {
		v.failure = fault.New(fault.Busy, "gate.text.busy")
		g.answer(out, r, g.page, bare(r.Context(), http.StatusTooManyRequests))
		return
	}
	if err := g.origin.Check(r); err != nil {
		v.failure = err
		g.answer(out, r, g.page, bare(r.Context(), http.StatusForbidden))
		return
	}
	next.ServeHTTP(out, r)
	if out.swallowed != 0 {
		g.answer(out, r, g.page, bare(r.Context(), out.swallowed))
	}
}

// note writes the one log line of a request and counts it. Neither the path nor the query is written: they may hold a name or a number.
func (g *Gate) note(r *http.Request, v *visit, status int, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "unmatched"
	}
	method := known(r.Method)
	g.observe(route, method, status, took)
	level := slog.LevelInfo
	attrs := []slog.Attr{slog.String("reference", v.reference), slog.String("method", method), slog.String("route", route),
		slog.Int("status", status), slog.Float64("ms", float64(took.Microseconds())/1000)}
	if v.account != "" {
		attrs = append(attrs, slog.String("account", v.account))
	}
	if v.failure != nil {
		attrs = append(attrs, slog.String("error", scrub(v.failure.Error())))
	}
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	if v.stack != nil {
		attrs = append(attrs, slog.String("stack", string(v.stack)))
	}
	g.log.LogAttrs(r.Context(), level, "request", attrs...)
}

// known keeps invented methods out of the figures.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// personal finds identity numbers, certificate numbers and telephone numbers in the text of an error.
var personal = regexp.MustCompile(`\d{17}[\dXx](?:\d{2})?|\b1[3-9]\d{9}\b`)

// scrub takes numbers that name a person out of what goes to the log.
func scrub(s string) string { return personal.ReplaceAllString(s, "‹number›") }
