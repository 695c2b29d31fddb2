package files

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"hefa/internal/fault"
)

// hold keeps the folder of an installation's files held while this process works with them, together with whoever else does. It ends with the process,
// however that ends. While the files are being moved it is refused. A file system without locks holds nothing, and nothing can be moved there.
func hold(root string) (held int, err error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return 0, fmt.Errorf("making the folder of files: %w", err)
	}
	held, err = syscall.Open(root, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("holding the folder of files: %w", err)
	}
	if err := syscall.Flock(held, syscall.LOCK_SH|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return 0, errors.Join(fault.New(fault.Refused, "files.moving"), syscall.Close(held))
	}
	return held, nil
}

// Alone holds the files of an installation for this process only, so that they can be moved; it is refused while another works with them.
func (c *Cabinet) Alone() error {
	err := syscall.Flock(c.held, syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return fault.New(fault.Refused, "files.move.used")
	}
	if err != nil {
		return fmt.Errorf("holding the folder of files alone: %w", err)
	}
	return nil
}
