package files

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
)

// Ailment is something that is wrong with an object store.
type Ailment string

// What can be wrong with an object store.
const (
	Unreachable Ailment = "unreachable" // nobody answers
	Untrusted   Ailment = "untrusted"   // its certificate is not one that this machine trusts
	Refusing    Ailment = "refusing"    // it does not know the access key, or the secret does not fit
	Skewed      Ailment = "skewed"      // its clock and ours are far apart
	NoBucket    Ailment = "bucket"      // the bucket is not there
	NoList      Ailment = "list"        // we may not list it, without which what is missing cannot be told from what is forbidden
	NoWrite     Ailment = "write"       // we may not write
	NoRead      Ailment = "read"        // what was written does not come back
	NoRemove    Ailment = "remove"      // we may not remove
	NoRoom      Ailment = "room"        // it has no more room
	Plain       Ailment = "plain"       // contents travel there without TLS; they are sealed, and who asks for which shows
	Versioned   Ailment = "versioned"   // it keeps what was removed
)

// mostApart is how far the clock of the store may be from ours: it refuses requests beyond 15 minutes.
const mostApart = 5 * time.Minute

// Look asks the store for everything that the program needs of it and names what is wrong. It writes one small object and removes it again.
func (b *Bucket) Look(ctx context.Context, now func() time.Time) []Ailment {
	var out []Ailment
	if _, err := b.core.ListObjectsV2(b.c.Bucket, b.c.Prefix, "", "", "", 1); err != nil {
		return []Ailment{ailment(err, NoList)}
	}
	if b.plain {
		out = append(out, Plain)
	}
	if v, err := b.core.GetBucketVersioning(ctx, b.c.Bucket); err == nil && v.Enabled() { // many stores know no versions and say so by an error
		out = append(out, Versioned)
	}
	return append(out, b.probe(ctx, now)...)
}

// probe writes, reads and removes an object that is no content.
func (b *Bucket) probe(ctx context.Context, now func() time.Time) (out []Ailment) {
	key, text := b.c.Prefix+"probe-"+rand.Text(), []byte("hefa doctor\n")
	short, long := md5.Sum(text), sha256.Sum256(text)
	if err := b.send(key, io.NewSectionReader(bytes.NewReader(text), 0, int64(len(text))), short[:], long[:]); err != nil {
		return []Ailment{ailment(err, NoWrite)}
	}
	body, _, header, err := b.core.GetObject(ctx, b.c.Bucket, key, minio.GetObjectOptions{})
	var back []byte
	if err == nil {
		back, err = io.ReadAll(body)
		err = errors.Join(err, body.Close())
	}
	if err != nil || !bytes.Equal(back, text) {
		out = append(out, NoRead)
	}
	if theirs, err := http.ParseTime(header.Get("Date")); err == nil && theirs.Sub(now()).Abs() > mostApart {
		out = append(out, Skewed)
	}
	if err := b.drop(key); err != nil {
		out = append(out, NoRemove)
	}
	return out
}

// codes are what stores say for what is not about the one act that was tried.
var codes = map[string]Ailment{minio.NoSuchBucket: NoBucket, "InvalidBucketName": NoBucket, "SignatureDoesNotMatch": Refusing, "InvalidAccessKeyId": Refusing,
	"InvalidAccessKeyID": Refusing, "AuthorizationHeaderMalformed": Refusing, "RequestTimeTooSkewed": Skewed}

// ailment says what an error shows; refused is what it means when the store refuses that one act.
func ailment(err error, refused Ailment) Ailment {
	answer, answered := errors.AsType[minio.ErrorResponse](err)
	if !answered {
		if _, untrusted := errors.AsType[*tls.CertificateVerificationError](err); untrusted {
			return Untrusted
		}
		return Unreachable
	}
	if a, ok := codes[answer.Code]; ok {
		return a
	}
	if isFull(answer) {
		return NoRoom
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		return Unreachable
	}
	return refused
}
