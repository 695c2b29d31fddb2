// Package acme has the certificates of the pages made and renewed by an ACME server (RFC 8555).
package acme

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	protocol "golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// Folder is where certificates that come from an ACME server lie in the data folder.
const Folder = "acme"

// TroubleFile ends the name of the file in which it stands why a name's certificate could not be had or renewed; it is gone once it could.
const TroubleFile = ".trouble"

// Order says which certificates are wanted from which ACME server (RFC 8555).
type Order struct {
	Names     []string // host names; every other is refused
	Directory string   // address (https) of the server's directory; "" for Let's Encrypt
	CA        string   // file of the certificates (PEM) that vouch for the directory; "" for those of the machine
	Email     string   // to which the server may write; "" for none
	Folder    string   // where account key, certificates and their keys are kept, readable by their owner only
}

// Automatic is TLS certificates that an ACME server gives and that renew themselves, a third of their life (thirty days at most) before they end.
type Automatic struct {
	order   Order
	manager *autocert.Manager
	heard   *listener
	log     *slog.Logger
}

// NewAutomatic makes ready for an order; nothing is asked of the server yet.
func NewAutomatic(o Order, log *slog.Logger) (*Automatic, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("keeping certificates: %w", err)
	}
	way := http.DefaultTransport.(*http.Transport).Clone()
	if o.CA != "" {
		text, err := os.ReadFile(o.CA)
		if err != nil {
			return nil, fmt.Errorf("reading who vouches for the ACME server: %w", err)
		}
		way.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: x509.NewCertPool()}
		if !way.TLSClientConfig.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s holds no certificate", o.CA)
		}
	}
	a := &Automatic{order: o, heard: &listener{way: way}, log: log}
	a.manager = &autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(o.Folder), HostPolicy: autocert.HostWhitelist(o.Names...), Email: o.Email,
		Client: &protocol.Client{DirectoryURL: o.Directory, HTTPClient: &http.Client{Transport: a.heard, Timeout: time.Minute}, UserAgent: "hefa"}}
	return a, nil
}

// Config is the server's part of TLS 1.2 and 1.3; it answers the ACME server's question too (tls-alpn-01).
func (a *Automatic) Config() *tls.Config {
	c := a.manager.TLSConfig()
	c.MinVersion = tls.VersionTLS12
	return c
}

// Challenges answers the ACME server's question over plain HTTP (http-01) and sends everything else to https.
func (a *Automatic) Challenges() http.Handler {
	answers := a.manager.HTTPHandler(nil)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host, _, err := net.SplitHostPort(r.Host); err == nil { // a port stands there where it is not 80
			r = r.Clone(r.Context())
			r.Host = host
		}
		answers.ServeHTTP(w, r)
	})
}

// lookHourly is how often certificates are looked at.
const lookHourly = time.Hour

// Keep fetches what is missing at once and looks each hour whether what should have been renewed was, until ctx ends.
func (a *Automatic) Keep(ctx context.Context) {
	tick := time.NewTicker(lookHourly)
	defer tick.Stop()
	for {
		for _, name := range a.order.Names {
			if err := a.look(name); err != nil {
				a.log.Error("a certificate could not be had or renewed", "name", name, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look has the certificate of a name made when there is none, and leaves word of what goes wrong.
func (a *Automatic) look(name string) error {
	c, err := a.manager.GetCertificate(&tls.ClientHelloInfo{ServerName: name, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		SupportedCurves: []tls.CurveID{tls.CurveP256}, SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256}})
	if err == nil && Overdue(c.Leaf, time.Now()) {
		err = errors.New("renewal is overdue")
	}
	file := filepath.Join(a.order.Folder, name+TroubleFile)
	if err == nil {
		if gone := os.Remove(file); !errors.Is(gone, os.ErrNotExist) {
			return gone
		}
		return nil
	}
	err = errors.Join(err, a.heard.last())
	return errors.Join(err, os.WriteFile(file, []byte(err.Error()), 0o600))
}

// Overdue says whether a certificate should have been renewed: it renews itself with a third of its life left, or thirty days, and has a quarter, or twenty-three
// days.
func Overdue(c *x509.Certificate, now time.Time) bool {
	return c.NotAfter.Sub(now) < min(c.NotAfter.Sub(c.NotBefore)/4, 23*24*time.Hour)
}

// listener keeps in mind what an ACME server complained of last, which autocert does not say when a renewal fails.
type listener struct {
	way http.RoundTripper

	mu  sync.Mutex
	err error
}

// RoundTrip is part of what http.Client wants.
func (l *listener) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.way.RoundTrip(r)
	if err != nil {
		l.keep(err)
		return answer, err
	}
	said, err := io.ReadAll(io.LimitReader(answer.Body, answerSize))
	if err != nil {
		return answer, errors.Join(err, answer.Body.Close())
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{bytes.NewReader(said), answer.Body}
	type problem struct{ Detail string }
	var told struct {
		problem
		Error      problem
		Challenges []struct{ Error problem }
	}
	if json.Unmarshal(said, &told) != nil {
		return answer, nil // a certificate
	}
	details := []string{told.Detail, told.Error.Detail}
	for _, c := range told.Challenges {
		details = append(details, c.Error.Detail)
	}
	if i := slices.IndexFunc(details, func(s string) bool { return s != "" }); i >= 0 {
		l.keep(errors.New(details[i]))
	}
	return answer, nil
}

// answerSize is more than any answer of an ACME server has, in bytes.
const answerSize = 1 << 20

func (l *listener) keep(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
}

func (l *listener) last() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
