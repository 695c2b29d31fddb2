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

// sealClear seals what an older version left clear, once; it may be cut off and begun again.
func (f *Folder) sealClear() error {
	mark := filepath.Join(f.root, doneMark)
	if _, err := os.Stat(mark); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := f.each(context.Background(), func(key string) bool { return key == "" }, nil); err != nil {
		return fmt.Errorf("sealing the files: %w", err)
	}
	return os.WriteFile(mark, nil, 0o600)
}

// Reseal seals anew, with the current key, every file that another key sealed, and answers how many; told hears of each hundred.
func (f *Folder) Reseal(ctx context.Context, told func(done int)) (int, error) {
	current := f.keys.Current()
	return f.each(ctx, func(key string) bool { return key != current }, told)
}

// each rewrites every kept file whose key wanted answers for; the key of a clear file is "".
func (f *Folder) each(ctx context.Context, wanted func(key string) bool, told func(done int)) (int, error) {
	names, err := filepath.Glob(filepath.Join(f.root, "??", "*"))
	if err != nil {
		return 0, err
	}
	done := 0
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		key, err := keyOf(name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !wanted(key) {
			continue
		}
		if err == nil {
			err = f.rewrite(name, key == "")
		}
		if err != nil {
			return done, fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		if done++; told != nil && done%100 == 0 {
			told(done)
		}
	}
	return done, nil
}

// keyOf is the id of the key that a kept file was sealed with, "" for a clear one.
func keyOf(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close() // it was only read
	start := make([]byte, len(mark)+8)
	n, err := io.ReadFull(file, start)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return "", err
	}
	if n < len(start) || string(start[:len(mark)]) != mark {
		return "", nil
	}
	return string(start[len(mark):]), nil
}

// rewrite puts the content, sealed with the current key, in its own place; a reader that has the old one open reads on.
func (f *Folder) rewrite(name string, clear bool) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close() // it was only read
	var from io.Reader = file
	if !clear {
		if from, err = open(file, f.keys); err != nil {
			return err
		}
	}
	tmp, err := os.CreateTemp(filepath.Join(f.root, "new"), "*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing to remove
	kept, err := f.fill(tmp, from)
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if kept.Hash != filepath.Base(name) {
		return errors.New("the content does not fit its name; the file is damaged")
	}
	if err := os.Rename(tmp.Name(), name); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(name))
}
