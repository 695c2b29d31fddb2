package gate

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// carry asks again with the cookies of w.
func carry(w *httptest.ResponseRecorder) *http.Request {
	r := get("/")
	for _, c := range w.Result().Cookies() {
		r.AddCookie(c)
	}
	return r
}

func TestTheTokenTravelsInASafeCookie(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		g := newHouse(t, Options{Secure: secure}).Gate
		w := httptest.NewRecorder()
		g.SetToken(w, "abc", time.Hour)
		c := w.Result().Cookies()[0]
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Path != "/" || c.Domain != "" || c.MaxAge != 3600 || strings.HasPrefix(c.Name, "__Host-") != secure {
			t.Errorf("secure %v: %+v", secure, c)
		}
		if got := g.Token(carry(w)); got != "abc" {
			t.Errorf("token %q", got)
		}
		w = httptest.NewRecorder()
		g.DropToken(w)
		if c := w.Result().Cookies()[0]; c.MaxAge >= 0 || c.Value != "" {
			t.Errorf("dropped: %+v", c)
		}
	}
	if got := newHouse(t, Options{}).Token(get("/")); got != "" {
		t.Errorf("a token out of nothing: %q", got)
	}
}

func TestAFlashIsSaidOnce(t *testing.T) {
	t.Parallel()
	g := newHouse(t, Options{}).Gate
	w := httptest.NewRecorder()
	g.Flash(w, "gate.text.defect", "K7FA-3QMX")
	again := httptest.NewRecorder()
	if got := g.TakeFlash(again, carry(w)); !strings.Contains(got, "K7FA-3QMX") {
		t.Errorf("flash %q", got)
	}
	if c := again.Result().Cookies(); len(c) != 1 || c[0].MaxAge >= 0 {
		t.Errorf("the flash stays: %v", c)
	}
	if got := g.TakeFlash(httptest.NewRecorder(), get("/")); got != "" {
		t.Errorf("flash out of nothing: %q", got)
	}
}

func TestAForgedFlashSaysNothing(t *testing.T) {
	t.Parallel()
	g := newHouse(t, Options{}).Gate
	for _, raw := range []string{`["请打电话 400 转账"]`, `[]`, `{}`, `["gate.text.defect","` + strings.Repeat("长", 81) + `"]`, `["gate.text.busy"` + strings.Repeat(`,"x"`, 9) + `]`, `"`, strings.Repeat("a", 2000)} {
		r := get("/")
		r.AddCookie(&http.Cookie{Name: flashName, Value: base64.RawURLEncoding.EncodeToString([]byte(raw))})
		if got := g.TakeFlash(httptest.NewRecorder(), r); got != "" {
			t.Errorf("%.40s says %q", raw, got)
		}
	}
}

func TestEveryFlashComesBackWithinItsLimit(t *testing.T) {
	t.Parallel()
	g := newHouse(t, Options{}).Gate
	rapid.Check(t, func(t *rapid.T) {
		args := rapid.SliceOfN(rapid.String(), 0, 12).Draw(t, "args")
		w := httptest.NewRecorder()
		g.Flash(w, "gate.text.defect", args...)
		if c := w.Result().Cookies()[0]; len(c.Value) > flashLimit {
			t.Fatalf("%d bytes", len(c.Value))
		}
		if got := g.TakeFlash(httptest.NewRecorder(), carry(w)); !strings.HasPrefix(got, "刚才这一步没有完成") {
			t.Fatalf("flash %q", got)
		}
	})
}

func TestNextStaysOnThisSite(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{
		"/cases?state=open": "/cases?state=open", "/": "/", "": "/", "cases": "/", "//evil.example": "/", "/\\evil.example": "/", "https://evil.example/": "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "/%2f/evil.example": "/%2f/evil.example",
	} {
		if got := Next(get("/sign-in?next=" + url.QueryEscape(next))); got != want {
			t.Errorf("Next(%q) = %q", next, got)
		}
	}
}

func TestReadyTellsTheLogWhyAndTheAskerOnlyThat(t *testing.T) {
	t.Parallel()
	log := &strings.Builder{}
	for err, want := range map[error]int{nil: 200, errors.New("no route to host db.internal"): 503} {
		w := httptest.NewRecorder()
		Ready(slog.New(slog.NewTextHandler(log, nil)), func(context.Context) error { return err }).ServeHTTP(w, get("/readyz"))
		if w.Code != want || strings.Contains(w.Body.String(), "db.internal") {
			t.Errorf("%v: %d %s", err, w.Code, w.Body)
		}
	}
	if !strings.Contains(log.String(), "db.internal") {
		t.Error("the log does not say why")
	}
	w := httptest.NewRecorder()
	Health().ServeHTTP(w, get("/healthz"))
	if w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestALimiterForgetsButNeverGrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(0, 0)
		l := NewLimiter(1, 3, 4, func() time.Time { return now })
		for range rapid.IntRange(1, 200).Draw(t, "acts") {
			l.Allow(rapid.StringMatching(`[a-z]{1,2}`).Draw(t, "key"))
			now = now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "ms")) * time.Millisecond)
			if n := len(l.young) + len(l.old); n > 8 {
				t.Fatalf("%d keys", n)
			}
		}
	})
	now := time.Unix(0, 0)
	l := NewLimiter(0.5, 1, 10, func() time.Time { return now })
	if _, ok := l.Allow("a"); !ok {
		t.Error("the first is refused")
	}
	if wait, ok := l.Allow("a"); ok || wait != 2*time.Second {
		t.Errorf("wait %v, %v", wait, ok)
	}
}
