package upkeep

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hefa/internal/acme"
	"hefa/internal/day"
	"hefa/internal/lang"
)

// acme finds certificates of an ACME server that could not be had or renewed, or ended; where there is none, there is nothing to find.
func (e Examination) acme(f *findings) {
	folder := filepath.Join(e.Data, acme.Folder)
	all, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.add("acme", Bad, lang.T("doctor.certificate.unread", folder))
	}
	for _, file := range all {
		name, troubled := strings.CutSuffix(file.Name(), acme.TroubleFile)
		path := filepath.Join(folder, name)
		if strings.Contains(name, "+") { // the account's key and answers to questions
			continue
		}
		if _, err := os.Stat(path); troubled && err == nil {
			continue // said with its certificate
		}
		why, err := os.ReadFile(path + acme.TroubleFile)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			f.add("acme", Bad, lang.T("doctor.certificate.unread", path+acme.TroubleFile))
			continue
		}
		reason := strings.Join(strings.Fields(string(why)), " ")
		if troubled {
			f.add("acme", Bad, lang.T("doctor.acme.none", name, reason))
			continue
		}
		e.automatic(f, name, path, reason)
	}
}

// automatic looks at the certificate of a name, with the reason for which it could not be renewed, if there is one.
func (e Examination) automatic(f *findings, name, path, reason string) {
	text, err := os.ReadFile(path)
	block, rest := pem.Decode(text)
	for block != nil && block.Type != "CERTIFICATE" {
		block, rest = pem.Decode(rest)
	}
	if err != nil || block == nil {
		f.add("acme", Bad, lang.T("doctor.certificate.unread", path))
		return
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		f.add("acme", Bad, lang.T("doctor.certificate.unread", path))
		return
	}
	last := day.Of(c.NotAfter, day.Beijing)
	switch now := e.Now(); {
	case now.After(c.NotAfter), now.Before(c.NotBefore):
		f.add("acme", Bad, lang.T("doctor.acme.over", name, last, reason))
	case reason != "", acme.Overdue(c, now):
		f.add("acme", Warning, lang.T("doctor.acme.soon", name, last, reason))
	default:
		f.add("acme", Fine, lang.T("doctor.acme.ok", name, last))
	}
}
