package files

import (
	"errors"
	"io"
	"net/http"
)

// Show opens a content with its type as its bytes show it, for a record that keeps no type. The content is to be closed.
func (c *Cabinet) Show(hash string) (kind string, content io.ReadSeekCloser, err error) {
	f, err := c.Open(hash)
	if err != nil {
		return "", nil, err
	}
	first := make([]byte, 512) // more http.DetectContentType does not look at
	n, err := io.ReadFull(f, first)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return "", nil, errors.Join(err, f.Close())
	}
	return http.DetectContentType(first[:n]), f, nil
}
