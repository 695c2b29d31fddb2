// Package ledger is the audit as a log that nobody changes unseen: its lines are the leaves of a Merkle tree (RFC 6962, with SM3 for SHA-256), whose
// heads are signed. Who holds a head can tell later whether a line was changed, removed, inserted or moved before it.
package ledger

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
)

// Sum is a hash of 32 bytes: SM3 (GB/T 32905) or SHA-256.
type Sum func(data []byte) []byte

// HashLeaf is the hash of a line (RFC 6962 §2.1).
func (s Sum) HashLeaf(line []byte) []byte { return s(append([]byte{0}, line...)) }

// HashChildren is the hash of an inner node.
func (s Sum) HashChildren(l, r []byte) []byte {
	return s(append(append(append(make([]byte, 0, 1+len(l)+len(r)), 1), l...), r...))
}

// EmptyRoot is the root of a tree without lines.
func (s Sum) EmptyRoot() []byte { return s(nil) }

// Size is the length of a hash in bytes.
func (s Sum) Size() int { return len(s(nil)) }

// Encode is the parts of a line as bytes, each behind its length, so that no two lines encode alike.
func Encode(parts ...string) []byte {
	var out []byte
	for _, p := range parts {
		out = append(binary.AppendUvarint(out, uint64(len(p))), p...)
	}
	return out
}

// Decode is the parts of a line as Encode made it.
func Decode(line []byte) ([]string, error) {
	var out []string
	for len(line) > 0 {
		n, size := binary.Uvarint(line)
		if size <= 0 || n > uint64(len(line)-size) {
			return nil, fmt.Errorf("part %d of a line has no such length", len(out))
		}
		out, line = append(out, string(line[size:size+int(n)])), line[size+int(n):]
	}
	return out, nil
}

// Tree grows by a line at a time. It keeps its right edge only, some 20 hashes for a million lines.
type Tree struct {
	sum Sum
	r   *compact.Range
}

// Grow is the tree that has so many lines and that edge; none for an empty one.
func Grow(sum Sum, size int64, edge [][]byte) (*Tree, error) {
	f := compact.RangeFactory{Hash: sum.HashChildren}
	r, err := f.NewRange(0, uint64(size), edge)
	if err != nil {
		return nil, fmt.Errorf("a tree of %d lines with an edge of %d hashes: %w", size, len(edge), err)
	}
	return &Tree{sum, r}, nil
}

// Append adds a line.
func (t *Tree) Append(line []byte) error { return t.r.Append(t.sum.HashLeaf(line), nil) }

// Size is how many lines the tree has.
func (t *Tree) Size() int64 { return int64(t.r.End()) }

// Edge is what Grow needs.
func (t *Tree) Edge() [][]byte { return t.r.Hashes() }

// Root is the hash over all lines.
func (t *Tree) Root() ([]byte, error) {
	if t.r.End() == 0 {
		return t.sum.EmptyRoot(), nil
	}
	return t.r.GetRootHash(nil)
}

// Head says what the tree of a county was at an instant, signed.
type Head struct {
	County    string    `json:"county"` // "" for what belongs to no county
	Size      int64     `json:"size"`   // lines
	Root      []byte    `json:"root"`
	At        time.Time `json:"at"`
	Suite     string    `json:"suite"` // of the hash and of the signature
	Key       string    `json:"key"`   // id of the signing key
	Signature []byte    `json:"signature"`
}

// Message is what is signed of a head.
func (h Head) Message() []byte {
	return []byte("hefa audit head 1\n" + h.County + "\n" + strconv.FormatInt(h.Size, 10) + "\n" + base64.StdEncoding.EncodeToString(h.Root) + "\n" +
		strconv.FormatInt(h.At.UnixMicro(), 10) + "\n" + h.Suite + "\n" + h.Key + "\n")
}

// Proof shows that a line stands in a tree without showing the others.
type Proof struct {
	Leaf int64    `json:"leaf"` // place of the line, from 0
	Line []byte   `json:"line"` // as Encode made it
	Path [][]byte `json:"path"`
	Head Head     `json:"head"`
}

// Check says with nil that the line stands at its place under the head's root; the head's signature is another matter.
func (p Proof) Check(sum Sum) error {
	if p.Leaf < 0 || p.Head.Size < 0 {
		return fmt.Errorf("line %d of %d", p.Leaf, p.Head.Size)
	}
	return proof.VerifyInclusion(sum, uint64(p.Leaf), uint64(p.Head.Size), sum.HashLeaf(p.Line), p.Path, p.Head.Root)
}
