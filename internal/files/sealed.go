package files

import (
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"hefa/internal/fault"
)

// Keys gives what contents are sealed with; seal.Ring is handed in by the program, because rooms of one floor do not use each other.
type Keys interface {
	// FileKey is the cipher of one file: head stands at the file's beginning and says which key; nil asks for a new file's, whose head comes back.
	FileKey(head []byte) (with cipher.AEAD, fresh []byte, err error)
	// Current is the id of the key that seals new files; a head begins with the id of its own.
	Current() string
}

// A kept file is the mark, the head and the pieces. Each is pieceSize clear bytes and a tag, the last one fewer; an empty content is one empty piece.
const (
	mark      = "HEFASEAL1\n"
	headSize  = 24 // key id (8) and salt (16)
	pieceSize = 64 << 10
	tagSize   = 16
	startSize = int64(len(mark) + headSize)
)

// sealing writes a content sealed, piece by piece; nothing clear ever reaches a disk.
type sealing struct {
	to    io.Writer
	with  cipher.AEAD
	piece []byte
	n     uint32
	out   []byte
}

func newSealing(to io.Writer, keys Keys) (*sealing, error) {
	with, head, err := keys.FileKey(nil)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(to, mark+string(head)); err != nil {
		return nil, err
	}
	return &sealing{to: to, with: with, piece: make([]byte, 0, pieceSize)}, nil
}

// Write takes clear bytes. A full piece waits until more comes, because the last one is sealed as such.
func (s *sealing) Write(b []byte) (int, error) {
	took := len(b)
	for len(b) > 0 {
		if len(s.piece) == pieceSize {
			if err := s.flush(false); err != nil {
				return 0, err
			}
		}
		n := min(len(b), pieceSize-len(s.piece))
		s.piece, b = append(s.piece, b[:n]...), b[n:]
	}
	return took, nil
}

// Close writes the last piece.
func (s *sealing) Close() error { return s.flush(true) }

func (s *sealing) flush(last bool) error {
	s.out = s.with.Seal(s.out[:0], nonce(s.n, last), s.piece, nil)
	s.piece, s.n = s.piece[:0], s.n+1
	_, err := s.to.Write(s.out)
	return err
}

// Content is a kept content, opened piece by piece as it is read. One goroutine reads it at a time.
type Content struct {
	file io.ReaderAt
	with cipher.AEAD
	size int64
	at   int64
	n    int64 // the piece in memory, -1 for none
	kept []byte
	text []byte
}

// open checks the file's form and length.
func open(file *os.File, keys Keys) (*Content, error) {
	at, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return Unseal(onDisk{file, at.Size()}, at.Size(), keys)
}

// Seal is a writer whose clear bytes come to w sealed, as a kept file is; Close ends it and leaves w open.
func Seal(w io.Writer, keys Keys) (io.WriteCloser, error) { return newSealing(w, keys) }

// Unseal is the content of size sealed bytes that Seal wrote.
func Unseal(file io.ReaderAt, size int64, keys Keys) (*Content, error) {
	start := make([]byte, startSize)
	if _, err := file.ReadAt(start, 0); fault.Of(err) != "" { // its place is away
		return nil, err
	} else if err != nil || string(start[:len(mark)]) != mark {
		return nil, fault.New(fault.Refused, "files.damaged").Because(errors.Join(errors.New("a file that is not sealed"), err))
	}
	with, _, err := keys.FileKey(start[len(mark):])
	if err != nil {
		return nil, fault.New(fault.Refused, "files.damaged").Because(err)
	}
	body := size - startSize
	pieces := (body + pieceSize + tagSize - 1) / (pieceSize + tagSize)
	clear := body - pieces*tagSize
	if pieces < 1 || clear < 0 || pieces > 1 && clear <= (pieces-1)*pieceSize {
		return nil, fault.New(fault.Refused, "files.damaged").Because(fmt.Errorf("a sealed file of %d bytes", size))
	}
	return &Content{file: file, with: with, size: clear, n: -1}, nil
}

// Size is the bytes of the content.
func (c *Content) Size() int64 { return c.size }

// Close ends the reading.
func (c *Content) Close() error {
	if f, ok := c.file.(io.Closer); ok {
		return f.Close()
	}
	return nil
}

// Read reads on from where the last Read or Seek ended.
func (c *Content) Read(b []byte) (int, error) {
	n, err := c.ReadAt(b, c.at)
	c.at += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// Seek moves the place where Read goes on.
func (c *Content) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.at
	case io.SeekEnd:
		offset += c.size
	}
	if offset < 0 {
		return c.at, errors.New("seeking before the beginning")
	}
	c.at = offset
	return offset, nil
}

// ReadAt fills b from the offset on.
func (c *Content) ReadAt(b []byte, offset int64) (int, error) {
	if offset < 0 {
		return 0, errors.New("reading before the beginning")
	}
	read := 0
	for read < len(b) && offset < c.size {
		if err := c.load(offset / pieceSize); err != nil {
			return read, err
		}
		n := copy(b[read:], c.text[offset%pieceSize:])
		read, offset = read+n, offset+int64(n)
	}
	if read < len(b) {
		if c.size == 0 {
			if err := c.load(0); err != nil {
				return 0, err
			}
		}
		return read, io.EOF
	}
	return read, nil
}

// load opens one piece into memory.
func (c *Content) load(n int64) error {
	if c.n == n {
		return nil
	}
	last := (n+1)*pieceSize >= c.size
	clear := min(pieceSize, c.size-n*pieceSize)
	if c.kept == nil {
		c.kept = make([]byte, min(pieceSize, c.size)+tagSize)
	}
	kept := c.kept[:clear+tagSize]
	if _, err := c.file.ReadAt(kept, startSize+n*(pieceSize+tagSize)); err != nil {
		return err
	}
	c.n = -1
	text, err := c.with.Open(c.text[:0], nonce(uint32(n), last), kept, nil)
	if err != nil {
		return fault.New(fault.Refused, "files.damaged").Because(err)
	}
	c.text, c.n = text, n
	return nil
}

// nonce is a piece's: its number and whether it is the last, so that no piece can be moved, repeated or cut off. Each file has a key of its own.
func nonce(n uint32, last bool) []byte {
	b := make([]byte, 12)
	binary.BigEndian.PutUint32(b[4:], n)
	if last {
		b[11] = 1
	}
	return b
}
