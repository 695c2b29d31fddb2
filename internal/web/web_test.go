package web_test

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/archiving"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/fieldwork"
	"hefa/internal/gate"
	"hefa/internal/office"
	"hefa/internal/outreach"
	"hefa/internal/oversight"
	"hefa/internal/records"
	"hefa/internal/registry"
	"hefa/internal/relay"
	"hefa/internal/renewing"
	"hefa/internal/scanning"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/web"
)

// site is the officers' door of a furnished office, as a browser meets it.
type site struct {
	office   *testbed.Office
	province *testbed.Province
	handler  http.Handler
	free     uint64 // bytes on the disk of the installation, of a hundred times 1<<30
}

// eachSite runs fn on both engines, each with a fresh office behind the door.
func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	t.Helper()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) { fn(t, openSite(t, o)) })
}

// openSite is the door in front of an office.
func openSite(t testing.TB, o *testbed.Office) *site {
	t.Helper()
	g, err := gate.New(gate.Options{Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Page: web.Trouble, Now: o.Now, AddressBurst: 1 << 20, AccountBurst: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	province := testbed.NewProvince(t, o.Now)
	mux, s := http.NewServeMux(), &site{office: o, province: province, free: 90 << 30}
	space := func(string) (upkeep.Space, error) { return upkeep.Space{Free: s.free, Total: 100 << 30}, nil }
	web.New(g, web.Desks{
		Office:    office.New(o.DB).WithKeys(testbed.Passkeys(t)).WithProvince(province.Client()),
		Casework:  casework.New(o.DB, o.Files),
		Records:   records.New(o.DB, o.Files),
		Registry:  registry.New(o.DB, o.Files),
		Assessing: assessing.New(o.DB, o.Files),
		Fieldwork: fieldwork.New(o.DB, o.Files),
		Upkeep:    upkeep.New(o.DB, o.Files, o.Keys, upkeep.Place{Data: t.TempDir(), Backups: t.TempDir(), Space: space}),
		Renewing:  renewing.New(o.DB, o.Files),
		Oversight: oversight.New(o.DB), Archiving: archiving.New(o.DB, o.Files), Outreach: outreach.New(o.DB, nil),
		Scanning: scanning.New(o.DB, o.Files),
	}, web.Options{Today: o.Today, Relay: relay.NewIssuer(nil, ":3478", o.Now)}).Register(mux)
	s.handler = g.Wrap(mux)
	return s
}

// browser is somebody who is signed in; it keeps its cookies.
type browser struct {
	site    *site
	by      access.Actor // nobody when the account is ""
	at      time.Time    // when the sign-in began
	cookies map[string]string
}

// as is a browser in which the officer of a post of 芒市 is signed in.
func (s *site) as(role access.Role) *browser { return s.actor(testbed.As(role)) }

// actor is a browser in which somebody of the testbed is signed in.
func (s *site) actor(by access.Actor) *browser {
	return &browser{site: s, by: by, cookies: map[string]string{}}
}

// password is what password gives an account.
const password = "Korrekt-horse-7"

// password gives the officer of a post a password, which grave acts ask for once more.
func (s *site) password(t testing.TB, role access.Role) {
	t.Helper()
	s.office.Update(t, role, func(tx *store.Tx) error {
		a, err := tx.Account(staff.ID(testbed.As(role).Account))
		if err != nil {
			return err
		}
		a.Hash = seal.Password(password)
		return tx.SaveAccount(access.SelfManage, a, "password")
	})
}

// nobody is a browser without a sign-in.
func (s *site) nobody() *browser { return s.actor(access.Actor{}) }

// signIn begins a sign-in without a password, and a new one whenever the test moved the clock, so that nobody is idle.
func (b *browser) signIn(t testing.TB) {
	t.Helper()
	now := b.site.office.Now()
	if b.by.Account == "" || b.at.Equal(now) {
		return
	}
	token := seal.Token()
	err := b.site.office.DB.Update(t.Context(), b.by, func(tx *store.Tx) error {
		a, err := tx.Account(staff.ID(b.by.Account))
		if err != nil {
			return err
		}
		a.Changed, a.Fresh, a.Pledged = now.UnixMicro(), false, now.UnixMicro()
		if err := tx.SaveAccount(access.SelfManage, a, "ok"); err != nil {
			return err
		}
		return tx.AddSignin(store.Signin{Hash: seal.Digest(token), Account: a.ID, Created: now, Seen: now})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.at, b.cookies["hefa"] = now, token
}

// answer is what came back.
type answer struct {
	b      *browser
	status int
	header http.Header
	body   string
}

// get loads a page.
func (b *browser) get(t testing.TB, path string) answer {
	t.Helper()
	return b.send(t, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
}

// post sends a form.
func (b *browser) post(t testing.TB, path string, form url.Values) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(t, r)
}

// sent is one file of a form.
type sent struct {
	field, name string
	content     []byte
}

// upload sends a form with files.
func (b *browser) upload(t testing.TB, path string, form url.Values, files ...sent) answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key, values := range form {
		for _, v := range values {
			if err := w.WriteField(key, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.field, f.name)
		if err == nil {
			_, err = part.Write(f.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.send(t, r)
}

func (b *browser) send(t testing.TB, r *http.Request) answer {
	t.Helper()
	b.signIn(t)
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.site.handler.ServeHTTP(w, r)
	res := w.Result()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range res.Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return answer{b, res.StatusCode, res.Header, string(text)}
}

// want fails unless the answer has the status and holds every one of the texts.
func (a answer) want(t testing.TB, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; location %q, body %.3000s", a.status, status, a.header.Get("Location"), a.body)
	}
	for _, s := range texts {
		if !strings.Contains(a.body, s) {
			t.Errorf("%q is not on the page:\n%.6000s", s, a.body)
		}
	}
	return a
}

// lacks fails when the answer holds one of the texts.
func (a answer) lacks(t testing.TB, texts ...string) answer {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(a.body, s) {
			t.Errorf("%q is on the page", s)
		}
	}
	return a
}

// follow loads the page that a taken form leads to.
func (a answer) follow(t testing.TB) answer {
	t.Helper()
	if a.status != http.StatusSeeOther {
		t.Fatalf("status %d is no redirect: %.3000s", a.status, a.body)
	}
	return a.b.get(t, a.header.Get("Location"))
}
