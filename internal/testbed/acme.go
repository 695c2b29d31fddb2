package testbed

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var acmeProgram = sync.OnceValues(func() (string, error) { return beside("pebble.sh") })

// ACME is an ACME server of its own, for which every name is this machine.
type ACME struct {
	Directory string // its address
	CA        string // file of the certificate that vouches for it
	manage    string
	client    *http.Client
}

// OpenACME starts an ACME server that asks its questions at two ports of this machine and gives certificates for as long as life.
func OpenACME(t testing.TB, plain, encrypted int, life time.Duration) *ACME {
	t.Helper()
	program, err := acmeProgram()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	cert, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "private.pem")
	pool := vouched(t, cert, key)
	ports := []int{FreePort(t), FreePort(t)}
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{"listenAddress": fmt.Sprintf("127.0.0.1:%d", ports[0]), "managementListenAddress": fmt.Sprintf("127.0.0.1:%d", ports[1]),
		"certificate": cert, "privateKey": key, "httpPort": plain, "tlsPort": encrypted, "keyAlgorithm": "ecdsa", "retryAfter": map[string]int{"authz": 1, "order": 1},
		"profiles": map[string]any{"default": map[string]any{"description": "default", "validityPeriod": int(life.Seconds())}}}})
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "config.json"), config, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, "-config", filepath.Join(folder, "config.json"), "-dnsserver", resolver(t))
	c.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	c.Stdout, c.Stderr = t.Output(), t.Output()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() }) // it keeps nothing
	a := &ACME{Directory: fmt.Sprintf("https://127.0.0.1:%d/dir", ports[0]), CA: cert, manage: fmt.Sprintf("https://127.0.0.1:%d", ports[1]),
		client: &http.Client{Timeout: time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}}}
	for range 100 {
		if a.read(a.Directory) != nil {
			return a
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("the ACME server does not answer")
	return nil
}

// Roots is who vouches for the certificates that the server gives.
func (a *ACME) Roots(t testing.TB) *x509.CertPool {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(a.read(a.manage + "/roots/0")) {
		t.Fatal("no root")
	}
	return pool
}

func (a *ACME) read(address string) []byte {
	r, err := a.client.Get(address)
	if err != nil {
		return nil
	}
	defer func() { _ = r.Body.Close() }() // it was read
	text, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		return nil
	}
	return text
}

// FreePort is a port of the loopback address at which nobody listens.
func FreePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // nobody came
	return l.Addr().(*net.TCPAddr).Port
}

// vouched writes a certificate of the loopback address that vouches for itself.
func vouched(t testing.TB, cert, key string) *x509.CertPool {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	body := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, body, body, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	for name, content := range map[string][]byte{cert: text, key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return pool
}

// resolver answers every question for an address with 127.0.0.1 over TCP (RFC 1035, 7766), and every other with nothing.
func resolver(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() { // ends when l is closed
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				for answerName(c) == nil {
				}
				_ = c.Close() // whoever asked has the answer
			}()
		}
	}()
	return l.Addr().String()
}

func answerName(c net.Conn) error {
	var size [2]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		return err
	}
	q := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(c, q); err != nil {
		return err
	}
	end := 12
	for end < len(q) && q[end] != 0 {
		end += int(q[end]) + 1
	}
	if end += 5; end > len(q) {
		return io.ErrUnexpectedEOF
	}
	out := append([]byte{0, 0, q[0], q[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, q[12:end]...)
	if q[end-3] == 1 { // A
		out[9] = 1
		out = append(out, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1)
	}
	binary.BigEndian.PutUint16(out, uint16(len(out)-2))
	_, err := c.Write(out)
	return err
}
