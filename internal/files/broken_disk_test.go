package files_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/testbed"
)

// TestADiskThatFailsUnderTheFilesKeepsNothingByHalves: what cannot be written is refused at its field, what cannot be read is not called damaged, and when
// the disk is well again all goes on.
func TestADiskThatFailsUnderTheFilesKeepsNothingByHalves(t *testing.T) {
	root := t.TempDir()
	c, err := files.Open(root, keys(t))
	if err != nil {
		t.Fatal(err)
	}
	here := site{Cabinet: c, root: root, lies: root}
	one := put(t, c, noise(200_000, 9))
	for want, name := range map[fault.Kind]string{fault.Away: root, fault.Full: "/dev/full"} {
		how := syscall.O_RDONLY // a folder cannot be written
		if want == fault.Full {
			how = syscall.O_RDWR
		}
		var mend func()
		breaking := killer{func() { mend = testbed.Break(t, filepath.Join(root, "new", "*"), testbed.StandIn(t, name, how)) }}
		_, err := c.Put(io.MultiReader(strings.NewReader(noise(100_000, 10)), breaking, strings.NewReader(noise(100_000, 11))), 1<<20)
		mend()
		if fault.Of(err) != want || len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Name != "file" {
			t.Errorf("kept on %s: %v", name, err)
		}
		if all := here.kept(t); len(all) != 1 || here.drafts(t) != 0 {
			t.Errorf("kept are %v, %d drafts", all, here.drafts(t))
		}
	}
	in, err := c.Open(one.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	mend := testbed.Break(t, here.path(one.Hash), testbed.StandIn(t, root, syscall.O_RDONLY))
	n, err := io.Copy(io.Discard, in)
	mend()
	if fault.Of(err) != fault.Away || n != 0 {
		t.Errorf("%d bytes were read from a disk that gives nothing: %v", n, err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if back, err := io.ReadAll(in); err != nil || !bytes.Equal(back, []byte(noise(200_000, 9))) {
		t.Errorf("it is well again: %d bytes, %v", len(back), err)
	}
	put(t, c, noise(200_000, 10))
	if err := errors.Join(os.Remove(here.path(one.Hash)), os.Mkdir(here.path(one.Hash), 0o700)); err != nil { // which no disk reads as a file
		t.Fatal(err)
	}
	if _, err := c.Open(one.Hash); fault.Of(err) != fault.Away {
		t.Errorf("opened: %v", err)
	}
	if err := c.Check(one.Hash); fault.Of(err) != fault.Refused {
		t.Errorf("the daily reading stops at it: %v", err)
	}
}
