package upkeep_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/acme"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

func TestACertificateThatWasNotRenewedIsNamed(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	e := healthy(t, o)
	if f, wrong := said(t, e)["acme"]; wrong {
		t.Errorf("without ACME: %+v", f)
	}
	folder := filepath.Join(e.Data, acme.Folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("acme_account+key", []byte("key"))
	write("hefa.test"+acme.TroubleFile, []byte("connection\nrefused"))
	if f := said(t, e)["acme"]; f.Gravity != upkeep.Bad || !strings.Contains(f.Text, "connection refused") || f.Advice == "" {
		t.Errorf("none yet: %+v", f)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name       string
		gone, left int // days
		trouble    string
		want       upkeep.Gravity
	}{
		{"new", 1, 89, "", upkeep.Fine}, {"just before renewal", 61, 29, "", upkeep.Fine}, {"overdue", 68, 22, "", upkeep.Warning}, {"refused", 61, 29, "refused", upkeep.Warning},
		{"of six days", 3, 3, "", upkeep.Fine}, {"of six days, overdue", 5, 1, "", upkeep.Warning}, {"over", 91, -1, "refused", upkeep.Bad},
	} {
		body := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: o.Now().AddDate(0, 0, -x.gone), NotAfter: o.Now().AddDate(0, 0, x.left)}
		der, err := x509.CreateCertificate(rand.Reader, body, body, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		write("hefa.test", append(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: []byte("key")}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...))
		if write("hefa.test"+acme.TroubleFile, []byte(x.trouble)); x.trouble == "" {
			if err := os.Remove(filepath.Join(folder, "hefa.test"+acme.TroubleFile)); err != nil {
				t.Fatal(err)
			}
		}
		f, wrong := said(t, e)["acme"]
		if wrong && f.Gravity != x.want || !wrong && x.want != upkeep.Fine {
			t.Errorf("%s: %+v", x.name, f)
		}
	}
	write("hefa.test", []byte("x"))
	if f := said(t, e)["acme"]; f.Gravity != upkeep.Bad {
		t.Errorf("no certificate: %+v", f)
	}
}
