package files

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"hefa/internal/fault"
)

// Bucket is contents in an object store that speaks S3. Each is one object, put whole by one request, so that it is there or is not.
type Bucket struct {
	core  *minio.Core
	c     BucketConfig
	plain bool // what travels there is not encrypted on the way

	Wait time.Duration // how long nothing may move on a line
}

// key is the name of the object: two levels deep, as in a folder.
func (b *Bucket) key(hash string) string { return b.c.Prefix + hash[:2] + "/" + hash }

// put sends the sums of what it sends, so that the store refuses what changed on the way, and reads back what it put.
func (b *Bucket) put(tmp *os.File, hash string) error {
	at, err := tmp.Stat()
	if err != nil {
		return err
	}
	content := io.NewSectionReader(tmp, 0, at.Size())
	short, long := md5.New(), sha256.New()
	if _, err := io.Copy(io.MultiWriter(short, long), content); err != nil {
		return err
	}
	sum := long.Sum(nil)
	if err := b.send(b.key(hash), io.NewSectionReader(tmp, 0, at.Size()), short.Sum(nil), sum); err != nil {
		return err
	}
	file, err := b.open(hash)
	if errors.Is(err, fs.ErrNotExist) { // it said that it had kept it
		return fault.New(fault.Away, "files.away").Because(err)
	}
	if err != nil {
		return err
	}
	back := sha256.New()
	_, err = io.Copy(back, io.NewSectionReader(file, 0, file.Size()))
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if !bytes.Equal(back.Sum(nil), sum) {
		return errors.Join(errors.New("the object store gives back something else than it was given"), b.remove(hash))
	}
	return nil
}

func (b *Bucket) send(key string, content *io.SectionReader, short, long []byte) error {
	_, err := b.core.PutObject(context.Background(), b.c.Bucket, key, content, content.Size(), base64.StdEncoding.EncodeToString(short), hex.EncodeToString(long),
		minio.PutObjectOptions{ContentType: "application/octet-stream"})
	return said(err)
}

func (b *Bucket) open(hash string) (sealed, error) {
	o := &object{b: b, key: b.key(hash)}
	return o, o.from(0)
}

func (b *Bucket) start(hash string, n int64) ([]byte, error) {
	text, _, err := b.first(hash, n)
	return text, err
}

func (b *Bucket) written(hash string) (time.Time, error) {
	_, info, err := b.first(hash, 1)
	return info.LastModified, err
}

// first is the first n bytes of an object with what is known of it. A HEAD would do for the latter, but its answer does not say whether the object is
// missing or the whole bucket.
func (b *Bucket) first(hash string, n int64) ([]byte, minio.ObjectInfo, error) {
	var o minio.GetObjectOptions
	if err := o.SetRange(0, n-1); err != nil {
		return nil, minio.ObjectInfo{}, err
	}
	body, info, _, err := b.core.GetObject(context.Background(), b.c.Bucket, b.key(hash), o)
	if err != nil {
		return nil, info, said(err)
	}
	text, err := io.ReadAll(io.LimitReader(body, n))
	return text, info, said(errors.Join(err, body.Close()))
}

func (b *Bucket) remove(hash string) error { return b.drop(b.key(hash)) }

func (b *Bucket) drop(key string) error {
	err := said(b.core.RemoveObject(context.Background(), b.c.Bucket, key, minio.RemoveObjectOptions{}))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (b *Bucket) each(ctx context.Context, fn func(hash string) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // which ends the listing when fn ends it
	for o := range b.core.Client.ListObjects(ctx, b.c.Bucket, minio.ListObjectsOptions{Prefix: b.c.Prefix, Recursive: true}) {
		if o.Err != nil {
			return said(o.Err)
		}
		dir, name, deep := strings.Cut(strings.TrimPrefix(o.Key, b.c.Prefix), "/")
		if !deep || !strings.HasPrefix(name, dir) || len(dir) != 2 || strings.Contains(name, "/") {
			continue // somebody else's
		}
		if err := fn(name); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// full are the words with which stores say that there is no more room.
var full = []string{"QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage", "InsufficientCapacity", "StorageFull"}

func isFull(answer minio.ErrorResponse) bool {
	return answer.StatusCode == http.StatusInsufficientStorage || slices.Contains(full, answer.Code)
}

// said turns what the object store said into what the rest of the house knows: not there, no room, or away. That it refuses us is for the log and for
// `hefa doctor`; to whoever wants a content it is away.
func said(err error) error {
	answer, ok := errors.AsType[minio.ErrorResponse](err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return err
	case ok && answer.Code == minio.NoSuchKey:
		return fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	case ok && isFull(answer):
		return fault.New(fault.Full, "files.full").Because(err)
	}
	return fault.New(fault.Away, "files.away").Because(err)
}

// object is one object, read on one line as long as it is read in order.
type object struct {
	b    *Bucket
	key  string
	tag  string
	size int64
	line io.ReadCloser
	at   int64 // where the line stands
}

// from begins to read at the offset; an object that was replaced since it was opened is away for this reader.
func (o *object) from(offset int64) error {
	var opts minio.GetObjectOptions
	if offset > 0 {
		if err := errors.Join(opts.SetRange(offset, 0), opts.SetMatchETag(o.tag)); err != nil {
			return err
		}
	}
	body, info, _, err := o.b.core.GetObject(context.Background(), o.b.c.Bucket, o.key, opts)
	if err != nil {
		return said(err)
	}
	if o.tag == "" {
		o.tag, o.size = info.ETag, info.Size
	}
	_ = o.Close() // the line that was read before
	o.line, o.at = body, offset
	return nil
}

// Size is the bytes of the object.
func (o *object) Size() int64 { return o.size }

// Close hangs up.
func (o *object) Close() error {
	if o.line == nil {
		return nil
	}
	err := o.line.Close()
	o.line = nil
	return err
}

// ReadAt reads on when it is asked for what comes next, and begins anew elsewhere; a line that broke is had once more.
func (o *object) ReadAt(p []byte, offset int64) (int, error) {
	most := max(0, min(int64(len(p)), o.size-offset))
	read := 0
	for try := 0; int64(read) < most; try++ {
		here := offset + int64(read)
		if o.line == nil || o.at != here {
			if err := o.from(here); err != nil {
				return read, err
			}
		}
		n, err := io.ReadFull(o.line, p[read:most])
		read, o.at = read+n, o.at+int64(n)
		if err != nil {
			_ = o.Close() // it is broken
			if try > 0 {
				return read, said(err)
			}
		}
	}
	if read < len(p) {
		return read, io.EOF
	}
	return read, nil
}
