package gate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"time"

	"hefa/internal/fault"
)

// house is a gate with one door and a log that the test can read.
type house struct {
	*Gate
	door *Door
	mux  *http.ServeMux
	log  *bytes.Buffer
}

func plain(_ *http.Request, f Failure) (string, []byte) {
	return "text/html; charset=utf-8", []byte(f.Title + "\n" + f.Text + "\n" + f.Reference)
}

func newHouse(t *testing.T, o Options) *house {
	t.Helper()
	log := &bytes.Buffer{}
	o.Log, o.Page = slog.New(slog.NewJSONHandler(log, nil)), plain
	g, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return &house{Gate: g, door: g.Door(plain, "/sign-in"), mux: http.NewServeMux(), log: log}
}

func (h *house) ask(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.Wrap(h.mux).ServeHTTP(w, r)
	return w
}

func get(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }

func TestEveryFaultHasItsStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		status int
		says   string
	}{
		{fault.New(fault.Invalid, "form.invalid"), 422, "有内容需要修改"},
		{fault.New(fault.Refused, "record.stale"), 409, "现在不能这样办理"},
		{fault.New(fault.Missing, "record.missing"), 404, "没有找到这条记录"},
		{fault.New(fault.Forbidden, "act.forbidden", "审核"), 403, "审核"},
		{fault.New(fault.Stale, "record.stale"), 409, "别人刚刚修改过"},
		{fault.New(fault.Busy, "gate.text.busy"), 429, "请等几秒"},
		{fault.New(fault.Full, "gate.text.full"), 507, "磁盘已满"},
		{fault.New(fault.Away, "store.away"), 503, "数据库"},
		{fmt.Errorf("save the case: %w", fault.New(fault.Missing, "record.missing")), 404, "没有找到这条记录"},
		{fmt.Errorf("write: %w", syscall.ENOSPC), 507, "磁盘已满"},
		{io.ErrUnexpectedEOF, 400, "上传中断"},
		{&http.MaxBytesError{Limit: 10 << 20}, 413, "10 MB"},
		{errors.New("no such column: 刀岩温"), 500, "编号"},
		{context.DeadlineExceeded, 500, "编号"},
	} {
		h := newHouse(t, Options{})
		h.mux.Handle("GET /x", h.door.Page(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Content-Disposition", "attachment")
			return c.err
		}))
		w := h.ask(get("/x"))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%v: %d %s", c.err, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "no such column") || w.Header().Get("Content-Disposition") != "" {
			t.Errorf("%v tells too much: %v %s", c.err, w.Header(), w.Body)
		}
		if (w.Header().Get("Retry-After") != "") != (c.status == 429 || c.status == 503) {
			t.Errorf("%v: Retry-After %q", c.err, w.Header().Get("Retry-After"))
		}
	}
}

func TestEveryKindOfFaultIsInTheTable(t *testing.T) {
	t.Parallel()
	for _, k := range []fault.Kind{fault.Invalid, fault.Refused, fault.Missing, fault.Forbidden, fault.Stale, fault.SignIn, fault.Busy, fault.Full, fault.Away} {
		if s := Status(k); s < 400 || s == 500 {
			t.Errorf("%s has status %d", k, s)
		}
		if s := title(0, k); strings.Contains(s, "⟦") {
			t.Errorf("%s has no title", k)
		}
	}
	if s := Status(""); s != 500 {
		t.Errorf("a defect has status %d", s)
	}
}

func TestWhoMustSignInIsSentThereAndBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	ask := func(http.ResponseWriter, *http.Request) error { return fault.New(fault.SignIn, "gate.title.signin") }
	h.mux.Handle("/cases", h.door.Page(ask))
	h.mux.Handle("/api", h.Door(plain, "").Page(ask))
	if w := h.ask(get("/cases?state=open&page=2")); w.Code != 303 || w.Header().Get("Location") != "/sign-in?next=%2Fcases%3Fstate%3Dopen%26page%3D2" {
		t.Errorf("GET: %d %s", w.Code, w.Header().Get("Location"))
	}
	if w := h.ask(httptest.NewRequest(http.MethodPost, "/cases", nil)); w.Code != 303 || w.Header().Get("Location") != "/sign-in" {
		t.Errorf("POST: %d %s", w.Code, w.Header().Get("Location"))
	}
	if w := h.ask(get("/api")); w.Code != 401 || w.Header().Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("API: %d %v", w.Code, w.Header())
	}
}

func TestAPanicShowsAReferenceAndLogsTheRest(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.mux.Handle("GET /cases/{id}", h.door.Page(func(http.ResponseWriter, *http.Request) error { panic("index out of range, 533199194912310021") }))
	w := h.ask(get("/cases/刀岩温?phone=13800000000"))
	reference := w.Header().Get("X-Request-Id")
	if w.Code != 500 || len(reference) != 9 || !strings.Contains(w.Body.String(), reference) || strings.Contains(w.Body.String(), "index") {
		t.Errorf("page: %d %q %s", w.Code, reference, w.Body)
	}
	for _, want := range []string{reference, "index out of range", `"route":"GET /cases/{id}"`, `"status":500`, "gate_test.go", `"level":"ERROR"`} {
		if !strings.Contains(h.log.String(), want) {
			t.Errorf("the log lacks %s: %s", want, h.log)
		}
	}
	for _, never := range []string{"533199194912310021", "13800000000", "刀岩温"} {
		if strings.Contains(h.log.String(), never) {
			t.Errorf("the log tells %s", never)
		}
	}
}

func TestTheLogNamesTheAccountAndTheCause(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.mux.Handle("GET /x", h.door.Page(func(_ http.ResponseWriter, r *http.Request) error {
		if err := h.SignedIn(r, "0190-account"); err != nil {
			return err
		}
		return fault.New(fault.Refused, "record.stale").Because(errors.New("telephone 13812345678 is taken"))
	}))
	h.ask(get("/x"))
	if s := h.log.String(); !strings.Contains(s, `"account":"0190-account"`) || !strings.Contains(s, "telephone ‹number› is taken") {
		t.Error(s)
	}
}

func TestEveryAnswerIsProtected(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{Secure: true})
	h.mux.Handle("GET /x", h.door.Page(func(w http.ResponseWriter, _ *http.Request) error { return nil }))
	for _, path := range []string{"/x", "/nowhere"} {
		head := h.ask(get(path)).Header()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
			"Cache-Control": "no-store", "Strict-Transport-Security": "max-age=31536000", "Content-Security-Policy": policy} {
			if got := head.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if csp := head.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") || !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
}

func TestAnUnknownAddressIsAnsweredInChinese(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.mux.Handle("POST /cases", h.door.Page(func(http.ResponseWriter, *http.Request) error { return nil }))
	h.mux.Handle("GET /raw", http.HandlerFunc(http.NotFound))
	if w := h.ask(get("/nowhere")); w.Code != 404 || !strings.Contains(w.Body.String(), "没有这个页面") || strings.Contains(w.Body.String(), "page not found") {
		t.Errorf("404: %d %s", w.Code, w.Body)
	}
	if w := h.ask(get("/cases")); w.Code != 405 || !strings.Contains(w.Body.String(), "不能这样打开") || w.Header().Get("Allow") != "POST" {
		t.Errorf("405: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := h.ask(get("/raw")); !strings.Contains(w.Body.String(), "page not found") {
		t.Errorf("a handler's own 404 is replaced: %s", w.Body)
	}
}

func TestAPostFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{Origins: []string{"https://hefa.example.cn"}})
	h.mux.Handle("POST /cases", h.door.Page(func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(204); return nil }))
	for _, c := range []struct {
		header, value string
		status        int
	}{
		{"Sec-Fetch-Site", "cross-site", 403}, {"Sec-Fetch-Site", "same-site", 403}, {"Sec-Fetch-Site", "same-origin", 204}, {"Sec-Fetch-Site", "none", 204},
		{"Origin", "https://evil.example", 403}, {"Origin", "http://example.com", 204}, {"Origin", "https://hefa.example.cn", 204}, {"X-None", "", 204},
	} {
		r := httptest.NewRequest(http.MethodPost, "/cases", nil)
		r.Header.Set(c.header, c.value)
		if w := h.ask(r); w.Code != c.status || c.status == 403 && !strings.Contains(w.Body.String(), "不是从本系统的页面发出的") {
			t.Errorf("%s %s: %d %s", c.header, c.value, w.Code, w.Body)
		}
	}
	if _, err := New(Options{Origins: []string{"no origin"}}); err == nil {
		t.Error("a broken origin is trusted")
	}
}

func TestTooManyRequestsFromOneAddressWait(t *testing.T) {
	t.Parallel()
	now := time.Date(2020, 4, 1, 9, 0, 0, 0, time.UTC)
	h := newHouse(t, Options{AddressRate: 1, AddressBurst: 2, Now: func() time.Time { return now }, Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	h.mux.Handle("GET /x", h.door.Page(func(http.ResponseWriter, *http.Request) error { return nil }))
	from := func(forwarded string) int {
		r := get("/x")
		r.RemoteAddr = "10.0.0.1:4000"
		r.Header.Set("X-Forwarded-For", forwarded)
		return h.ask(r).Code
	}
	got := []int{from("192.0.2.7"), from("192.0.2.7"), from("192.0.2.7"), from("192.0.2.8"), from("6.6.6.6, 192.0.2.7")}
	now = now.Add(time.Second)
	got = append(got, from("192.0.2.7"), from("192.0.2.7"))
	if want := "[200 200 429 200 429 200 429]"; fmt.Sprint(got) != want {
		t.Errorf("statuses %v, want %s", got, want)
	}
}

func TestAnAccountHasItsOwnLimit(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{AccountRate: 1, AccountBurst: 1, Now: func() time.Time { return time.Unix(0, 0) }})
	h.mux.Handle("GET /{who}", h.door.Page(func(_ http.ResponseWriter, r *http.Request) error { return h.SignedIn(r, r.PathValue("who")) }))
	if got := fmt.Sprint(h.ask(get("/a")).Code, h.ask(get("/a")).Code, h.ask(get("/b")).Code); got != "200 429 200" {
		t.Error(got)
	}
}

func TestFiguresAreCountedByRoute(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.mux.Handle("GET /cases/{id}", h.door.Page(func(http.ResponseWriter, *http.Request) error { return nil }))
	h.ask(get("/cases/533199194912310021"))
	h.ask(httptest.NewRequest("BREW", "/cases/1", nil))
	w := httptest.NewRecorder()
	h.Metrics().ServeHTTP(w, get("/metrics"))
	for _, want := range []string{`hefa_http_requests_total{route="GET /cases/{id}",method="GET",status="200"} 1`, `hefa_http_requests_total{route="unmatched",method="other",status="405"} 1`,
		`hefa_http_seconds_bucket{route="GET /cases/{id}",le="+Inf"} 1`, `hefa_http_seconds_count{route="GET /cases/{id}"} 1`, "process_"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(w.Body.String(), "533199") {
		t.Error("a number stands in a label")
	}
}

func TestAddressBelievesOnlyTrustedProxies(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"192.0.2.1:99", "", "192.0.2.1"}, {"192.0.2.1:99", "6.6.6.6", "192.0.2.1"}, {"10.0.0.1:99", "6.6.6.6", "6.6.6.6"}, {"10.0.0.1:99", "6.6.6.6, 10.0.0.2", "6.6.6.6"},
		{"10.0.0.1:99", "rubbish", "10.0.0.1"}, {"10.0.0.1:99", "", "10.0.0.1"}, {"[::1]:99", "2001:db8::5", "2001:db8::5"}, {"10.0.0.1:99", "::ffff:192.0.2.9", "192.0.2.9"},
	} {
		r := get("/")
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := address(r, trusted); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
