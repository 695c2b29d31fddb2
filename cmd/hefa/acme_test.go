package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"hefa/internal/testbed"
)

// The program has a certificate made for the name of its pages, serves them with it and says that they are to be reached so only; another name gets none.
func TestServedWithACMEPagesTravelOverTLS(t *testing.T) {
	t.Parallel()
	const name = "hefa.test"
	port := testbed.FreePort(t)
	server := testbed.OpenACME(t, testbed.FreePort(t), port, 90*24*time.Hour)
	var p program
	line, err := kong.New(&p, kong.Name("hefa"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := line.Parse([]string{"serve", "--data", filepath.Join(t.TempDir(), "data"), "--addr", fmt.Sprintf("127.0.0.1:%d", port), "--metrics", "",
		"--acme", name, "--acme-directory", server.Directory, "--acme-ca", server.CA}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Serve.Run(ctx) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	way := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: server.Roots(t), MinVersion: tls.VersionTLS12},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, fmt.Sprintf("127.0.0.1:%d", port))
		}}
	defer way.CloseIdleConnections()
	client := &http.Client{Transport: way, Timeout: 30 * time.Second}
	var answer *http.Response
	for late := time.After(time.Minute); answer == nil; {
		if answer, err = client.Get("https://" + name + "/healthz"); err == nil {
			break
		}
		select {
		case <-late:
			t.Fatal(err)
		case err := <-ended:
			ended <- err
			t.Fatalf("the program ended: %v", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Strict-Transport-Security") == "" || answer.TLS.PeerCertificates[0].VerifyHostname(name) != nil {
		t.Errorf("%s, %v", answer.Status, answer.Header)
	}
	if other, err := client.Get("https://other.test/healthz"); err == nil {
		_ = other.Body.Close()
		t.Error("another name has a certificate too")
	}
}
