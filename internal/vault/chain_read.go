package vault

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"hefa/internal/key"
)

// reader reads the pieces of one chain.
type reader struct {
	depot   Depot
	scratch string
	chain   string
	with    Cover
}

func (y Yard) open(ctx context.Context, chain string) (*reader, error) {
	var text bytes.Buffer
	name := chains + chain + chainKey
	if err := y.Depot.Fetch(ctx, name, &text); err != nil {
		return nil, gone(name, err)
	}
	var k key.Key
	if err := json.Unmarshal(text.Bytes(), &k); err != nil {
		return nil, damaged(name, err)
	}
	with, err := y.Uncover(k)
	return &reader{y.Depot, y.Scratch, chain, with}, err
}

// gone names a piece that is not there; that a depot does not answer says so itself.
func gone(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return damaged(name, err)
	}
	return err
}

// head is how far the chain goes; one that never said goes nowhere.
func (r *reader) head(ctx context.Context) (h Head, err error) {
	var text bytes.Buffer
	name := chains + r.chain + chainHead
	if err := r.depot.Fetch(ctx, name, &text); errors.Is(err, fs.ErrNotExist) {
		return h, nil
	} else if err != nil {
		return h, err
	}
	if err := json.Unmarshal(text.Bytes(), &h); err != nil || h.MAC != r.with.MAC(h.text()) {
		return h, damaged(name, err)
	}
	return h, nil
}

// read fetches a piece, proves that it is the one that its name says, and hands over its pages; sum is the hash of its sealed bytes. What is damaged is
// named.
func (r *reader) read(ctx context.Context, p piece, put func(l Link, no uint32, page []byte) error) (l Link, sum string, err error) {
	tmp, err := os.CreateTemp(r.scratch, "piece-*")
	if err != nil {
		return l, "", err
	}
	defer os.Remove(tmp.Name()) // it was only read
	defer tmp.Close()
	hash, size := sha256.New(), &counter{}
	if err := r.depot.Fetch(ctx, p.name, io.MultiWriter(tmp, hash, size)); err != nil {
		return l, "", gone(p.name, err)
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	clear, err := r.with.Unseal(tmp, size.n)
	if err != nil {
		return l, sum, damaged(p.name, err)
	}
	in := bufio.NewReaderSize(flate.NewReader(bufio.NewReaderSize(clear, 1<<16)), 1<<16)
	if l, err = readLink(in); err != nil {
		return l, sum, damaged(p.name, err)
	}
	if l.Chain != p.chain || l.Number != p.number || !l.At.Equal(p.at) || p.base != (l.Size == 0) {
		return l, sum, damaged(p.name, errors.New("it says that it is another one"))
	}
	if put == nil {
		return l, sum, nil
	}
	return l, sum, readPages(in, p, l, put)
}

// mostLink is how long a link may be said to be before it is taken for damage.
const mostLink = 1 << 16

func readLink(in *bufio.Reader) (l Link, err error) {
	n, err := binary.ReadUvarint(in)
	if err != nil || n > mostLink {
		return l, noEnd(errors.Join(err, fmt.Errorf("a link of %d bytes", n)))
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(in, text); err != nil {
		return l, noEnd(err)
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return l, err
	}
	if l.Page < 512 || l.Page > 1<<16 {
		return l, fmt.Errorf("pages of %d bytes", l.Page)
	}
	return l, nil
}

func readPages(in *bufio.Reader, p piece, l Link, put func(l Link, no uint32, page []byte) error) error {
	page := make([]byte, l.Page)
	for {
		no, err := binary.ReadUvarint(in)
		if err != nil || no > 1<<32-2 {
			return damaged(p.name, noEnd(err))
		}
		if no == 0 {
			if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
				return damaged(p.name, errors.New("something follows its end"))
			}
			return nil
		}
		if _, err := io.ReadFull(in, page); err != nil {
			return damaged(p.name, noEnd(err))
		}
		if err := put(l, uint32(no), page); err != nil {
			return err
		}
	}
}

// Resume is the newest chain with the link of its last piece, to be gone on with; nil when the depot holds none.
func (y Yard) Resume(ctx context.Context) (*Chain, Link, error) {
	all, err := piecesOf(ctx, y.Depot, chains)
	if err != nil || len(all) == 0 {
		return nil, Link{}, err
	}
	last := all[len(all)-1]
	var based time.Time
	for _, p := range all {
		if p.chain != last.chain {
			continue
		}
		if p.base {
			based = p.at
		} else if p.number >= last.number { // which is smaller than a base behind it
			last = p
		}
	}
	if based.IsZero() { // without a base nothing can be restored from it
		return nil, Link{}, nil
	}
	r, err := y.open(ctx, last.chain)
	if err != nil {
		return nil, Link{}, err
	}
	l, sum, err := r.read(ctx, last, nil)
	if err != nil {
		return nil, Link{}, err
	}
	if last.base {
		sum = l.Before
	}
	if h, err := r.head(ctx); err == nil && h.Number == l.Number && !h.Seen.IsZero() {
		l.Seen = h.Seen // nothing came until then, and the clock may have gone back
	}
	return &Chain{Name: last.chain, Based: based, depot: y.Depot, scratch: y.Scratch, with: r.with, number: l.Number, sum: sum}, l, nil
}
