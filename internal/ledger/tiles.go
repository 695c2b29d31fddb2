package ledger

import (
	"errors"
	"fmt"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
)

// TileWidth is how many hashes a full tile holds: eight levels of the tree are computed from one, as in the Go checksum database's tlog.
const TileWidth = 256

// ErrAstray is a path that does not lead to the root of its head: a tile or the line is not what was sealed.
var ErrAstray = errors.New("the path does not lead to the head")

// TileID names a tile: at level 0 it holds the hashes of lines, at level n the roots of full tiles of level n-1; Place counts from 0 within the level.
type TileID struct {
	Level int
	Place int64
}

// First is the place of the first line that stands under the tile.
func (id TileID) First() int64 {
	first := id.Place
	for range id.Level + 1 {
		first *= TileWidth
	}
	return first
}

// Width is how many hashes the tile holds in a tree whose first so many lines are tiled; that number is a multiple of TileWidth.
func (id TileID) Width(tiled int64) int {
	for range id.Level {
		tiled /= TileWidth
	}
	return int(max(0, min(TileWidth, tiled-id.Place*TileWidth)))
}

// root is the root of hashes; there is a power of two of them.
func (s Sum) root(hashes [][]byte) []byte {
	for len(hashes) > 1 {
		up := make([][]byte, len(hashes)/2)
		for i := range up {
			up[i] = s.HashChildren(hashes[2*i], hashes[2*i+1])
		}
		hashes = up
	}
	return hashes[0]
}

// Tiler makes the tiles of a tree while its lines go by.
type Tiler struct {
	sum   Sum
	lines int64
	open  [][][]byte // of each level, the hashes that fill no tile yet
	full  func(id TileID, hashes [][]byte) error
}

// NewTiler goes on behind tiled lines, a multiple of TileWidth; open is the tiles of each level from 1 that are not full then. full is shown each tile
// that is.
func NewTiler(sum Sum, tiled int64, open [][][]byte, full func(id TileID, hashes [][]byte) error) *Tiler {
	return &Tiler{sum, tiled, append([][][]byte{nil}, open...), full}
}

// Add takes the next line.
func (t *Tiler) Add(line []byte) error {
	t.lines++
	hash, at := t.sum.HashLeaf(line), t.lines // at counts what the level has
	for level := 0; ; level++ {
		if level == len(t.open) {
			t.open = append(t.open, nil)
		}
		t.open[level] = append(t.open[level], hash)
		if len(t.open[level]) < TileWidth {
			return nil
		}
		at /= TileWidth
		hashes := t.open[level]
		if err := t.full(TileID{level, at - 1}, hashes); err != nil {
			return err
		}
		hash, t.open[level] = t.sum.root(hashes), nil
	}
}

// Open shows the tiles from level 1 up that hold something and are not full.
func (t *Tiler) Open(yield func(id TileID, hashes [][]byte) error) error {
	at := t.lines
	for level, hashes := range t.open {
		at /= TileWidth
		if level > 0 && len(hashes) > 0 {
			if err := yield(TileID{level, at}, hashes); err != nil {
				return err
			}
		}
	}
	return nil
}

// Tiles is where the nodes of a tree are read. What no tile holds is computed from the tiles below, in the end from the lines.
type Tiles struct {
	Sum   Sum
	Size  int64                                  // lines of the tree
	Tile  func(id TileID) ([][]byte, error)      // as far as it is kept, nil for none
	Lines func(from, to int64) ([][]byte, error) // the lines from one place to before another, as Encode made them
	known map[TileID][][]byte
}

// hashes is the hashes of a tile as far as the tree has them.
func (t *Tiles) hashes(id TileID) ([][]byte, error) {
	if got, ok := t.known[id]; ok {
		return got, nil
	}
	got, err := t.Tile(id)
	if err != nil {
		return nil, err
	}
	if want := id.Width(t.Size); len(got) < want {
		if got, err = t.below(id, got, want); err != nil {
			return nil, err
		}
	}
	if t.known == nil {
		t.known = map[TileID][][]byte{}
	}
	t.known[id] = got
	return got, nil
}

// below completes a tile from the level below it.
func (t *Tiles) below(id TileID, got [][]byte, want int) ([][]byte, error) {
	first := id.Place * TileWidth
	if id.Level == 0 {
		lines, err := t.Lines(first, first+int64(want))
		if err == nil && len(lines) != want {
			err = fmt.Errorf("there are %d lines from place %d, not %d", len(lines), first, want)
		}
		got = nil
		for _, l := range lines {
			got = append(got, t.Sum.HashLeaf(l))
		}
		return got, err
	}
	for i := len(got); i < want; i++ {
		under, err := t.hashes(TileID{id.Level - 1, first + int64(i)})
		if err != nil {
			return nil, err
		}
		got = append(got, t.Sum.root(under[:TileWidth]))
	}
	return got, nil
}

// node is the hash of a node whose lines are all there.
func (t *Tiles) node(id compact.NodeID) ([]byte, error) {
	level, up := int(id.Level)/8, id.Level%8 // 2⁸ is TileWidth
	from, n := int64(id.Index)<<up, int64(1)<<up
	hashes, err := t.hashes(TileID{level, from / TileWidth})
	if err != nil {
		return nil, err
	}
	from %= TileWidth
	if from+n > int64(len(hashes)) {
		return nil, fmt.Errorf("the tree of %d lines has no node %v", t.Size, id)
	}
	return t.Sum.root(hashes[from : from+n]), nil
}

// Prove is the path of a line in the tree of head, whose size is that of the tiles. It is not given when it does not lead to the head's root.
func (t *Tiles) Prove(leaf int64, head Head) (p Proof, err error) {
	p = Proof{Leaf: leaf, Head: head}
	if leaf < 0 || leaf >= head.Size || t.Size != head.Size {
		return p, fmt.Errorf("line %d of %d, tiles of %d", leaf, head.Size, t.Size)
	}
	lines, err := t.Lines(leaf, leaf+1)
	if err != nil || len(lines) != 1 {
		return p, fmt.Errorf("there are %d lines at place %d: %w", len(lines), leaf, err)
	}
	wanted, err := proof.Inclusion(uint64(leaf), uint64(head.Size))
	if err != nil {
		return p, err
	}
	hashes := make([][]byte, len(wanted.IDs))
	for i, id := range wanted.IDs {
		if hashes[i], err = t.node(id); err != nil {
			return p, err
		}
	}
	path, err := wanted.Rehash(hashes, t.Sum.HashChildren)
	if err != nil {
		return p, err
	}
	p.Line, p.Path = lines[0], path
	if err := p.Check(t.Sum); err != nil {
		return Proof{Leaf: leaf, Head: head}, fmt.Errorf("%w: line %d: %w", ErrAstray, leaf, err)
	}
	return p, nil
}
