package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// doneMark is the name of the file that says that nothing clear lies in the folder any more.
const doneMark = "sealed"

// sealClear seals what an older version left clear in a folder, once; it may be cut off and begun again.
func (c *Cabinet) sealClear(root string) error {
	mark := filepath.Join(root, doneMark)
	if _, err := os.Stat(mark); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := c.rewriteEach(context.Background(), func(key string) bool { return key == "" }, nil); err != nil {
		return fmt.Errorf("sealing the files: %w", err)
	}
	return os.WriteFile(mark, nil, 0o600)
}

// Reseal seals anew, with the current key, every file that another key sealed, and answers how many; told hears of each hundred.
func (c *Cabinet) Reseal(ctx context.Context, told func(done int)) (int, error) {
	current := c.keys.Current()
	return c.rewriteEach(ctx, func(key string) bool { return key != current }, told)
}

// rewriteEach rewrites every kept file whose key wanted answers for; the key of a clear file is "".
func (c *Cabinet) rewriteEach(ctx context.Context, wanted func(key string) bool, told func(done int)) (int, error) {
	done := 0
	err := c.at.each(ctx, func(hash string) error {
		if !named(hash) {
			return nil // it never was a content
		}
		key, err := c.keyOf(hash)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !wanted(key) {
			return nil
		}
		if err == nil {
			err = c.rewrite(hash, key == "")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", hash, err)
		}
		if done++; told != nil && done%100 == 0 {
			told(done)
		}
		return nil
	})
	return done, err
}

// keyOf is the id of the key that a kept file was sealed with, "" for a clear one.
func (c *Cabinet) keyOf(hash string) (string, error) {
	const n = len(mark) + 8
	start, err := c.at.start(hash, int64(n))
	if err != nil || len(start) < n || string(start[:len(mark)]) != mark {
		return "", err
	}
	return string(start[len(mark):]), nil
}

// rewrite puts the content, sealed with the current key, in its own place; a reader that has the old one open reads on.
func (c *Cabinet) rewrite(hash string, clear bool) error {
	file, err := c.at.open(hash)
	if err != nil {
		return err
	}
	defer file.Close() // it was only read
	from := io.Reader(io.NewSectionReader(file, 0, file.Size()))
	if !clear {
		if from, err = Unseal(file, file.Size(), c.keys); err != nil {
			return err
		}
	}
	tmp, err := c.draft()
	if err != nil {
		return err
	}
	defer drop(tmp)
	kept, err := c.fill(tmp, from)
	if err != nil {
		return err
	}
	if kept.Hash != hash {
		return errors.New("the content does not fit its name; the file is damaged")
	}
	return c.settle(tmp, hash)
}
