package files

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/minio/minio-go/v7"
)

// Store puts a named object whole, for a depot of backups; the store refuses what changed on the way.
func (b *Bucket) Store(_ context.Context, name string, content *os.File) error {
	at, err := content.Stat()
	if err != nil {
		return err
	}
	short, long := md5.New(), sha256.New()
	if _, err := io.Copy(io.MultiWriter(short, long), io.NewSectionReader(content, 0, at.Size())); err != nil {
		return err
	}
	return b.send(b.c.Prefix+name, io.NewSectionReader(content, 0, at.Size()), short.Sum(nil), long.Sum(nil))
}

// Fetch copies a named object to a writer.
func (b *Bucket) Fetch(_ context.Context, name string, to io.Writer) error {
	o := &object{b: b, key: b.c.Prefix + name}
	if err := o.from(0); err != nil {
		return err
	}
	_, err := io.Copy(to, io.NewSectionReader(o, 0, o.Size()))
	return errors.Join(err, o.Close())
}

// Names is every named object whose name begins so, in order.
func (b *Bucket) Names(ctx context.Context, under string) (out []string, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // which ends the listing when an error does
	for o := range b.core.Client.ListObjects(ctx, b.c.Bucket, minio.ListObjectsOptions{Prefix: b.c.Prefix + under, Recursive: true}) {
		if o.Err != nil {
			return nil, said(o.Err)
		}
		out = append(out, o.Key[len(b.c.Prefix):])
	}
	slices.Sort(out)
	return out, ctx.Err()
}

// Discard removes a named object.
func (b *Bucket) Discard(_ context.Context, name string) error { return b.drop(b.c.Prefix + name) }
