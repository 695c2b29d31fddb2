package testbed

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"hefa/internal/oidc"
)

// Province is an identity provider on the loopback: it hands out codes for whom a test names, and checks the client and the PKCE of whoever exchanges them.
type Province struct {
	URL    string
	Spoil  func(claims map[string]any) // changes what an identity token says
	Forge  bool                        // signs with a key that is not the provider's
	Down   bool                        // answers every request with 503
	server *httptest.Server
	key    *rsa.PrivateKey
	now    func() time.Time
	mu     sync.Mutex
	codes  map[string]errand
	Traded int // codes that were exchanged
}

type errand struct{ who, nonce, challenge string }

// provinceSecret is the client's secret there.
const provinceSecret = "loopback-secret"

// NewProvince opens the provider for the length of the test; now is the clock of its tokens.
func NewProvince(t testing.TB, now func() time.Time) *Province {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &Province{key: key, now: now, codes: map[string]errand{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		p.say(w, map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		p.say(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1",
			"n": url64(key.N.Bytes()), "e": url64(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("POST /token", p.token)
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.Down {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.server.Close)
	p.URL = p.server.URL
	return p
}

func (p *Province) say(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the client has left; there is nobody to tell
}

// Client is the provider as an installation knows it.
func (p *Province) Client() *oidc.Provider {
	return oidc.New(oidc.Config{Name: "测试省统一认证", Issuer: p.URL, ClientID: "hefa", Redirect: Origin + "/sign-in/province/back"}, provinceSecret, p.now)
}

// Agree is what the provider sends a browser back with that came to the address, once who agreed.
func (p *Province) Agree(t testing.TB, address, who string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if q.Get("client_id") != "hefa" || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || q.Get("redirect_uri") != Origin+"/sign-in/province/back" ||
		len(q.Get("state")) < 22 || len(q.Get("nonce")) < 22 {
		t.Fatalf("the browser came with %v", q)
	}
	code := rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[code] = errand{who, q.Get("nonce"), q.Get("code_challenge")}
	return url.Values{"state": {q.Get("state")}, "code": {code}}
}

// token exchanges a code, once, for whoever proves that they began the errand.
func (p *Province) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, ok := p.codes[r.PostFormValue("code")]
	delete(p.codes, r.PostFormValue("code"))
	id, secret, _ := r.BasicAuth()
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || id != "hefa" || secret != provinceSecret || base64.RawURLEncoding.EncodeToString(sum[:]) != e.challenge {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	p.Traded++
	claims := map[string]any{"iss": p.URL, "aud": "hefa", "sub": e.who, "nonce": e.nonce, "iat": p.now().Unix(), "exp": p.now().Add(5 * time.Minute).Unix()}
	if p.Spoil != nil {
		p.Spoil(claims)
	}
	p.say(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": p.sign(claims)})
}

func (p *Province) sign(claims map[string]any) string {
	key := p.key
	if p.Forge {
		key, _ = rsa.GenerateKey(rand.Reader, 2048) // crypto/rand ends the program rather than fail
	}
	body, _ := json.Marshal(claims) // texts and numbers always marshal
	text := url64([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + url64(body)
	sum := sha256.Sum256([]byte(text))
	signature, _ := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	return text + "." + url64(signature)
}
