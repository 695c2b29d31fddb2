package files

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// BucketConfig is where an object store keeps the contents of one installation.
type BucketConfig struct {
	Endpoint string `json:"endpoint"`    // https://host:port
	Region   string `json:"region"`      // us-east-1 when empty
	Bucket   string `json:"bucket"`      // must be there
	Prefix   string `json:"prefix"`      // before every name; each installation has its own
	Style    string `json:"style"`       // "path" or "host": where an address names the bucket; empty lets the endpoint decide
	CA       string `json:"ca_file"`     // PEM of who signed the endpoint's certificate, when the machine does not know them
	Access   string `json:"access"`      // access key id
	Secret   string `json:"secret_file"` // file of the secret key, which only its owner may read
}

// styles are how an address names the bucket.
var styles = map[string]minio.BucketLookupType{"": minio.BucketLookupAuto, "path": minio.BucketLookupPath, "host": minio.BucketLookupDNS}

// ReadBucket is the object store that a file describes (JSON); names of files in it are seen from its folder. Nobody is asked yet.
func ReadBucket(file string) (*Bucket, error) {
	var c BucketConfig
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration of the object store: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("the configuration of the object store %s: %w", filepath.Base(file), err)
	}
	for _, name := range []*string{&c.CA, &c.Secret} {
		if *name != "" && !filepath.IsAbs(*name) {
			*name = filepath.Join(filepath.Dir(file), *name)
		}
	}
	b, err := NewBucket(c)
	if err != nil {
		return nil, fmt.Errorf("the configuration of the object store %s: %w", filepath.Base(file), err)
	}
	return b, nil
}

// NewBucket is the object store of a configuration.
func NewBucket(c BucketConfig) (*Bucket, error) {
	for name, value := range map[string]string{"bucket": c.Bucket, "access": c.Access, "secret_file": c.Secret} {
		if value == "" {
			return nil, fmt.Errorf("no %s", name)
		}
	}
	u, err := url.Parse(c.Endpoint)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, errors.New("endpoint must be https://host or https://host:port")
	}
	style, ok := styles[c.Style]
	if !ok {
		return nil, errors.New(`style must be "path" or "host"`)
	}
	if c.Prefix = strings.Trim(c.Prefix, "/"); c.Prefix != "" {
		c.Prefix += "/"
	}
	if c.Region == "" {
		c.Region = "us-east-1" // what those say that have none
	}
	secret, err := os.ReadFile(c.Secret)
	if err != nil {
		return nil, fmt.Errorf("reading the secret of the object store: %w", err)
	}
	b := &Bucket{c: c, plain: u.Scheme == "http" && !loopback(u.Hostname()), Wait: 20 * time.Second}
	trusted, err := roots(c.CA)
	if err != nil {
		return nil, err
	}
	b.core, err = minio.NewCore(u.Host, &minio.Options{Creds: credentials.NewStaticV4(c.Access, strings.TrimSpace(string(secret)), ""), Secure: u.Scheme == "https",
		Region: c.Region, BucketLookup: style, MaxRetries: 2, Transport: b.line(trusted)})
	return b, err
}

// SecretFile is the file of the secret key.
func (b *Bucket) SecretFile() string { return b.c.Secret }

// Name says where the contents lie, whatever name the machine has: s3:bucket/prefix.
func (b *Bucket) Name() string { return "s3:" + b.c.Bucket + "/" + b.c.Prefix }

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// roots are those that the machine trusts, with those in the file.
func roots(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading who signed the certificate of the object store: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("no certificate in %s", filepath.Base(file))
	}
	return pool, nil
}

// line is how the object store is spoken to: a line on which nothing moves for as long as Wait is broken.
func (b *Bucket) line(trusted *x509.CertPool) http.RoundTripper {
	dial := &net.Dialer{Timeout: 3 * time.Second}
	return &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 8, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: 5 * time.Second,
		DisableCompression: true, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: trusted},
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dial.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return patient{c, b.Wait}, nil
		}}
}

// patient is a line that gives up when nothing moves for long.
type patient struct {
	net.Conn
	wait time.Duration
}

// Read waits for the next bytes.
func (p patient) Read(b []byte) (int, error) {
	_ = p.SetReadDeadline(time.Now().Add(p.wait)) // a line without deadlines is broken, and says so below
	return p.Conn.Read(b)
}

// Write waits until b is taken.
func (p patient) Write(b []byte) (int, error) {
	_ = p.SetWriteDeadline(time.Now().Add(p.wait))
	return p.Conn.Write(b)
}
