package upkeep

import (
	"crypto/x509"
	"encoding/pem"
	"os"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// certificateDays is how long before its end a certificate should be renewed.
const certificateDays = 30

// certificate finds a TLS certificate that cannot be read, has ended or soon will.
func (e Examination) certificate(f *findings) {
	if e.Certificate == "" {
		return
	}
	text, err := os.ReadFile(e.Certificate)
	if err != nil {
		f.add("certificate", Bad, lang.T("doctor.certificate.unread", e.Certificate))
		return
	}
	block, _ := pem.Decode(text)
	if block == nil {
		f.add("certificate", Bad, lang.T("doctor.certificate.unread", e.Certificate))
		return
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		f.add("certificate", Bad, lang.T("doctor.certificate.unread", e.Certificate))
		return
	}
	last := day.Of(c.NotAfter, day.Beijing)
	switch now := e.Now(); {
	case now.After(c.NotAfter), now.Before(c.NotBefore):
		f.add("certificate", Bad, lang.T("doctor.certificate.over", last))
	case now.AddDate(0, 0, certificateDays).After(c.NotAfter):
		f.add("certificate", Warning, lang.T("doctor.certificate.soon", last))
	default:
		f.add("certificate", Fine, lang.T("doctor.certificate.ok", last))
	}
}
