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
	"testing"
	"time"

	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

func TestACertificateThatEndsIsNamed(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	e := healthy(t, o)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	e.Certificate = filepath.Join(t.TempDir(), "cert.pem")
	for _, x := range []struct {
		name string
		from time.Time
		days int
		want upkeep.Gravity
	}{
		{"a year", o.Now().AddDate(0, 0, -1), 365, upkeep.Fine}, {"thirty-one days", o.Now(), 31, upkeep.Fine}, {"twenty-nine days", o.Now(), 29, upkeep.Warning},
		{"yesterday", o.Now().AddDate(0, 0, -30), 29, upkeep.Bad}, {"not yet", o.Now().AddDate(0, 0, 1), 90, upkeep.Bad},
	} {
		body := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: x.from, NotAfter: x.from.AddDate(0, 0, x.days)}
		der, err := x509.CreateCertificate(rand.Reader, body, body, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(e.Certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		f, wrong := said(t, e)["certificate"]
		if got := f.Gravity; wrong && got != x.want || !wrong && x.want != upkeep.Fine {
			t.Errorf("%s: %+v", x.name, f)
		}
	}
	for name, text := range map[string]string{"no PEM": "x", "no certificate": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		if err := os.WriteFile(e.Certificate, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if f := said(t, e)["certificate"]; f.Gravity != upkeep.Bad {
			t.Errorf("%s: %+v", name, f)
		}
	}
	e.Certificate = filepath.Join(t.TempDir(), "none")
	if f := said(t, e)["certificate"]; f.Gravity != upkeep.Bad {
		t.Errorf("no file: %+v", f)
	}
}
