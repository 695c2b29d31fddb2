package files

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"hefa/internal/fault"
)

// elsewhere is the name of the file that says in which object store the contents are, so that no command takes the folder for all there is.
const elsewhere = "elsewhere"

// Where is the name of the object store that holds an installation's contents, "" for the folder root itself.
func Where(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, elsewhere))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(text)), err
}

// Stand opens the cabinet in the object store, or with nil in the folder. Where the contents are somewhere else it is refused; an installation without any
// begins where it is told to. While the process runs the files are not moved elsewhere.
func Stand(root string, b *Bucket, keys Keys) (*Cabinet, error) {
	held, err := hold(root)
	if err != nil {
		return nil, err
	}
	c, err := stand(root, b, keys)
	if err != nil {
		return nil, errors.Join(err, syscall.Close(held))
	}
	c.held = held
	return c, nil
}

func stand(root string, b *Bucket, keys Keys) (*Cabinet, error) {
	is, err := Where(root)
	if err != nil {
		return nil, err
	}
	if b == nil {
		if is != "" {
			return nil, fault.New(fault.Refused, "files.elsewhere", is)
		}
		return Open(root, keys)
	}
	if is == "" {
		any := errors.New("there is a content")
		err := folder{root}.each(context.Background(), func(string) error { return any })
		if errors.Is(err, any) {
			return nil, fault.New(fault.Refused, "files.unmoved", b.Name())
		}
		if err != nil {
			return nil, err
		}
		if err := Settle(root, b); err != nil {
			return nil, err
		}
	} else if is != b.Name() {
		return nil, fault.New(fault.Refused, "files.elsewhere", is)
	}
	return OpenBucket(root, b, keys)
}

// Settle notes that the contents are in the object store from now on, or with nil in the folder.
func Settle(root string, b *Bucket) error {
	name := filepath.Join(root, elsewhere)
	if b == nil {
		if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(root, elsewhere+".*")
	if err != nil {
		return err
	}
	defer drop(tmp)
	_, err = tmp.WriteString(b.Name() + "\n")
	if err = errors.Join(err, tmp.Sync()); err != nil {
		return err
	}
	return errors.Join(os.Rename(tmp.Name(), name), syncFolder(root))
}
