// Package witness hands signed heads of the audit to a witness outside, over HTTP: whoever holds them can tell later whether the log before them was changed.
package witness

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"hefa/internal/ledger"
)

// patience is how long the witness may take; receiptMost is how much of its answer is kept, in bytes.
const (
	patience    = 15 * time.Second
	receiptMost = 4 << 10
)

// Witness is one witness at a fixed address.
type Witness struct {
	address string
	secret  string
	client  *http.Client
}

// New is the witness at an https address, or at a plain one on this machine; secretFile holds the bearer token that it wants, "" for none. No redirect is followed, so
// that heads go to this address and nowhere else.
func New(address, secretFile string) (*Witness, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return nil, fmt.Errorf("the witness %q is no address", address)
	}
	ip, err := netip.ParseAddr(u.Hostname())
	here := u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !here) {
		return nil, fmt.Errorf("the witness %q must be an https address", address)
	}
	w := &Witness{address: address, client: &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if secretFile != "" {
		text, err := os.ReadFile(secretFile)
		if err != nil {
			return nil, fmt.Errorf("reading the witness's secret: %w", err)
		}
		w.secret = strings.TrimSpace(string(text))
	}
	return w, nil
}

// Hand posts the heads as one JSON array and gives the receipt: the text of an answer of 2xx.
func (w *Witness) Hand(ctx context.Context, heads []ledger.Head) (string, error) {
	body, err := json.Marshal(heads)
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.address, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	if w.secret != "" {
		r.Header.Set("Authorization", "Bearer "+w.secret)
	}
	answer, err := w.client.Do(r)
	if err != nil {
		return "", fmt.Errorf("handing heads to the witness: %w", err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, receiptMost))
	if err != nil {
		return "", fmt.Errorf("reading the witness's receipt: %w", err)
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return "", fmt.Errorf("the witness answered %d", answer.StatusCode)
	}
	receipt := strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(string(text), ""), "\x00", ""))
	if receipt == "" || !utf8.ValidString(receipt) {
		receipt = answer.Status
	}
	return receipt, nil
}
