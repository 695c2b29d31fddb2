package sms

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// The tests of the three protocols speak to tools/carrier, a program of its own that decodes by its own tables.

var carrierProgram = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "carrier")
	if err != nil {
		return "", err
	}
	file := filepath.Join(folder, "carrier")
	out, err := exec.Command("go", "build", "-o", file, "hefa/tools/carrier").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return file, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if file, err := carrierProgram(); err == nil {
		_ = os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

// simulator is a running gateway and what it told.
type simulator struct {
	mu     sync.Mutex
	events []simulated
	news   chan struct{}
	addr   string
}

type simulated struct {
	Event, Phone, Text, Deed string
	Fields                   map[string]string
}

// simulate starts a gateway; it ends with the test.
func simulate(t *testing.T, args ...string) *simulator {
	t.Helper()
	file, err := carrierProgram()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, file, args...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	s := &simulator{news: make(chan struct{}, 1)}
	var reading sync.WaitGroup
	reading.Go(func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var e simulated
			if json.Unmarshal(lines.Bytes(), &e) != nil {
				continue
			}
			s.mu.Lock()
			s.events = append(s.events, e)
			s.mu.Unlock()
			select {
			case s.news <- struct{}{}:
			default:
			}
		}
	})
	t.Cleanup(func() {
		stop()
		reading.Wait()
		_ = c.Wait() // it was killed
	})
	s.addr = s.wait(t, func(e simulated) bool { return e.Event == "listening" }, 1)[0].Text
	return s
}

// wait is the events of a kind, once there are n.
func (s *simulator) wait(t *testing.T, is func(simulated) bool, n int) []simulated {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		var out []simulated
		s.mu.Lock()
		for _, e := range s.events {
			if is(e) {
				out = append(out, e)
			}
		}
		s.mu.Unlock()
		if len(out) >= n {
			return out
		}
		select {
		case <-s.news:
		case <-late:
			t.Fatalf("%d of %d came", len(out), n)
		}
	}
}

func event(kind string) func(simulated) bool {
	return func(e simulated) bool { return e.Event == kind }
}

func submits(phone string) func(simulated) bool {
	return func(e simulated) bool { return e.Event == "submit" && e.Phone == phone }
}

// heardAll keeps what carriers say.
type heardAll struct {
	mu      sync.Mutex
	reports []Report
	speech  []string
	news    chan struct{}
	fails   int // how many reports fail to be noted first
}

func (h *heardAll) ears() Ears {
	tell := func() {
		select {
		case h.news <- struct{}{}:
		default:
		}
	}
	return Ears{
		Report: func(_ context.Context, r Report) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			defer tell()
			if h.fails > 0 {
				h.fails--
				return ErrUnknown
			}
			h.reports = append(h.reports, r)
			return nil
		},
		Speech: func(_ context.Context, phone, text string) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			defer tell()
			h.speech = append(h.speech, phone+" "+text)
			return nil
		},
	}
}

// wait is the reports and the words, once there are so many in all.
func (h *heardAll) wait(t *testing.T, n int) ([]Report, []string) {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		h.mu.Lock()
		r, s := append([]Report{}, h.reports...), append([]string{}, h.speech...)
		h.mu.Unlock()
		if len(r)+len(s) >= n {
			return r, s
		}
		select {
		case <-h.news:
		case <-late:
			t.Fatalf("%d of %d were heard", len(r)+len(s), n)
		}
	}
}

// quick is the pace of tests.
var quick = pace{dial: 2 * time.Second, up: 5 * time.Second, answer: 2 * time.Second, idle: 300 * time.Millisecond, least: 20 * time.Millisecond, most: 100 * time.Millisecond}

// logged is a log that the test reads.
type logged struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// office is a network with one line to a simulator.
type office struct {
	*Network
	sim   *simulator
	heard *heardAll
	log   *logged
	stop  func()
}

// freePort is an address on which nothing listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// open is an office that speaks a protocol with a simulator of it.
func open(t *testing.T, protocol string, change func(*LineConfig)) *office {
	t.Helper()
	c := LineConfig{Name: "x", Protocol: protocol, Account: "901234", Secret: "secret", Source: "10690000", Service: "HEFA", Corp: "10001", Node: 3053100001}
	var args []string
	if protocol == "sgip" {
		c.Listen, c.PeerAccount, c.PeerSecret = freePort(t), "smg", "word"
		args = []string{"-peer", c.Listen}
	}
	o := &office{heard: &heardAll{news: make(chan struct{}, 1)}, log: &logged{}, sim: simulate(t, append(args, "-protocol", protocol)...)}
	c.Address = o.sim.addr
	if change != nil {
		change(&c)
	}
	config := Config{Lines: []LineConfig{c}, Default: "x"}
	if err := config.check(); err != nil {
		t.Fatal(err)
	}
	o.Network = NewNetwork(config, slog.New(slog.NewTextHandler(o.log, nil)))
	o.lines[0].pace = quick
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := o.Run(ctx, o.heard.ears()); err != nil {
			t.Error(err)
		}
	})
	o.stop = sync.OnceFunc(func() {
		stop()
		running.Wait()
	})
	t.Cleanup(func() {
		o.stop()
		for _, secret := range []string{"1380000", "secret", "word"} {
			if strings.Contains(o.log.String(), secret) {
				t.Errorf("the log holds %s: %s", secret, o.log)
			}
		}
	})
	return o
}

// phones begin with this in the tests.
const phones = "1380000"

func (o *office) send(t *testing.T, deed, text string) (Answer, error) {
	t.Helper()
	return o.Send(t.Context(), Message{ID: "m-" + deed, Phone: phones + deed, Text: text})
}

func eachProtocol(t *testing.T, try func(t *testing.T, protocol string)) {
	t.Parallel()
	for _, p := range []string{"cmpp", "sgip", "smgp"} {
		t.Run(p, func(t *testing.T) {
			t.Parallel()
			try(t, p)
		})
	}
}
