// Package sms hands text messages to whoever carries them: the three carriers by their own protocols, a gateway over HTTP, or an outbox on the disk that
// sends nothing.
package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hefa/internal/person"
)

// Message is what a carrier needs to know.
type Message struct {
	ID    string // the same at every try, so that a gateway can tell a second one
	Phone string
	Text  string
	Taken map[int]bool // numbers of the parts that a carrier took at an earlier try: they are not sent again
}

// Answer is what a carrier said to a message: its name for it, and, of a carrier that takes parts, those that it took now, also when it did not take all.
type Answer struct {
	Ref   string
	Parts []Part
}

// Refusal is what a gateway said instead of taking a message; its text never holds the number.
type Refusal struct{ Text string }

// Error is the text.
func (r *Refusal) Error() string { return r.Text }

// Outbox writes messages into a file a day instead of sending them, numbers masked: what a demonstration and an office without a gateway have.
type Outbox struct {
	folder string
	mu     sync.Mutex
	now    func() time.Time
}

// NewOutbox is the outbox in a folder, which is made at the first message.
func NewOutbox(folder string, now func() time.Time) *Outbox { return &Outbox{folder: folder, now: now} }

// Send writes the message down.
func (o *Outbox) Send(_ context.Context, m Message) (a Answer, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := os.MkdirAll(o.folder, 0o700); err != nil {
		return a, fmt.Errorf("making the outbox: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(o.folder, o.now().UTC().Format("2006-01-02")+".jsonl"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return a, fmt.Errorf("opening the outbox: %w", err)
	}
	line := struct {
		ID         string `json:"id"`
		Phone      string `json:"phone"`
		Characters int    `json:"characters"`
	}{m.ID, person.MaskedPhone(m.Phone), len([]rune(m.Text))}
	return Answer{Ref: m.ID}, errors.Join(json.NewEncoder(f).Encode(line), f.Close())
}

// Gateway speaks to a gateway over HTTP.
type Gateway struct {
	c      Config
	client *http.Client
}

// patience is how long an answer may take, answerMost how long it may be.
const (
	patience   = 15 * time.Second
	answerMost = 64 << 10
)

// NewGateway is the gateway of a configuration. It follows no redirection: a message goes where the administrator said.
func NewGateway(c Config) *Gateway {
	return &Gateway{c: c, client: &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Send hands the message to the gateway and gives the gateway's name for it. A Refusal is the gateway's own word; any other error is of the line.
func (g *Gateway) Send(ctx context.Context, m Message) (a Answer, err error) {
	inside := func(s string) string { return url.QueryEscape(s) }
	for k, v := range g.c.Headers {
		if strings.EqualFold(k, "Content-Type") && strings.Contains(v, "json") {
			inside = jsonInside
		}
	}
	method := g.c.Method
	if method == "" {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(ctx, method, fill(g.c.URL, m, url.QueryEscape), strings.NewReader(fill(g.c.Body, m, inside)))
	if err != nil {
		return a, errors.New("the gateway's address cannot be filled in")
	}
	for k, v := range g.c.Headers {
		r.Header.Set(k, v)
	}
	r.Header.Set("Idempotency-Key", m.ID)
	answer, err := g.client.Do(r)
	if err != nil {
		return a, lineFault(err)
	}
	defer answer.Body.Close() // it was only read
	text, err := io.ReadAll(io.LimitReader(answer.Body, answerMost))
	if err != nil {
		return a, lineFault(err)
	}
	a.Ref, err = g.read(answer.StatusCode, text, m)
	return a, err
}

// lineFault is err without the address, which may hold the number.
func lineFault(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return fmt.Errorf("the gateway cannot be reached: %w", u.Err)
	}
	return errors.New("the gateway's answer broke off")
}

// read says what an answer means.
func (g *Gateway) read(status int, text []byte, m Message) (string, error) {
	var answer any
	_ = json.Unmarshal(text, &answer) // an answer that is no JSON has no fields
	reason := field(answer, g.c.Reason)
	if status < 200 || status > 299 || g.c.OK.Field != "" && field(answer, g.c.OK.Field) != g.c.OK.Value {
		why := fmt.Sprintf("%d %s", status, reason)
		return "", &Refusal{strings.TrimSpace(strings.ReplaceAll(why, m.Phone, person.MaskedPhone(m.Phone)))}
	}
	return field(answer, g.c.Ref), nil
}

// field is the value at a path of names in an answer, "" for none.
func field(answer any, path string) string {
	if path == "" {
		return ""
	}
	for name := range strings.SplitSeq(path, ".") {
		object, ok := answer.(map[string]any)
		if !ok {
			return ""
		}
		answer = object[name]
	}
	switch v := answer.(type) {
	case nil, map[string]any, []any:
		return ""
	default:
		return fmt.Sprint(v)
	}
}

func fill(template string, m Message, inside func(string) string) string {
	return strings.NewReplacer("{id}", inside(m.ID), "{phone}", inside(m.Phone), "{text}", inside(m.Text)).Replace(template)
}

// jsonInside is s as it stands between the quotes of a JSON string.
func jsonInside(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	return string(b[1 : len(b)-1])
}
