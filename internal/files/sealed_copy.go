package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"hefa/internal/fault"
)

// Each hands the hash of every kept content to fn, in order.
func (c *Cabinet) Each(ctx context.Context, fn func(hash string) error) error {
	return c.at.each(ctx, fn)
}

// Weight is how many bytes all kept contents have as they lie in their place.
func (c *Cabinet) Weight(ctx context.Context) (n uint64, err error) {
	err = c.Each(ctx, func(hash string) error {
		file, err := c.at.open(hash)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it was removed just now
		}
		if err != nil {
			return err
		}
		n += uint64(file.Size())
		return file.Close()
	})
	return n, err
}

// Sealed gives a kept content as it lies in its place, for a backup.
func (c *Cabinet) Sealed(hash string) (io.ReadCloser, error) {
	if !named(hash) {
		return nil, fs.ErrNotExist
	}
	file, err := c.at.open(hash)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(file, 0, file.Size()), file}, nil
}

// PutSealed keeps what Sealed gave, which must be the content with the hash; it is not opened, because the keys may come later.
func (c *Cabinet) PutSealed(hash string, r io.Reader) error {
	tmp, err := c.draft()
	if err != nil {
		return err
	}
	defer drop(tmp)
	_, err = io.Copy(tmp, r)
	if err = errors.Join(err, tmp.Sync()); err != nil {
		return fmt.Errorf("keeping a file: %w", err)
	}
	if err := c.at.put(tmp, hash); err != nil {
		return fmt.Errorf("keeping a file: %w", err)
	}
	return nil
}

// Check reads a kept content to its end and refuses it when it is damaged or is not the one that its name says; also hears
// what is read, so that other hashes are taken on the way. A content that its disk does not give back is refused as damaged, so that a sector that fails
// is named and what lies elsewhere is read on.
func (c *Cabinet) Check(hash string, also ...io.Writer) error {
	content, err := c.Open(hash)
	if err == nil {
		err = errors.Join(same(content, hash, also...), content.Close())
	}
	if f, ok := errors.AsType[*fault.Fault](err); ok && f.Key == "files.broken" {
		return fault.New(fault.Refused, "files.damaged").Because(err)
	}
	return err
}

// Prove reads sealed bytes that lie elsewhere to their end and refuses them when they are damaged or are not the content with the hash.
func (c *Cabinet) Prove(hash string, r io.ReaderAt, size int64) error {
	content, err := Unseal(r, size, c.keys)
	if err != nil {
		return err
	}
	return same(content, hash)
}

// same reads a content to its end and refuses it when it is damaged or is not the one that the hash says.
func same(content io.Reader, hash string, also ...io.Writer) error {
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(append(also, sum)...), content); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return fault.New(fault.Refused, "files.damaged")
	}
	return nil
}

// Has says whether a content is kept.
func (c *Cabinet) Has(hash string) (bool, error) {
	if !named(hash) {
		return false, nil
	}
	_, err := c.at.written(hash)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
