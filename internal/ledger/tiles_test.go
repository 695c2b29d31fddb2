package ledger_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/ledger"
)

// shelf keeps tiles and counts what is read.
type shelf struct {
	tiles       map[ledger.TileID][][]byte
	size        int64
	rows, lines int
}

func text(i int64) []byte { return ledger.Encode("line", fmt.Sprint(i)) }

func (s *shelf) keep(id ledger.TileID, hashes [][]byte) error {
	s.tiles[id] = append([][]byte{}, hashes...)
	return nil
}

// grow tiles the lines in portions, each as after a restart.
func (s *shelf) grow(t *rapid.T, sum ledger.Sum, portion int64) {
	for from := int64(0); from+ledger.TileWidth <= s.size; {
		var open [][][]byte
		for level, n := 1, from/ledger.TileWidth; n > 0; level, n = level+1, n/ledger.TileWidth {
			id := ledger.TileID{Level: level, Place: n / ledger.TileWidth}
			var hashes [][]byte
			if id.Width(from) > 0 {
				hashes = s.tiles[id]
			}
			if len(hashes) != id.Width(from) {
				t.Fatalf("tile %v holds %d hashes of %d", id, len(hashes), id.Width(from))
			}
			open = append(open, hashes)
		}
		tiler := ledger.NewTiler(sum, from, open, s.keep)
		until := min(from+portion*ledger.TileWidth, s.size/ledger.TileWidth*ledger.TileWidth)
		for ; from < until; from++ {
			if err := tiler.Add(text(from)); err != nil {
				t.Fatal(err)
			}
		}
		_ = tiler.Open(s.keep)
	}
}

func (s *shelf) read(sum ledger.Sum) *ledger.Tiles {
	return &ledger.Tiles{Sum: sum, Size: s.size,
		Tile: func(id ledger.TileID) ([][]byte, error) { s.rows++; return s.tiles[id], nil },
		Lines: func(from, to int64) (out [][]byte, err error) {
			for i := from; i < to; i++ {
				s.lines++
				out = append(out, text(i))
			}
			return out, nil
		}}
}

// Every proof from tiles is the one from a pass over all lines, and reads a tile a level and fewer lines than one tile holds.
func TestAProofFromTilesIsThatFromAllLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int64{1, 255, 256, 257, 511, 512, 65535, 65536, 65537, 66000, 70000}).Draw(t, "size")
		s := &shelf{tiles: map[ledger.TileID][][]byte{}, size: size}
		s.grow(t, sha, rapid.Int64Range(1, 300).Draw(t, "portion"))
		tree, _ := ledger.Grow(sha, 0, nil)
		for i := range size {
			_ = tree.Append(text(i))
		}
		root, _ := tree.Root()
		leaf, head := rapid.Int64Range(0, size-1).Draw(t, "leaf"), ledger.Head{Size: size, Root: root}
		p, err := s.read(sha).Prove(leaf, head)
		if err != nil || !bytes.Equal(p.Line, text(leaf)) || p.Check(sha) != nil {
			t.Fatalf("%d of %d is not proved: %v", leaf, size, err)
		}
		if s.rows > 8 || s.lines > ledger.TileWidth {
			t.Errorf("%d tiles and %d lines were read for line %d of %d", s.rows, s.lines, leaf, size)
		}
		if len(s.tiles) == 0 {
			return
		}
		lost := ledger.TileID{Level: rapid.IntRange(0, 1).Draw(t, "level")} // what is not kept is computed
		delete(s.tiles, lost)
		if again, err := s.read(sha).Prove(leaf, head); err != nil || again.Check(sha) != nil {
			t.Errorf("without tile %v: %v", lost, err)
		}
		bad := ledger.TileID{Level: 0, Place: 0}
		s.tiles[bad] = nil
		for range ledger.TileWidth {
			s.tiles[bad] = append(s.tiles[bad], sha([]byte("forged")))
		}
		if p, err := s.read(sha).Prove(0, head); !errors.Is(err, ledger.ErrAstray) || p.Path != nil {
			t.Errorf("a forged tile gives a proof: %v", err)
		}
	})
}
