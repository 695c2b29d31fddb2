package testbed

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"hefa/internal/files"
)

// InBucket lets an office that has no files yet keep them in an object store; Folder is then where that store keeps them.
func (o *Office) InBucket(t testing.TB) *ObjectStore {
	t.Helper()
	s := OpenObjectStore(t)
	o.Keep(t, s)
	return s
}

// Keep lets the office keep its files in the object store, as that is configured now.
func (o *Office) Keep(t testing.TB, s *ObjectStore) {
	t.Helper()
	c, err := files.OpenBucket(t.TempDir(), s.Bucket(t), o.Keys)
	if err != nil {
		t.Fatal(err)
	}
	o.Files, o.Folder = c, filepath.Join(s.Folder, s.Config.Prefix)
}

// Front stands before a server and answers in its stead what is to be written; reading goes on.
type Front struct {
	Full    atomic.Bool // as a store without room does: 507, QuotaExceeded
	Forgets atomic.Bool // as if it had been kept
	to      *httputil.ReverseProxy
}

// Behind puts a front before the server, through which its bucket is reached from now on.
func (s *ObjectStore) Behind(t testing.TB) *Front {
	t.Helper()
	f := &Front{to: httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: s.address})}
	f.to.ErrorLog = log.New(io.Discard, "", 0) // that the server is away is what a test wants
	at := httptest.NewServer(f)
	t.Cleanup(at.Close)
	s.Config.Endpoint = at.URL
	return f
}

// ServeHTTP answers, or hands on.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPut || !f.Full.Load() && !f.Forgets.Load() {
		f.to.ServeHTTP(w, r)
		return
	}
	_, _ = io.Copy(io.Discard, r.Body) // a store reads what is sent before it answers
	if f.Full.Load() {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusInsufficientStorage)
		_, _ = io.WriteString(w, "<Error><Code>QuotaExceeded</Code><Message>no room</Message></Error>")
	}
}

// Encrypted lets the server speak TLS from now on, under a certificate of an authority that this machine does not know; the file of the authority comes back.
func (s *ObjectStore) Encrypted(t testing.TB) (authority string) {
	t.Helper()
	folder := filepath.Dir(s.Root)
	now := time.Now()
	body := x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority of a test"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	secret := newKey(t)
	authority = filepath.Join(folder, "authority.pem")
	writePEM(t, authority, "CERTIFICATE", sign(t, body, body, secret, secret))
	own := newKey(t)
	leaf := x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: body.NotBefore, NotAfter: body.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	cert, key := filepath.Join(folder, "server.pem"), filepath.Join(folder, "server.key")
	writePEM(t, cert, "CERTIFICATE", sign(t, leaf, body, own, secret))
	der, err := x509.MarshalPKCS8PrivateKey(own)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, key, "PRIVATE KEY", der)
	s.Stop(t)
	s.server = []string{"--cert", cert, "--key", key}
	s.Config.Endpoint = "https://" + s.address
	s.Start(t)
	return authority
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// sign is a certificate for the key, under that of who signs.
func sign(t testing.TB, body, by x509.Certificate, key, secret *ecdsa.PrivateKey) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, &body, &by, &key.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func writePEM(t testing.TB, name, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}
