package sheet

import (
	"errors"
	"io"

	"hefa/internal/fault"
)

// Bounds on what one file may make us read. A list of 100,000 lines and thirty columns, as wordy as LibreOffice writes it, unpacks to 110 MB.
const (
	maxPart    = 1 << 30   // bytes of one part, unpacked
	maxShared  = 192 << 20 // bytes of the shared texts, which are held in memory
	maxSmall   = 16 << 20  // bytes of a part that only describes others
	maxRatio   = 250       // unpacked to packed, beyond easyBytes; verbose rows reach about 60
	easyBytes  = 24 << 20
	maxParts   = 10_000
	maxSheets  = 512
	maxRows    = 1_048_576 // the format's own
	maxColumns = 256       // columns further right are not looked at
	maxText    = 32_767    // characters in one cell, the format's own
	maxToken   = 4 << 20   // bytes of one tag or one text
	maxMerges  = 200_000
)

var errHuge = errors.New("the file unpacks beyond the bounds")

// bound stops a stream that grows beyond its limit or beyond what an honest part can unpack to.
type bound struct {
	r      io.Reader
	packed uint64
	limit  int64
	read   int64
}

func (b *bound) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.read += int64(n)
	if b.read > b.limit || b.read > easyBytes && uint64(b.read) > b.packed*maxRatio {
		return 0, errHuge
	}
	return n, err
}

// spoilt turns an error in the middle of a file into a fault that the clerk can act on.
func spoilt(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, errHuge) {
		return fault.New(fault.Invalid, "sheet.huge").Because(err)
	}
	if fault.Of(err) != "" {
		return err
	}
	return fault.New(fault.Invalid, "sheet.broken").Because(err)
}
