package gate

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// open serves h on a loopback port until the test ends.
func (h *house) open(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(h.Wrap(h.mux))
	t.Cleanup(s.Close)
	return s.URL
}

func said(t *testing.T, r *http.Response, err error) (int, string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

func TestABodyThatIsTooLargeIsRefusedInChinese(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.mux.Handle("POST /form", h.door.Page(func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.WriteString(w, "saw "+r.PostFormValue("note")[:4])
		return err
	}))
	h.mux.Handle("POST /raw", h.door.Page(func(_ http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(io.Discard, r.Body)
		return err
	}))
	url := h.open(t)
	big := "note=" + strings.Repeat("a", 2<<20)
	for _, path := range []string{"/form", "/raw"} {
		kind := map[string]string{"/form": "application/x-www-form-urlencoded", "/raw": "application/octet-stream"}[path]
		r, err := http.Post(url+path, kind, strings.NewReader(big))
		if status, body := said(t, r, err); status != 413 || !strings.Contains(body, "超过了 1 MB 的上限") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	r, err := http.Post(url+"/form", "application/x-www-form-urlencoded", strings.NewReader("note=short"))
	if status, body := said(t, r, err); status != 200 || body != "saw shor" {
		t.Errorf("a small form: %d %s", status, body)
	}
	r, err = http.Post(url+"/form", "application/x-www-form-urlencoded", strings.NewReader("note=%zz"))
	if status, body := said(t, r, err); status != 422 || !strings.Contains(body, "提交的内容不完整") {
		t.Errorf("a broken form: %d %s", status, body)
	}
}

func upload(t *testing.T, bytesOfFile int) (kind string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	f, err := m.CreateFormFile("scan", "scan.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(make([]byte, bytesOfFile)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return m.FormDataContentType(), b.Bytes()
}

func TestAnUploadHasItsOwnLimitAndLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	var left string
	h.mux.Handle("POST /scan", h.door.Upload(20<<20, func(w http.ResponseWriter, r *http.Request) error {
		f, head, err := r.FormFile("scan")
		if err != nil {
			return err
		}
		defer f.Close()
		if disk, ok := f.(*os.File); ok {
			left = disk.Name()
		}
		if head.Size != 16<<20 {
			return errors.New("cut")
		}
		panic("the handler fails after the file came")
	}))
	url := h.open(t)
	kind, body := upload(t, 16<<20)
	r, err := http.Post(url+"/scan", kind, bytes.NewReader(body))
	if status, _ := said(t, r, err); status != 500 {
		t.Errorf("status %d", status)
	}
	if left == "" {
		t.Fatal("16 MiB stayed in memory")
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s stays: %v", left, err)
	}
	kind, body = upload(t, 21<<20)
	r, err = http.Post(url+"/scan", kind, bytes.NewReader(body))
	if status, text := said(t, r, err); status != 413 || !strings.Contains(text, "20 MB") {
		t.Errorf("too large: %d %s", status, text)
	}
	kind, body = upload(t, 1000)
	r, err = http.Post(url+"/scan", kind, bytes.NewReader(body[:len(body)-500]))
	if status, text := said(t, r, err); status != 400 || !strings.Contains(text, "上传中断") {
		t.Errorf("broken off: %d %s", status, text)
	}
}

func TestAnAnswerThatBreaksHalfWayNeverLooksWhole(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.mux.Handle("GET /export", h.door.Long(func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		if _, err := io.WriteString(w, strings.Repeat("a,b\n", 5000)); err != nil {
			return err
		}
		return errors.New("the database went away")
	}))
	r, err := http.Get(h.open(t) + "/export")
	if err != nil {
		return // broken before the header is as good
	}
	defer r.Body.Close()
	if b, err := io.ReadAll(r.Body); err == nil {
		t.Errorf("%d bytes look like the whole file", len(b))
	}
}

func TestPagesAreCompressedAndPicturesAreNot(t *testing.T) {
	t.Parallel()
	h := newHouse(t, Options{})
	h.mux.Handle("GET /{kind}", h.door.Page(func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Content-Type", map[string]string{"page": "text/html; charset=utf-8", "picture": "image/png"}[r.PathValue("kind")])
		_, err := io.WriteString(w, strings.Repeat("残疾人证 ", 1000))
		return err
	}))
	for path, want := range map[string]string{"/page": "gzip", "/picture": ""} {
		r := get(path)
		r.Header.Set("Accept-Encoding", "gzip")
		w := h.ask(r)
		if got := w.Header().Get("Content-Encoding"); got != want || (w.Body.Len() < 2000) != (want == "gzip") {
			t.Errorf("%s: %q, %d bytes", path, got, w.Body.Len())
		}
	}
}

func TestServeFinishesTheRequestInHand(t *testing.T) {
	t.Parallel()
	begun, finish := make(chan struct{}), make(chan struct{})
	s := NewServer("127.0.0.1:0", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-finish
		_, _ = io.WriteString(w, "whole")
	}), slog.New(slog.DiscardHandler))
	if s.ReadHeaderTimeout <= 0 || s.ReadHeaderTimeout > time.Minute || s.MaxHeaderBytes > 1<<16 || s.IdleTimeout <= 0 {
		t.Errorf("limits %v %d", s.ReadHeaderTimeout, s.MaxHeaderBytes)
	}
	l, err := net.Listen("tcp", s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended, answer := make(chan error, 1), make(chan string, 1)
	go func() { ended <- Serve(ctx, s, l) }()
	go func() {
		r, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		defer r.Body.Close()
		b, _ := io.ReadAll(r.Body)
		answer <- string(b)
	}()
	<-begun
	stop()
	close(finish)
	if got := <-answer; got != "whole" {
		t.Errorf("the request in hand got %q", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("an orderly end is %v", err)
	}
}
