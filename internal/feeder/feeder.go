// Package feeder is the folder that a scanner drops into: what lies there is handed in over the API, so that it can run on the clerk's own PC.
//
// A file leaves the folder only after the server has said that it keeps it, or why it never will. A program that is cut off in between hands the file in once
// more, and the server answers with the pile that it made the first time: nothing is lost, and nothing is there twice.
package feeder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hefa/internal/lang"
)

// Names of the folders below the watched one.
const (
	Done   = "done"
	Failed = "failed"
)

const (
	poll     = 2 * time.Second  // how often the folder is looked at; a network share tells nobody of changes
	patience = time.Minute      // after which an empty file is taken for what it is
	sending  = 15 * time.Minute // the server's own limit for one file
	longest  = time.Minute      // between two tries while the server is away
	answer   = 64 << 10         // bytes of an answer that are read
)

// Options is where a folder is and to whom it goes.
type Options struct {
	Folder string
	Server string        // address of the server, such as https://hefa.example
	Token  string        // bearer token of `hefa token create`
	Signer string        // who signed the slips among the papers: self or guardian
	Settle time.Duration // how long a file must not have changed
	Say    func(line string)
}

// Feeder watches one folder.
type Feeder struct {
	o      Options
	client *http.Client
	seen   map[string]sight
	wait   time.Duration // until the next try, while the server is away
	until  time.Time
}

// sight is how a file was when it was seen last, and since when it is so.
type sight struct {
	size  int64
	mod   time.Time
	since time.Time
}

// New is a feeder over a folder; it makes the folders below it.
func New(o Options) (*Feeder, error) {
	if u, err := url.Parse(o.Server); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New(lang.T("feeder.server", o.Server))
	}
	for _, sub := range []string{Done, Failed} {
		if err := os.MkdirAll(filepath.Join(o.Folder, sub), 0o700); err != nil {
			return nil, err
		}
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a token goes nowhere else
	return &Feeder{o: o, client: &http.Client{Timeout: sending, CheckRedirect: stay}, seen: map[string]sight{}}, nil
}

// Run looks at the folder again and again until ctx ends.
func (f *Feeder) Run(ctx context.Context) error {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		if err := f.Look(ctx, time.Now()); err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Look goes through the folder once and hands in what has come to rest by now.
func (f *Feeder) Look(ctx context.Context, now time.Time) error {
	entries, err := os.ReadDir(f.o.Folder)
	if err != nil {
		return fmt.Errorf("reading the folder: %w", err)
	}
	here := map[string]sight{}
	for _, e := range entries {
		s, ok := f.sight(e, now)
		if !ok {
			continue
		}
		here[e.Name()] = s
	}
	f.seen = here
	for _, e := range entries {
		s, ok := here[e.Name()]
		if !ok || !f.rests(s, now) || now.Before(f.until) || ctx.Err() != nil {
			continue
		}
		if err := f.hand(ctx, e.Name(), s, now); err != nil {
			return err
		}
	}
	return nil
}

// kinds is what scanners drop, by the end of the name.
var kinds = map[string]bool{".pdf": true, ".jpg": true, ".jpeg": true, ".png": true}

// sight is how a file is now; not ok for what is no scan.
func (f *Feeder) sight(e fs.DirEntry, now time.Time) (sight, bool) {
	name := e.Name()
	if !kinds[strings.ToLower(filepath.Ext(name))] || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || !e.Type().IsRegular() {
		return sight{}, false
	}
	at, err := e.Info()
	if err != nil {
		return sight{}, false // it has just gone
	}
	s := sight{at.Size(), at.ModTime(), now}
	if was, ok := f.seen[name]; ok && was.size == s.size && was.mod.Equal(s.mod) {
		s.since = was.since
	}
	return s, true
}

// rests says whether a file has stopped growing.
func (f *Feeder) rests(s sight, now time.Time) bool {
	if s.size == 0 {
		return now.Sub(s.since) >= max(patience, f.o.Settle)
	}
	return now.Sub(s.since) >= f.o.Settle
}

// hand hands a file in and moves it as the server answers.
func (f *Feeder) hand(ctx context.Context, name string, s sight, now time.Time) error {
	status, words, err := f.send(ctx, name)
	changed := func() bool {
		at, err := os.Stat(filepath.Join(f.o.Folder, name))
		return err != nil || at.Size() != s.size || !at.ModTime().Equal(s.mod)
	}
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return nil // somebody else moved it
	case err != nil, status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusTooManyRequests, status >= 500, status < 200, status >= 300 && status < 400:
		if err != nil {
			words = err.Error()
		}
		f.wait = min(longest, max(poll, 2*f.wait))
		f.until = now.Add(f.wait)
		f.o.Say(lang.T("feeder.later", name, status, words))
		return nil
	}
	f.wait, f.until = 0, time.Time{}
	if changed() {
		return nil // it grew after all: it is handed in when it rests again
	}
	if status < 300 {
		f.o.Say(lang.T("feeder.done", name))
		return f.move(name, Done, "")
	}
	f.o.Say(lang.T("feeder.failed", name, words))
	return f.move(name, Failed, words)
}

// send posts a file; words is what the server says of it.
func (f *Feeder) send(ctx context.Context, name string) (status int, words string, err error) {
	file, err := os.Open(filepath.Join(f.o.Folder, name))
	if err != nil {
		return 0, "", err
	}
	defer file.Close() // it was only read
	at, err := file.Stat()
	if err != nil {
		return 0, "", err
	}
	to := strings.TrimSuffix(f.o.Server, "/") + "/api/v1/piles?" + url.Values{"name": {short(name)}, "signer": {f.o.Signer}}.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, io.LimitReader(file, at.Size()))
	if err != nil {
		return 0, "", err
	}
	r.ContentLength = at.Size()
	if at.Size() == 0 {
		r.Body = http.NoBody
	}
	r.Header.Set("Content-Type", "application/octet-stream")
	r.Header.Set("Authorization", "Bearer "+f.o.Token)
	a, err := f.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer a.Body.Close() // the answer is read below
	body, err := io.ReadAll(io.LimitReader(a.Body, answer))
	if err != nil && a.StatusCode < 300 {
		return 0, "", err
	}
	return a.StatusCode, problem(body), nil
}

// short is a name of at most 60 letters.
func short(name string) string {
	r := []rune(name)
	return string(r[max(0, len(r)-60):])
}

// problem is the sentences of an answer that refuses (RFC 9457).
func problem(body []byte) string {
	var p struct {
		Detail string `json:"detail"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(body, &p); err != nil {
		return ""
	}
	said := []string{p.Detail}
	for _, e := range p.Errors {
		said = append(said, e.Message)
	}
	return strings.Join(said, "\n")
}

// move puts a file into a folder below, beside it the reason why it failed; a file that lies there under its name stays.
func (f *Feeder) move(name, sub, reason string) error {
	end := filepath.Ext(name)
	stem := strings.TrimSuffix(name, end)
	for n := 1; ; n++ {
		to := filepath.Join(f.o.Folder, sub, name)
		if n > 1 {
			to = filepath.Join(f.o.Folder, sub, fmt.Sprintf("%s-%d%s", stem, n, end))
		}
		if _, err := os.Lstat(to); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if reason != "" {
			if err := os.WriteFile(to+".txt", []byte(reason+"\n"), 0o600); err != nil {
				return fmt.Errorf("writing why a file failed: %w", err)
			}
		}
		err := os.Rename(filepath.Join(f.o.Folder, name), to)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // somebody else moved it
		}
		return err
	}
}
