package feeder_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hefa/internal/feeder"
)

// server is an API that takes piles as the real one does: once, by their content.
type server struct {
	mu    sync.Mutex
	taken map[string]int
	say   func(body string) int // a status other than 0 is the answer
}

// ServeHTTP takes a file.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // what was cut off is no file
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer secret" || r.URL.Path != "/api/v1/piles" || r.URL.Query().Get("signer") != "self" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if s.say != nil {
		if status := s.say(string(body)); status != 0 {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, `{"detail":"请改正","errors":[{"message":"PDF 已损坏"}]}`)
			return
		}
	}
	s.taken[string(body)]++
	w.WriteHeader(http.StatusCreated)
	_, _ = io.WriteString(w, `{}`)
}

// site is a folder that is watched, its server and its clock.
type site struct {
	t      *testing.T
	server *server
	folder string
	o      feeder.Options
	f      *feeder.Feeder
	now    time.Time
}

func open(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, server: &server{taken: map[string]int{}}, folder: t.TempDir(), now: time.Now()}
	h := httptest.NewServer(s.server)
	t.Cleanup(h.Close)
	s.o = feeder.Options{Folder: s.folder, Server: h.URL, Token: "secret", Signer: "self", Settle: 3 * time.Second, Say: func(line string) { t.Log(line) }}
	s.begin()
	return s
}

// begin starts the feeder anew, as after a crash.
func (s *site) begin() {
	s.t.Helper()
	var err error
	if s.f, err = feeder.New(s.o); err != nil {
		s.t.Fatal(err)
	}
}

// look lets some seconds pass and looks.
func (s *site) look(seconds int) {
	s.t.Helper()
	s.now = s.now.Add(time.Duration(seconds) * time.Second)
	if err := s.f.Look(s.t.Context(), s.now); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) drop(name, content string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// lies says what a folder holds.
func (s *site) lies(sub string) string {
	s.t.Helper()
	entries, err := os.ReadDir(filepath.Join(s.folder, sub))
	if err != nil {
		s.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return strings.Join(names, " ")
}

func TestAFileIsHandedInOnceItRests(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.drop("0001.PDF", "half")
	s.drop("notes.txt", "no scan")
	s.drop("~0002.pdf", "somebody writes it")
	s.look(0)
	s.look(2)
	s.drop("0001.PDF", "half and whole")
	s.look(2) // it has grown
	s.look(2)
	if len(s.server.taken) != 0 {
		t.Fatalf("handed in while it grew: %v", s.server.taken)
	}
	s.look(2)
	if s.server.taken["half and whole"] != 1 || len(s.server.taken) != 1 || s.lies(feeder.Done) != "0001.PDF" || s.lies("") != "notes.txt ~0002.pdf" {
		t.Errorf("%v, done %q, left %q", s.server.taken, s.lies(feeder.Done), s.lies(""))
	}
	s.drop("0001.PDF", "the next of the same name")
	s.look(1)
	s.look(3)
	if s.lies(feeder.Done) != "0001-2.PDF 0001.PDF" {
		t.Errorf("done %q", s.lies(feeder.Done))
	}
}

func TestWhatIsRefusedLiesBesideItsReason(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.server.say = func(body string) int {
		if body == "broken" {
			return http.StatusUnprocessableEntity
		}
		return 0
	}
	s.drop("a.pdf", "broken")
	s.drop("b.jpg", "good")
	s.look(0)
	s.look(3)
	why, err := os.ReadFile(filepath.Join(s.folder, feeder.Failed, "a.pdf.txt"))
	if err != nil || !strings.Contains(string(why), "PDF 已损坏") || s.lies(feeder.Failed) != "a.pdf a.pdf.txt" || s.lies(feeder.Done) != "b.jpg" {
		t.Errorf("%q %v, failed %q, done %q", why, err, s.lies(feeder.Failed), s.lies(feeder.Done))
	}
}

func TestNothingIsLostWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	s := open(t)
	answers := []int{503, 500, 429, 401, 302}
	tries := 0
	s.server.say = func(string) int {
		if tries++; tries <= len(answers) {
			return answers[tries-1]
		}
		return 0
	}
	s.drop("a.pdf", "x")
	s.look(0)
	for range 400 {
		s.look(1)
		if s.lies("") == "" {
			break
		}
	}
	if s.lies(feeder.Done) != "a.pdf" || s.lies(feeder.Failed) != "" || s.server.taken["x"] != 1 || tries != len(answers)+1 {
		t.Errorf("done %q, failed %q, %v, %d tries", s.lies(feeder.Done), s.lies(feeder.Failed), s.server.taken, tries)
	}
}

// TestAProgramThatIsCutOffHandsInOnceMore begins anew after the server took a file that was not yet moved.
func TestAProgramThatIsCutOffHandsInOnceMore(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.drop("a.pdf", "x")
	s.look(0)
	s.server.say = func(body string) int { // it is taken, and the answer comes to nobody
		s.server.taken[body]++
		s.server.say = nil
		return http.StatusBadGateway
	}
	s.look(3)
	if s.lies("") != "a.pdf" {
		t.Fatal("it left before anybody said that it was taken")
	}
	s.begin()
	s.look(3)
	s.look(3)
	if s.lies("") != "" || s.lies(feeder.Done) != "a.pdf" {
		t.Errorf("left %q, done %q", s.lies(""), s.lies(feeder.Done))
	}
}

func TestAnEmptyFileIsAskedAboutLate(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.server.say = func(string) int { return http.StatusUnprocessableEntity }
	s.drop("a.pdf", "")
	s.look(0)
	s.look(50)
	if s.lies("") != "a.pdf" {
		t.Fatal("an empty file was handed in while the scanner may write it")
	}
	s.look(11)
	if s.lies(feeder.Failed) != "a.pdf a.pdf.txt" {
		t.Errorf("failed %q", s.lies(feeder.Failed))
	}
}

func TestOnlyAnAddressIsAServer(t *testing.T) {
	t.Parallel()
	for _, server := range []string{"", "hefa", "ftp://x", "127.0.0.1:8080"} {
		if _, err := feeder.New(feeder.Options{Folder: t.TempDir(), Server: server}); err == nil {
			t.Errorf("%q is a server", server)
		}
	}
}
