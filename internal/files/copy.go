package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"hefa/internal/fault"
)

// Copied is what came of copying one cabinet into another.
type Copied struct {
	There   int      // contents that lay there already
	New     int      // contents that were copied, each read back
	Damaged []string // hashes of contents that are not what their names say, and were not copied
}

// CopyTo copies every content that the other cabinet does not hold, and reads each back there. It may be cut off and begun again, and takes nothing away;
// told hears of each hundred.
func (c *Cabinet) CopyTo(ctx context.Context, to *Cabinet, told func(Copied)) (n Copied, err error) {
	err = c.at.each(ctx, func(hash string) error {
		if !named(hash) {
			return nil // it never was a content
		}
		there, err := to.Has(hash)
		if err != nil {
			return err
		}
		if there {
			n.There++
			return nil
		}
		switch err := c.copy(hash, to); {
		case errors.Is(err, fs.ErrNotExist):
			return nil // it was taken away meanwhile
		case fault.Of(err) == fault.Refused:
			n.Damaged = append(n.Damaged, hash)
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", hash, err)
		}
		if n.New++; told != nil && n.New%100 == 0 {
			told(n)
		}
		return nil
	})
	return n, err
}

// copy copies one content as it lies; what does not read back is taken away again.
func (c *Cabinet) copy(hash string, to *Cabinet) error {
	from, err := c.Sealed(hash)
	if err != nil {
		return err
	}
	if err := errors.Join(to.PutSealed(hash, from), from.Close()); err != nil {
		return err
	}
	err = to.Check(hash)
	if fault.Of(err) == fault.Refused {
		err = errors.Join(err, to.Remove(hash))
	}
	return err
}
