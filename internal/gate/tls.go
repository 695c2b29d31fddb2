package gate

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// lookAgain is how long a certificate is served before its file is looked at again.
const lookAgain = time.Minute

// Certificate is a TLS certificate in two files that may be renewed while the program runs: the new one is served within a minute, and one that cannot be
// read leaves the old one in place.
type Certificate struct {
	cert, key string
	log       *slog.Logger
	now       func() time.Time

	mu     sync.Mutex
	looked time.Time
	stamp  time.Time // of the younger of the two files
	loaded *tls.Certificate
}

// NewCertificate reads a certificate with its chain and its key, both PEM.
func NewCertificate(cert, key string, log *slog.Logger, now func() time.Time) (*Certificate, error) {
	c := &Certificate{cert: cert, key: key, log: log, now: now}
	if err := c.load(); err != nil {
		return nil, err
	}
	return c, nil
}

// Config is the server's part of TLS 1.2 and 1.3 with the certificate as it is now.
func (c *Certificate) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.current(), nil }}
}

// current is the certificate, read anew when its files are younger.
func (c *Certificate) current() *tls.Certificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now().Sub(c.looked) >= lookAgain {
		c.looked = c.now()
		if at, err := c.youngest(); err != nil || !at.Equal(c.stamp) {
			if err := c.load(); err != nil {
				c.log.Error("the renewed certificate cannot be used; the old one is served", "error", err)
			}
		}
	}
	return c.loaded
}

// youngest is when the younger of the files was written.
func (c *Certificate) youngest() (time.Time, error) {
	var last time.Time
	for _, name := range []string{c.cert, c.key} {
		at, err := os.Stat(name)
		if err != nil {
			return last, err
		}
		if at.ModTime().After(last) {
			last = at.ModTime()
		}
	}
	return last, nil
}

func (c *Certificate) load() error {
	at, err := c.youngest()
	if err != nil {
		return fmt.Errorf("reading the certificate: %w", err)
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return fmt.Errorf("reading the certificate: %w", err)
	}
	c.loaded, c.stamp, c.looked = &pair, at, c.now()
	return nil
}
