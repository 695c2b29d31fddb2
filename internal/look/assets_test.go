package look

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

var compiled = fstest.MapFS{
	"assets/README.md":       {Data: []byte("readme")},
	"assets/manifest.json":   {Data: []byte(`{"look.css":"look-abc.css"}`)},
	"assets/look-abc.css":    {Data: []byte("body{}")},
	"assets/look-abc.css.br": {Data: []byte("BR")},
	"assets/look-abc.css.gz": {Data: []byte("GZ")},
	"assets/icon-def.svg":    {Data: []byte("<svg/>")},
}

func TestAssetsComeAsTheBrowserLikesThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, accept, encoding, body string }{
		{"look-abc.css", "gzip, deflate, br, zstd", "br", "BR"}, {"look-abc.css", "gzip", "gzip", "GZ"}, {"look-abc.css", "", "", "body{}"},
		{"look-abc.css", "br;q=0, gzip;q=0.5", "gzip", "GZ"}, {"look-abc.css", "br; q=0.0,gzip;q=0", "", "body{}"}, {"icon-def.svg", "br", "", "<svg/>"},
	} {
		r := httptest.NewRequest(http.MethodGet, Root+c.path, nil)
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		assets(compiled).ServeHTTP(w, r)
		h := w.Header()
		if w.Code != 200 || w.Body.String() != c.body || h.Get("Content-Encoding") != c.encoding || h.Get("Vary") != "Accept-Encoding" || !strings.Contains(h.Get("Cache-Control"), "immutable") {
			t.Errorf("%+v: %d %v %s", c, w.Code, h, w.Body)
		}
	}
}

func TestNothingButAssetsIsServed(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"README.md", "manifest.json", "look-abc.css.br", "look.css", "", "../look.go", "sub/look-abc.css"} {
		w := httptest.NewRecorder()
		assets(compiled).ServeHTTP(w, &http.Request{Method: http.MethodGet, URL: httptest.NewRequest(http.MethodGet, Root, nil).URL.JoinPath(path), Header: http.Header{"Accept-Encoding": {"br"}}})
		if w.Code != 404 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%q: %d", path, w.Code)
		}
	}
}

func TestWithoutCompiledAssetsTheAnswerSaysWhatToDo(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	assets(fstest.MapFS{"assets/README.md": {}}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, Root+"look.css", nil))
	if w.Code != 503 || !strings.Contains(w.Body.String(), "make assets") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestLargePrintIsRemembered(t *testing.T) {
	t.Parallel()
	for _, large := range []bool{true, false} {
		w := httptest.NewRecorder()
		SetLarge(w, large, true)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if c := w.Result().Cookies()[0]; c.MaxAge > 0 {
			r.AddCookie(c)
		}
		if Large(r) != large {
			t.Errorf("large %v is forgotten", large)
		}
	}
}

func TestSendSendsAWholePage(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	if err := Send(w, httptest.NewRequest(http.MethodGet, "/", nil), http.StatusUnprocessableEntity, Layout(Page{Title: "登记申请"})); err != nil {
		t.Fatal(err)
	}
	if body := w.Body.String(); w.Code != 422 || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || !strings.HasSuffix(body, "</html>") {
		t.Errorf("%d %s", w.Code, body)
	}
	w = httptest.NewRecorder()
	if err := Send(w, httptest.NewRequest(http.MethodHead, "/", nil), http.StatusOK, Layout(Page{Title: "登记申请"})); err != nil || w.Body.Len() != 0 {
		t.Errorf("HEAD: %v, %d bytes", err, w.Body.Len())
	}
}
