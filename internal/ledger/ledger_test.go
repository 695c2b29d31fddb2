package ledger_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"pgregory.net/rapid"

	"hefa/internal/ledger"
)

func sha(data []byte) []byte { s := sha256.Sum256(data); return s[:] }
func sm(data []byte) []byte  { s := sm3.Sum(data); return s[:] }

// The leaves and roots are the test vectors of Certificate Transparency (RFC 6962) with SHA-256.
func TestTheTreeIsThatOfRFC6962(t *testing.T) {
	t.Parallel()
	leaves := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := []string{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}
	tree, err := ledger.Grow(sha, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range leaves {
		line, _ := hex.DecodeString(l)
		if err := tree.Append(line); err != nil {
			t.Fatal(err)
		}
		root, err := tree.Root()
		if got := hex.EncodeToString(root); err != nil || got != roots[i] {
			t.Errorf("the root of %d leaves is %s, not %s; %v", i+1, got, roots[i], err)
		}
	}
}

func TestNoTwoLinesEncodeAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOfN(rapid.String(), 3, 3).Draw(t, "a"), rapid.SliceOfN(rapid.String(), 3, 3).Draw(t, "b")
		same := a[0] == b[0] && a[1] == b[1] && a[2] == b[2]
		if bytes.Equal(ledger.Encode(a...), ledger.Encode(b...)) != same {
			t.Errorf("%q and %q", a, b)
		}
	})
}

// Every line of every small tree can be proved, and no other line at no other place with that proof.
func TestAProofFitsItsLineAndPlaceOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 70).Draw(t, "size")
		leaf := int64(rapid.IntRange(0, size-1).Draw(t, "leaf"))
		line := func(i int) []byte { return ledger.Encode("line", fmt.Sprint(i)) }
		tree, _ := ledger.Grow(sm, 0, nil)
		for i := range size {
			if i == size/2 { // as after a restart
				tree, _ = ledger.Grow(sm, tree.Size(), tree.Edge())
			}
			if err := tree.Append(line(i)); err != nil {
				t.Fatal(err)
			}
		}
		root, err := tree.Root()
		if err != nil {
			t.Fatal(err)
		}
		tiles := ledger.Tiles{Sum: sm, Size: int64(size), Tile: func(ledger.TileID) ([][]byte, error) { return nil, nil },
			Lines: func(from, to int64) (out [][]byte, err error) {
				for i := from; i < to; i++ {
					out = append(out, line(int(i)))
				}
				return out, nil
			}}
		p, err := tiles.Prove(leaf, ledger.Head{Size: int64(size), Root: root, At: time.Unix(0, 0)})
		if err != nil || p.Check(sm) != nil || !bytes.Equal(p.Line, line(int(leaf))) {
			t.Fatalf("%d of %d is not proved: %v %v", leaf, size, err, p.Check(sm))
		}
		wrong := p
		wrong.Line = line(size)
		if wrong.Check(sm) == nil {
			t.Error("another line is proved")
		}
		if wrong = p; size > 1 {
			if wrong.Leaf = (p.Leaf + 1) % int64(size); wrong.Check(sm) == nil {
				t.Error("another place is proved")
			}
		}
		wrong = p
		wrong.Head.Root = sm([]byte("x"))
		if wrong.Check(sm) == nil {
			t.Error("another root is proved")
		}
	})
}

func TestEveryPartOfAHeadIsSigned(t *testing.T) {
	t.Parallel()
	h := ledger.Head{County: "533103", Size: 7, Root: []byte{1}, At: time.UnixMicro(5), Suite: "sm", Key: "k"}
	for what, change := range map[string]func(*ledger.Head){"county": func(h *ledger.Head) { h.County = "533102" }, "size": func(h *ledger.Head) { h.Size++ },
		"root": func(h *ledger.Head) { h.Root = []byte{2} }, "instant": func(h *ledger.Head) { h.At = h.At.Add(time.Microsecond) },
		"suite": func(h *ledger.Head) { h.Suite = "aes" }, "key": func(h *ledger.Head) { h.Key = "l" }} {
		other := h
		if change(&other); bytes.Equal(h.Message(), other.Message()) {
			t.Errorf("the %s is not signed", what)
		}
	}
}

func TestALineDecodesToItsParts(t *testing.T) {
	t.Parallel()
	for _, parts := range [][]string{nil, {""}, {"a", "", "长的"}, {strings.Repeat("x", 300)}} {
		if got, err := ledger.Decode(ledger.Encode(parts...)); err != nil || !slices.Equal(got, parts) {
			t.Errorf("%q: %q, %v", parts, got, err)
		}
	}
	for _, bad := range []string{"\x05ab", "\xff", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01a"} {
		if got, err := ledger.Decode([]byte(bad)); err == nil {
			t.Errorf("%q is a line: %q", bad, got)
		}
	}
}
