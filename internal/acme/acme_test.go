package acme_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/acme"
	"hefa/internal/gate"
	"hefa/internal/testbed"
)

const name = "hefa.test"

// automatic is a server of the loopback address with certificates for name.
type automatic struct {
	*acme.Automatic
	folder string
	port   int
	roots  *x509.CertPool
}

// served serves with what an ACME server gives; by http-01 only when the questions over TLS go to a port where nobody listens.
func served(t *testing.T, server *testbed.ACME, o acme.Order, port, plain int) automatic {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	o.Names, o.Directory, o.CA = []string{name}, server.Directory, server.CA
	a, err := acme.NewAutomatic(o, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ends := make(chan error, 2)
	for port, handler := range map[int]http.Handler{port: http.NotFoundHandler(), plain: a.Challenges()} {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			t.Fatal(err)
		}
		s := gate.NewServer("", handler, log)
		if port != plain {
			s.TLSConfig = a.Config()
		}
		go func() { ends <- gate.Serve(ctx, s, l) }()
	}
	t.Cleanup(func() {
		stop()
		for range 2 {
			if err := <-ends; err != nil {
				t.Error(err)
			}
		}
	})
	return automatic{a, o.Folder, port, server.Roots(t)}
}

// shown is the certificate that a browser of a name is shown.
func (a automatic) shown(name string) (*x509.Certificate, error) {
	c, err := (&tls.Dialer{NetDialer: &net.Dialer{Timeout: 20 * time.Second}, Config: &tls.Config{ServerName: name, RootCAs: a.roots, MinVersion: tls.VersionTLS12}}).Dial("tcp", fmt.Sprintf("127.0.0.1:%d", a.port))
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }() // nothing was said
	return c.(*tls.Conn).ConnectionState().PeerCertificates[0], nil
}

func TestACertificateComesFromAnACMEServer(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"tls-alpn-01", "http-01"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			port, plain := testbed.FreePort(t), testbed.FreePort(t)
			asked := port
			if way == "http-01" {
				asked = testbed.FreePort(t)
			}
			server, folder := testbed.OpenACME(t, plain, asked, 90*24*time.Hour), filepath.Join(t.TempDir(), "acme")
			a := served(t, server, acme.Order{Folder: folder}, port, plain)
			first, err := a.shown(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := a.shown("other.test"); err == nil {
				t.Error("another name has a certificate")
			}
			all, err := os.ReadDir(folder)
			if err != nil || len(all) < 2 {
				t.Fatal(all, err)
			}
			for _, f := range all {
				if at, err := f.Info(); err != nil || at.Mode().Perm() != 0o600 {
					t.Errorf("%s: %v, %v", f.Name(), at.Mode(), err)
				}
			}
			again := served(t, server, acme.Order{Folder: folder}, testbed.FreePort(t), testbed.FreePort(t))
			if kept, err := again.shown(name); err != nil || kept.SerialNumber.Cmp(first.SerialNumber) != 0 {
				t.Errorf("after a restart: %v", err)
			}
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			r, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d/people", plain))
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, r.Body)
			if to := r.Header.Get("Location"); r.StatusCode != http.StatusFound || !strings.HasPrefix(to, "https://") {
				t.Errorf("plain HTTP: %d to %q", r.StatusCode, to)
			}
			_ = r.Body.Close()
		})
	}
}

func TestACertificateRenewsItself(t *testing.T) {
	t.Parallel()
	port, plain := testbed.FreePort(t), testbed.FreePort(t)
	a := served(t, testbed.OpenACME(t, plain, port, 15*time.Second), acme.Order{Folder: t.TempDir()}, port, plain)
	first, err := a.shown(name)
	if err != nil {
		t.Fatal(err)
	}
	for range 60 {
		time.Sleep(500 * time.Millisecond)
		if c, err := a.shown(name); err == nil && c.SerialNumber.Cmp(first.SerialNumber) != 0 {
			return
		}
	}
	t.Error("it is the same half a minute later")
}

func TestWhatAnACMEServerRefusesIsLeftWord(t *testing.T) {
	t.Parallel()
	nobody, folder := testbed.FreePort(t), t.TempDir()
	server := testbed.OpenACME(t, nobody, nobody, time.Hour) // its questions reach nobody
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	if _, err := acme.NewAutomatic(acme.Order{Folder: folder, CA: filepath.Join(folder, "none")}, log); err == nil {
		t.Error("nobody vouches")
	}
	a, err := acme.NewAutomatic(acme.Order{Names: []string{name}, Directory: server.Directory, CA: server.CA, Folder: folder}, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { a.Keep(ctx); close(ended) }()
	for range 100 {
		if text, err := os.ReadFile(filepath.Join(folder, name+acme.TroubleFile)); err == nil {
			if len(text) == 0 {
				t.Error("no word of why")
			}
			stop()
			<-ended
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	stop()
	t.Error("no word was left")
}
