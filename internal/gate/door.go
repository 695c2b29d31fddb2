package gate

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"hefa/internal/fault"
)

// Handler answers one request, or says what went wrong before it wrote anything; the gate answers for it then.
type Handler func(http.ResponseWriter, *http.Request) error

// ErrorPage makes the body that tells the reader of a failure, and its content type. The gate writes the status and the headers.
type ErrorPage func(r *http.Request, f Failure) (contentType string, body []byte)

// Door is the gate as one door uses it: with its own error page and its own place to sign in.
type Door struct {
	gate   *Gate
	page   ErrorPage
	signIn string
}

// Door makes a door; signIn is the path to which a reader who must sign in is sent, "" for a door that answers 401 instead, as an API does.
func (g *Gate) Door(page ErrorPage, signIn string) *Door {
	return &Door{gate: g, page: page, signIn: signIn}
}

// Page wraps an ordinary handler: a form of at most 1 MiB, already parsed, and 90 seconds in all.
func (d *Door) Page(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { d.serve(w, r, h) })
}

// Long wraps a handler whose answer may take up to 15 minutes, such as an export.
func (d *Door) Long(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		deadline(visitOf(r.Context()).raw, longTime)
		d.serve(w, r, h)
	})
}

// Upload wraps a handler that takes files: a body of at most limit bytes within 15 minutes. The form is parsed before h runs (r.FormFile works),
// what is beyond 4 MiB lies in temporary files meanwhile, and those are gone when the request ends, however it ends.
func (d *Door) Upload(limit int64, h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r.Context())
		deadline(v.raw, longTime)
		if v.body != nil {
			r.Body = http.MaxBytesReader(v.raw, v.body, limit)
		}
		d.serve(w, r, h)
	})
}

func (d *Door) serve(w http.ResponseWriter, r *http.Request, h Handler) {
	out, ok := w.(*recorder)
	if !ok {
		out = &recorder{ResponseWriter: w}
	}
	defer removeForm(r)
	err := parse(r)
	if err == nil {
		err = h(out, r)
	}
	if err != nil {
		d.fail(out, r, err)
	}
}

// parse reads the form before the handler does, because r.PostFormValue hides a broken or oversized body behind empty values.
func parse(r *http.Request) error {
	if r.Method != http.MethodPost && r.Method != http.MethodPut && r.Method != http.MethodPatch {
		return nil
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/x-www-form-urlencoded":
		err = r.ParseForm()
	case "multipart/form-data":
		err = r.ParseMultipartForm(4 << 20)
	}
	var large *http.MaxBytesError
	switch {
	case err == nil, errors.As(err, &large):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF) || r.Context().Err() != nil:
		return errors.Join(io.ErrUnexpectedEOF, err)
	default:
		return fault.New(fault.Invalid, "gate.text.form").Because(err)
	}
}

// removeForm deletes the temporary files of r; net/http does so only for the request that it made itself, and the gate's is a copy.
func removeForm(r *http.Request) {
	if r.MultipartForm != nil {
		_ = r.MultipartForm.RemoveAll() // what stays is in the system's own temporary folder
	}
}

func (d *Door) fail(out *recorder, r *http.Request, err error) {
	visitOf(r.Context()).failure = err
	f := Fail(r.Context(), err)
	if f.Kind == fault.SignIn && d.signIn != "" {
		to := d.signIn
		if r.Method == http.MethodGet {
			to += "?next=" + url.QueryEscape(r.URL.RequestURI())
		}
		http.Redirect(out, r, to, http.StatusSeeOther)
		return
	}
	d.gate.answer(out, r, d.page, f)
}

// Mishap notes for the log what went wrong behind an answer that stands all the same.
func Mishap(r *http.Request, err error) {
	if err != nil {
		visitOf(r.Context()).failure = err
	}
}

// answer writes the error page. When the answer has begun already it breaks the connection, so that half a file never looks whole.
func (g *Gate) answer(out *recorder, r *http.Request, page ErrorPage, f Failure) {
	if out.code != 0 {
		panic(http.ErrAbortHandler)
	}
	out.swallow, out.swallowed = nil, 0
	if f.Status == statusGone {
		out.WriteHeader(statusGone)
		return
	}
	h := out.Header()
	for _, k := range []string{"Content-Disposition", "Content-Encoding", "Content-Length", "ETag", "Last-Modified"} {
		h.Del(k)
	}
	g.headers(h)
	switch f.Kind {
	case fault.Busy, fault.Away:
		h.Set("Retry-After", strconv.Itoa(5))
	case fault.SignIn:
		h.Set("WWW-Authenticate", "Bearer")
	}
	kind, body := page(r, f)
	h.Set("Content-Type", kind)
	out.WriteHeader(f.Status)
	if r.Method != http.MethodHead {
		_, _ = out.Write(body) // the reader has left; there is nobody to tell
	}
}

// SignedIn tells the gate whose request it is, for the log and for the account's own limit; it is a Busy fault when that is used up.
func (g *Gate) SignedIn(r *http.Request, account string) error {
	visitOf(r.Context()).account = account
	if _, ok := g.accounts.Allow(account); !ok {
		return fault.New(fault.Busy, "gate.text.busy")
	}
	return nil
}

func withVisit(ctx context.Context, v *visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// deadline limits how long the body may take to come and the answer to go; a writer of a test has no deadlines.
func deadline(w http.ResponseWriter, d time.Duration) {
	if w == nil {
		return
	}
	c, until := http.NewResponseController(w), time.Now().Add(d)
	_ = c.SetReadDeadline(until)
	_ = c.SetWriteDeadline(until)
}
