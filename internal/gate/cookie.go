package gate

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"hefa/internal/lang"
)

const (
	flashName   = "hefa-flash"
	flashLimit  = 1024 // bytes of the cookie's value
	flashArgs   = 6
	flashLetter = 80 // letters of one argument
)

// tokenName carries the __Host- mark when pages travel over TLS, so that no other site under the same name can plant one.
func (g *Gate) tokenName() string {
	if g.secure {
		return "__Host-hefa"
	}
	return "hefa"
}

func (g *Gate) cookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, Secure: g.secure, SameSite: http.SameSiteLaxMode}
}

// SetToken hands the sign-in token to the browser, for as long as the browser stays open; age 0, or for the given time.
func (g *Gate) SetToken(w http.ResponseWriter, token string, age time.Duration) {
	c := g.cookie(g.tokenName(), token)
	c.MaxAge = int(age.Seconds())
	http.SetCookie(w, c)
}

// DropToken takes the sign-in token back from the browser.
func (g *Gate) DropToken(w http.ResponseWriter) {
	c := g.cookie(g.tokenName(), "")
	c.MaxAge = -1
	http.SetCookie(w, c)
}

// Token is the sign-in token that came with r, "" when there is none.
func (g *Gate) Token(r *http.Request) string {
	c, err := r.Cookie(g.tokenName())
	if err != nil || len(c.Value) > 512 {
		return ""
	}
	return c.Value
}

// errandName carries the __Host- mark like the token, so that nobody plants the errand of another browser.
func (g *Gate) errandName() string { return g.tokenName() + "-errand" }

// SetErrand keeps in the browser what it must bring back from another site within ten minutes.
func (g *Gate) SetErrand(w http.ResponseWriter, errand string) {
	c := g.cookie(g.errandName(), base64.RawURLEncoding.EncodeToString([]byte(errand)))
	c.MaxAge = 600
	http.SetCookie(w, c)
}

// TakeErrand is what SetErrand kept, and takes it back; "" when there is none.
func (g *Gate) TakeErrand(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(g.errandName())
	if err != nil {
		return ""
	}
	g.DropErrand(w)
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(text) > flashLimit {
		return ""
	}
	return string(text)
}

// DropErrand forgets an errand.
func (g *Gate) DropErrand(w http.ResponseWriter) {
	c := g.cookie(g.errandName(), "")
	c.MaxAge = -1
	http.SetCookie(w, c)
}

// Flash keeps one sentence for the next page that the reader sees: the key of the catalogue and what fills its gaps, never the sentence itself.
func (g *Gate) Flash(w http.ResponseWriter, key string, args ...string) {
	parts := append([]string{key}, args[:min(len(args), flashArgs)]...)
	for i, a := range parts {
		if r := []rune(a); len(r) > flashLetter {
			parts[i] = string(r[:flashLetter-1]) + "…"
		}
	}
	text, _ := json.Marshal(parts) // strings always marshal
	value := base64.RawURLEncoding.EncodeToString(text)
	if len(value) > flashLimit {
		text, _ = json.Marshal(parts[:1])
		value = base64.RawURLEncoding.EncodeToString(text)
	}
	c := g.cookie(flashName, value)
	c.MaxAge = 60
	http.SetCookie(w, c)
}

// TakeFlash is the sentence that Flash left, and forgets it; "" when there is none or somebody tampered with it.
func (g *Gate) TakeFlash(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(flashName)
	if err != nil {
		return ""
	}
	gone := g.cookie(flashName, "")
	gone.MaxAge = -1
	http.SetCookie(w, gone)
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	var parts []string
	if err != nil || len(c.Value) > flashLimit || json.Unmarshal(text, &parts) != nil || len(parts) == 0 || len(parts) > flashArgs+1 {
		return ""
	}
	if !lang.Has(parts[0]) {
		return ""
	}
	args := make([]any, 0, len(parts))
	for _, p := range parts[1:] {
		if !utf8.ValidString(p) || utf8.RuneCountInString(p) > flashLetter {
			return ""
		}
		args = append(args, p)
	}
	return lang.T(parts[0], args...)
}

// Next is where to go after signing in: the path in ?next= (or the form's next) when it stays on this site, else "/".
func Next(r *http.Request) string {
	next := r.FormValue("next")
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}
