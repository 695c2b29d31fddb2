// Package oidc is single sign-on at a province's identity provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636), state and nonce. It says
// who somebody is there; which account that is, and whether it may come in, is not its business.
package oidc

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Config is one identity provider, as its administrators hand it out.
type Config struct {
	Name     string   `json:"name"`        // what pages call it, such as 省统一身份认证
	Issuer   string   `json:"issuer"`      // its address, under which /.well-known/openid-configuration lies
	ClientID string   `json:"client_id"`   // what it calls this installation
	Secret   string   `json:"secret_file"` // the file with the client's secret; beside the configuration unless it is absolute
	Redirect string   `json:"redirect"`    // where it sends people back to: https://NAME/sign-in/province/back
	Claim    string   `json:"claim"`       // the claim that names the person for ever; sub when empty
	Scopes   []string `json:"scopes"`      // what is asked for beside openid
}

// patience is how long the provider may take for one answer; answerMost is how long an answer may be, in bytes.
const (
	patience   = 10 * time.Second
	answerMost = 1 << 20
)

// Provider speaks to an identity provider. It is asked about itself at the first sign-in, so that an installation starts without it.
type Provider struct {
	c      Config
	secret string
	client *http.Client
	now    func() time.Time
	mu     sync.Mutex
	found  *oidc.Provider
}

// Read is the provider of a configuration file; now is the clock against which its words expire.
func Read(file string, now func() time.Time) (*Provider, error) {
	var c Config
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration of single sign-on: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("the configuration of single sign-on %s: %w", filepath.Base(file), err)
	}
	for name, value := range map[string]string{"name": c.Name, "client_id": c.ClientID, "secret_file": c.Secret} {
		if value == "" {
			return nil, fmt.Errorf("the configuration of single sign-on %s: no %s", filepath.Base(file), name)
		}
	}
	for name, value := range map[string]string{"issuer": c.Issuer, "redirect": c.Redirect} {
		if !safe(value) {
			return nil, fmt.Errorf("the configuration of single sign-on %s: %s must be an https address", filepath.Base(file), name)
		}
	}
	if !filepath.IsAbs(c.Secret) {
		c.Secret = filepath.Join(filepath.Dir(file), c.Secret)
	}
	secret, err := os.ReadFile(c.Secret)
	if err != nil {
		return nil, fmt.Errorf("reading the secret of single sign-on: %w", err)
	}
	return New(c, strings.TrimSpace(string(secret)), now), nil
}

// New is the provider of a configuration that was checked.
func New(c Config, secret string, now func() time.Time) *Provider {
	if c.Claim == "" {
		c.Claim = "sub"
	}
	return &Provider{c: c, secret: secret, now: now, client: &http.Client{Timeout: patience, Transport: bounded{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// safe says whether an address is travelled to over TLS, or lies on this machine.
func safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || err == nil && ip.IsLoopback())
}

// bounded cuts answers off that are longer than answerMost, and goes nowhere that is not safe: a provider names its own addresses.
type bounded struct{ http.RoundTripper }

// RoundTrip is one request.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	if !safe(r.URL.String()) {
		return nil, fmt.Errorf("the provider names %s, which is no https address", r.URL.Host)
	}
	answer, err := b.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, answerMost), answer.Body}
	return answer, nil
}

// Name is what pages call the provider.
func (p *Provider) Name() string { return p.c.Name }

// Issuer is the provider's address.
func (p *Provider) Issuer() string { return p.c.Issuer }

// Errand is one way to the provider and back, bound to the browser that began it.
type Errand struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
}

// What may go wrong on the way; anything else is the provider's fault or ours.
var (
	ErrAway   = errors.New("the identity provider does not answer")
	ErrDenied = errors.New("the person or the provider said no")
	ErrStale  = errors.New("the answer belongs to no errand of this browser")
	ErrBad    = errors.New("the provider's answer does not hold")
)

// about asks the provider about itself, once it answers for good.
func (p *Provider) about(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// The keys are fetched with the context that discovery had, so it must outlive this request.
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.c.Issuer)
		if err != nil {
			return nil, nil, errors.Join(ErrAway, err)
		}
		if !safe(found.Endpoint().AuthURL) {
			return nil, nil, fmt.Errorf("%w: it names a page that is no https address", ErrBad)
		}
		p.found = found
	}
	return p.found, &oauth2.Config{ClientID: p.c.ClientID, ClientSecret: p.secret, Endpoint: p.found.Endpoint(), RedirectURL: p.c.Redirect,
		Scopes: append([]string{oidc.ScopeOpenID}, p.c.Scopes...)}, nil
}

// Begin is the address at the provider to which a browser is sent, and the errand that it must bring back.
func (p *Provider) Begin(ctx context.Context, token func() string) (address string, e Errand, err error) {
	_, client, err := p.about(ctx)
	if err != nil {
		return "", e, err
	}
	e = Errand{State: token(), Nonce: token(), Verifier: oauth2.GenerateVerifier()}
	return client.AuthCodeURL(e.State, oidc.Nonce(e.Nonce), oauth2.S256ChallengeOption(e.Verifier)), e, nil
}

// Finish is who came back, as the claim names them: the query is that of the address to which the provider sent the browser.
func (p *Provider) Finish(ctx context.Context, e Errand, query url.Values) (string, error) {
	if e.State == "" || subtle.ConstantTimeCompare([]byte(e.State), []byte(query.Get("state"))) != 1 {
		return "", ErrStale
	}
	if said := query.Get("error"); said != "" {
		return "", fmt.Errorf("%w: %.40q", ErrDenied, said)
	}
	about, client, err := p.about(ctx)
	if err != nil {
		return "", err
	}
	token, err := client.Exchange(oidc.ClientContext(ctx, p.client), query.Get("code"), oauth2.VerifierOption(e.Verifier))
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok && refused.Response.StatusCode < http.StatusInternalServerError {
		return "", fmt.Errorf("%w: the code was refused", ErrBad)
	}
	if err != nil {
		return "", errors.Join(ErrAway, errors.New("exchanging the code"))
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := about.VerifierContext(oidc.ClientContext(ctx, p.client), &oidc.Config{ClientID: p.c.ClientID, Now: p.now}).Verify(ctx, raw)
	if err != nil {
		return "", errors.Join(ErrBad, err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(e.Nonce)) != 1 {
		return "", fmt.Errorf("%w: another nonce", ErrBad)
	}
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return "", errors.Join(ErrBad, err)
	}
	who, _ := claims[p.c.Claim].(string)
	if who = strings.TrimSpace(who); who == "" || len(who) > 255 {
		return "", fmt.Errorf("%w: no claim %s", ErrBad, p.c.Claim)
	}
	return who, nil
}
