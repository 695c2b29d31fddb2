package faults_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// needsDisks says whether there are disks to break: loop devices, which only the superuser attaches. Without them a test says so and tries nothing.
func needsDisks(t *testing.T) bool {
	t.Helper()
	if out, err := exec.Command("losetup", "--find").CombinedOutput(); os.Geteuid() != 0 || err != nil {
		t.Logf("not tried: no loop device for disks of the test's own: %s", out)
		return false
	}
	return true
}

// tool runs a program of the system and gives what it printed.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// attach mounts an image at a new folder until the test ends.
func attach(t *testing.T, image string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	tool(t, "mount", "-o", "loop", image, folder)
	t.Cleanup(func() {
		for began := time.Now(); time.Since(began) < patience; time.Sleep(50 * time.Millisecond) { // a killed server lets go of its files one by one
			if exec.Command("umount", folder).Run() == nil {
				return
			}
		}
		t.Errorf("%s is never let go", folder)
	})
	return folder
}

// disk makes an image of so many MB with a file system and mounts it.
func disk(t *testing.T, image, kind string, size int) (folder string) {
	t.Helper()
	if err := os.WriteFile(image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(image, int64(size)<<20); err != nil {
		t.Fatal(err)
	}
	tool(t, "mkfs."+kind, "-q", image)
	return attach(t, image)
}

// cloning is a folder whose files can be copied in no time, so that a copy shows one moment.
func cloning(t *testing.T) string {
	t.Helper()
	return disk(t, filepath.Join(t.TempDir(), "clones.img"), "xfs", 4096)
}

// clone copies a file as it is at this moment.
func clone(t *testing.T, from, to string) {
	t.Helper()
	tool(t, "cp", "--reflink=always", from, to)
}

// moved copies the office's data into a folder and lets it live there.
func (o *office) moved(t *testing.T, folder string) {
	t.Helper()
	to := filepath.Join(folder, "data")
	if err := os.CopyFS(to, os.DirFS(o.data)); err != nil {
		t.Fatal(err)
	}
	tool(t, "sync", "-f", to)
	o.data = to
	t.Cleanup(o.kill) // before the disk is taken away
}
