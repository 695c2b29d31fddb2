package files

import (
	"context"
	"io"
	"os"
	"time"
)

// place is where sealed contents lie under their hashes: whole or not at all. What is not there is fs.ErrNotExist; a place that does not answer is
// fault.Away.
type place interface {
	// put gives what lies whole and synced in tmp its place, over whatever lies there.
	put(tmp *os.File, hash string) error
	open(hash string) (sealed, error)
	// start is the first bytes of what lies there, fewer than n when it is shorter.
	start(hash string, n int64) ([]byte, error)
	written(hash string) (time.Time, error)
	// remove is no error when nothing lies there.
	remove(hash string) error
	// each hands over every name, in order.
	each(ctx context.Context, fn func(hash string) error) error
}

// sealed is what lies in a place; one goroutine reads it at a time.
type sealed interface {
	io.ReaderAt
	io.Closer
	Size() int64 // bytes, as they lie there
}
