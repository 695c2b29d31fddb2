package vault

import (
	"bufio"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"hefa/internal/key"
)

// A chain is what became of a database page by page, second by second. Its pieces are segments, numbered from 1, each with the pages that changed since
// the one before and with that one's hash, and bases, each with every page as it was behind a segment. All lie in a depot below chains/NAME/: key.json,
// head.json, and in a folder an hour s-NUMBER-INSTANT and b-NUMBER-INSTANT.
const (
	chains    = "chains/"
	chainKey  = "/key.json"
	chainHead = "/head.json"
	hourOf    = "20060102T15"
	instant   = "20060102T150405.000000Z"
)

// Link is what a piece of a chain says of itself.
type Link struct {
	Chain  string          `json:"chain"`
	Number int64           `json:"number"` // the segment's; the base's is that of the segment behind which it stands
	Before string          `json:"before"` // SHA-256 of the sealed segment before; for a base of the one behind which it stands
	From   time.Time       `json:"from"`   // what was committed before is in the pieces before
	Seen   time.Time       `json:"seen"`   // what was committed before is in this piece or one before
	At     time.Time       `json:"at"`     // what was committed after is not in it
	Page   int64           `json:"page"`   // bytes of a page
	Size   int64           `json:"size"`   // pages of the database, 0 in a base, which has them all
	Place  json.RawMessage `json:"place"`  // of the database's log, for whoever goes on
}

// Head says how far a chain goes; it is written anew every few seconds.
type Head struct {
	Number int64     `json:"number"`
	Sum    string    `json:"sum"`  // SHA-256 of the last sealed segment
	Seen   time.Time `json:"seen"` // nothing was committed before that the chain does not hold
	MAC    string    `json:"mac"`
}

func (h Head) text() []byte {
	return fmt.Appendf(nil, "head %d %s %s", h.Number, h.Sum, h.Seen.UTC().Format(instant))
}

// Pages gives a piece its pages, each with its number.
type Pages func(put func(no uint32, page []byte) error) error

// Chain is a chain that is being written; one goroutine adds segments, another one may add a base meanwhile.
type Chain struct {
	Name    string
	Based   time.Time // when its newest base was as it was gone on with, zero for none
	depot   Depot
	scratch string // folder of what is on its way
	with    Cover
	number  int64
	sum     string
}

// Yard is where chains lie, and what is needed to read and write them.
type Yard struct {
	Depot   Depot
	Scratch string // folder of what is on its way
	Uncover func(key.Key) (Cover, error)
}

// Begin begins a chain at an instant, under a key that can be uncovered.
func (y Yard) Begin(ctx context.Context, at time.Time, k key.Key) (*Chain, error) {
	with, err := y.Uncover(k)
	if err != nil {
		return nil, err
	}
	name, err := y.nextName(ctx, at)
	if err != nil {
		return nil, err
	}
	c := &Chain{Name: name, depot: y.Depot, scratch: y.Scratch, with: with}
	text, err := json.Marshal(k)
	if err != nil {
		return nil, err
	}
	return c, c.put(ctx, chains+c.Name+chainKey, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// Stand is the number and the hash of the last segment, behind which a base stands that is begun now.
func (c *Chain) Stand() (number int64, sum string) { return c.number, c.sum }

// Add adds a segment, and is the sealed bytes that it takes.
func (c *Chain) Add(ctx context.Context, l Link, pages Pages) (int64, error) {
	l.Chain, l.Number, l.Before = c.Name, c.number+1, c.sum
	sum, size, err := c.piece(ctx, "s", l, pages)
	if err == nil {
		c.number, c.sum = l.Number, sum
	}
	return size, err
}

// AddBase adds a base; the link says behind which segment.
func (c *Chain) AddBase(ctx context.Context, l Link, pages Pages) (int64, error) {
	l.Chain = c.Name
	_, size, err := c.piece(ctx, "b", l, pages)
	return size, err
}

// Pulse writes how far the chain goes.
func (c *Chain) Pulse(ctx context.Context, seen time.Time) error {
	h := Head{Number: c.number, Sum: c.sum, Seen: seen.UTC().Truncate(time.Microsecond)}
	h.MAC = c.with.MAC(h.text())
	return c.put(ctx, chains+c.Name+chainHead, func(w io.Writer) error { return json.NewEncoder(w).Encode(h) })
}

func (c *Chain) piece(ctx context.Context, kind string, l Link, pages Pages) (sum string, size int64, err error) {
	at := l.At.UTC()
	name := fmt.Sprintf("%s%s/%s/%s-%012d-%s", chains, c.Name, at.Format(hourOf), kind, l.Number, at.Format(instant))
	hash, count := sha256.New(), &counter{}
	err = c.put(ctx, name, func(w io.Writer) error {
		return writePiece(io.MultiWriter(w, hash, count), c.with, l, pages)
	})
	return hex.EncodeToString(hash.Sum(nil)), count.n, err
}

// put writes a piece beside the data and then hands it to the depot.
func (c *Chain) put(ctx context.Context, name string, fill func(io.Writer) error) error {
	tmp, err := os.CreateTemp(c.scratch, "chain-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // the depot has it, or has not
	out := bufio.NewWriterSize(tmp, 1<<16)
	err = errors.Join(fill(out), out.Flush())
	if err == nil {
		err = c.depot.Store(ctx, name, tmp)
	}
	return errors.Join(err, tmp.Close())
}

// writePiece writes the link and the pages, packed and sealed. Each page follows its number; nought is the end.
func writePiece(w io.Writer, with Cover, l Link, pages Pages) error {
	sealing, err := with.Seal(w)
	if err != nil {
		return err
	}
	pack, err := flate.NewWriter(sealing, flate.BestSpeed)
	if err != nil {
		return err
	}
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(pack, 1<<16)
	_, err = out.Write(append(binary.AppendUvarint(nil, uint64(len(text))), text...))
	if err != nil {
		return err
	}
	var head [binary.MaxVarintLen32]byte
	err = pages(func(no uint32, page []byte) error {
		if int64(len(page)) != l.Page || no == 0 {
			return fmt.Errorf("page %d has %d bytes", no, len(page))
		}
		_, err := out.Write(head[:binary.PutUvarint(head[:], uint64(no))])
		if err == nil {
			_, err = out.Write(page)
		}
		return err
	})
	if err == nil {
		err = out.WriteByte(0)
	}
	return errors.Join(err, out.Flush(), pack.Close(), sealing.Close())
}

// piece is the name of one piece taken apart.
type piece struct {
	name   string
	chain  string
	base   bool
	number int64
	at     time.Time
}

// pieceOf takes a name apart; ok is false for what is no piece.
func pieceOf(name string) (p piece, ok bool) {
	part := strings.Split(name, "/")
	if len(part) != 4 || part[0]+"/" != chains {
		return p, false
	}
	word := strings.Split(part[3], "-")
	if len(word) != 3 || word[0] != "s" && word[0] != "b" {
		return p, false
	}
	n, wrong := strconv.ParseInt(word[1], 10, 64)
	at, late := time.Parse(instant, word[2])
	return piece{name, part[1], word[0] == "b", n, at}, wrong == nil && late == nil
}

// piecesOf is every piece below a name, those of a chain one after another, by number, a base behind its segment.
func piecesOf(ctx context.Context, d Depot, under string) (out []piece, err error) {
	names, err := d.Names(ctx, under)
	for _, name := range names {
		if p, ok := pieceOf(name); ok {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b piece) int {
		switch {
		case a.chain != b.chain:
			return compareChains(a.chain, b.chain)
		case a.number != b.number:
			return int(a.number - b.number)
		case a.base == b.base:
			return a.at.Compare(b.at)
		case b.base:
			return -1
		}
		return 1
	})
	return out, err
}
