package vault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/key"
	"hefa/internal/vault"
)

// clear seals nothing, for chains whose form is looked at.
type clear struct{}

type open struct{ io.Writer }

func (open) Close() error { return nil }

func (clear) Seal(w io.Writer) (io.WriteCloser, error) { return open{w}, nil }
func (clear) Unseal(r io.ReaderAt, size int64) (io.Reader, error) {
	return io.NewSectionReader(r, 0, size), nil
}
func (clear) MAC(data []byte) string { return fmt.Sprintf("%x", len(data)) }

// noon is when the chains of these tests begin.
var noon = time.Date(2026, 11, 30, 4, 0, 0, 0, time.UTC)

// at is so many seconds later, and a little, as a clock that wakes on the second does.
func at(seconds int) time.Time {
	return noon.Add(time.Duration(seconds)*time.Second + 3*time.Millisecond)
}

type chained struct {
	t *testing.T
	vault.Yard
	*vault.Chain
}

func begun(t *testing.T) chained {
	t.Helper()
	y := vault.Yard{Depot: vault.Shelf(t.TempDir()), Scratch: t.TempDir(), Uncover: func(key.Key) (vault.Cover, error) { return clear{}, nil }}
	c, err := y.Begin(t.Context(), noon, key.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return chained{t, y, c}
}

// page is one page full of a letter.
func page(letter byte) []byte { return bytes.Repeat([]byte{letter}, 512) }

// add adds a segment that writes a letter on the first page, captured from one second to another.
func (c chained) add(from, to int, letter byte) {
	c.t.Helper()
	l := vault.Link{From: at(from), Seen: at(to), At: at(to).Add(time.Millisecond), Page: 512, Size: 2}
	if _, err := c.Add(c.t.Context(), l, func(put func(uint32, []byte) error) error { return put(1, page(letter)) }); err != nil {
		c.t.Fatal(err)
	}
}

// base adds a base with a letter on both pages.
func (c chained) base(second int, letter byte) {
	c.t.Helper()
	l := vault.Link{From: at(second), Seen: at(second), At: at(second).Add(2 * time.Millisecond), Page: 512}
	l.Number, l.Before = c.Stand()
	_, err := c.AddBase(c.t.Context(), l, func(put func(uint32, []byte) error) error {
		for no := range uint32(2) {
			if err := put(no+1, page(letter)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// is wants a second to be the letter's, or to be refused with the words.
func (c chained) is(second int, want string) {
	c.t.Helper()
	name := filepath.Join(c.t.TempDir(), "db")
	_, err := c.Rebuild(c.t.Context(), noon.Add(time.Duration(second)*time.Second), name)
	if len(want) > 1 {
		if fault.Of(err) != fault.Refused || !strings.Contains(err.Error(), want) {
			c.t.Errorf("second %d: %v, want %s", second, err, want)
		}
		return
	}
	text, wrong := os.ReadFile(name)
	if err != nil || wrong != nil || len(text) != 1024 || string(text[:1]) != want {
		c.t.Errorf("second %d: %.1q, want %s: %v", second, text, want, err)
	}
}

func TestASecondIsLaidFromTheNewestBaseBeforeIt(t *testing.T) {
	t.Parallel()
	c := begun(t)
	c.base(0, 'a')
	c.add(0, 1, 'b')
	c.add(3, 4, 'c')
	c.base(5, 'c')
	c.add(8, 20, 'd') // the depot was away meanwhile
	if err := c.Pulse(t.Context(), at(30)); err != nil {
		t.Fatal(err)
	}
	for second, want := range map[int]string{-1: "chain.early", 0: "a", 1: "b", 3: "b", 4: "c", 7: "c", 8: "c", 9: "chain.coarse", 19: "chain.coarse", 20: "d", 30: "d", 31: "chain.end"} {
		c.is(second, want)
	}
	again, last, err := c.Resume(t.Context())
	if err != nil || again.Name != c.Name || !last.Seen.Equal(at(30)) || last.Number != 3 || !again.Based.Equal(at(5).Add(2*time.Millisecond)) {
		t.Errorf("%+v %+v %v", again, last, err)
	}
}

// TestASecondOfWhichNotAllWasReadIsRefused ends a chain in the middle of catching up: the last piece was written at second 20 and holds not all of second 5.
func TestASecondOfWhichNotAllWasReadIsRefused(t *testing.T) {
	t.Parallel()
	c := begun(t)
	c.base(0, 'a')
	c.add(0, 5, 'b')
	l := vault.Link{From: at(5), Seen: at(5), At: at(20), Page: 512, Size: 2}
	if _, err := c.Add(t.Context(), l, func(put func(uint32, []byte) error) error { return put(1, page('c')) }); err != nil {
		t.Fatal(err)
	}
	ends := func(second int) {
		t.Helper()
		_, err := c.Rebuild(t.Context(), at(second), filepath.Join(t.TempDir(), "db"))
		f, ok := errors.AsType[*fault.Fault](err)
		if !ok || f.Key != "chain.end" || f.Args[1] != at(5).In(day.Beijing).Format(time.DateTime) {
			t.Errorf("second %d: %+v", second, err)
		}
	}
	c.is(5, "b")
	ends(20)
	ends(25)
	if err := c.Pulse(t.Context(), at(5)); err != nil {
		t.Fatal(err)
	}
	ends(20)
	done, err := c.Rebuild(t.Context(), time.Time{}, filepath.Join(t.TempDir(), "db"))
	if err != nil || !done.Until.Equal(at(5)) {
		t.Errorf("%+v %v", done, err)
	}
	c.add(5, 22, 'd') // the rest
	c.is(20, "chain.coarse")
	c.is(22, "d")
}

func TestOldPiecesGoAndEverySecondThatIsKeptStays(t *testing.T) {
	t.Parallel()
	c := begun(t)
	c.base(0, 'a')
	c.add(0, 1, 'b')
	c.base(2, 'b')
	c.add(2, 3, 'c')
	c.base(4, 'c')
	c.add(4, 5, 'd')
	for _, from := range []int{1, 3, 3} {
		if _, err := vault.PruneChains(t.Context(), c.Depot, vault.Keeping{Writing: c.Name, Now: at(30), From: at(from)}); err != nil {
			t.Fatal(err)
		}
		for second, want := range map[int]string{3: "c", 4: "c", 5: "d"} {
			c.is(second, want)
		}
	}
	c.is(1, "chain.early")
	names, err := c.Depot.Names(t.Context(), "chains/")
	if err != nil || len(names) != 5 { // the key, two bases, two segments
		t.Error(names, err)
	}
	if _, err := vault.PruneChains(t.Context(), c.Depot, vault.Keeping{Writing: "another", Now: at(1000), From: at(1000)}); err != nil {
		t.Fatal(err)
	}
	c.is(5, "d")
}

func TestAnAttachmentThatIsGoneStaysAsLongAsASecondMayNeedIt(t *testing.T) {
	t.Parallel()
	d, hash := vault.Shelf(t.TempDir()), strings.Repeat("ab", 32)
	put := func(name string) error {
		f, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		return d.Store(context.Background(), name, f)
	}
	if err := put(vault.FilePart(hash)); err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		has   bool
		from  int
		stays bool
	}{{true, 0, true}, {false, 0, true}, {true, 0, true}, {false, 5, true}, {false, 5, true}, {false, 1000, false}} {
		kept, err := vault.Kept(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		s := vault.Sweep{Kept: kept, Has: map[string]bool{hash: step.has}, At: at(10 + i), From: at(step.from)}
		if err := vault.Gone(t.Context(), d, s, put); err != nil {
			t.Fatal(err)
		}
		if kept, err = vault.Kept(t.Context(), d); err != nil || kept[hash] != step.stays {
			t.Errorf("step %d: %v %v", i, kept, err)
		}
	}
}
