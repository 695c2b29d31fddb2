package faults_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// needsFuse says whether a file system of the test's own can be mounted. Without it a test says so and tries nothing; what it tries is tried in the tests of
// internal/store and internal/files too, which need nothing (testbed.Break).
func needsFuse(t *testing.T) bool {
	t.Helper()
	f, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0)
	if err != nil || os.Geteuid() != 0 {
		t.Logf("not tried: no file system of the test's own can be mounted: %v", err)
		return false
	}
	_ = f.Close() // it was only asked for
	return true
}

// operation is what a program does with a file.
type operation string

const (
	reading operation = "read"
	writing operation = "write"
	syncing operation = "sync"
)

// ailment is what befalls some files: one operation on those whose path ends or begins so fails, or gives half of what was asked for.
type ailment struct {
	file  string // the end of the path, or its beginning when it ends in a slash
	on    operation
	errno syscall.Errno
	short bool
}

func (a *ailment) befalls(path string, on operation) bool {
	return a != nil && a.on == on && (strings.HasSuffix(path, a.file) || strings.HasSuffix(a.file, "/") && strings.HasPrefix(path, a.file))
}

// layer hands a folder on, and lets files fail as its ailment says.
type layer struct {
	ails atomic.Pointer[ailment]
	hits atomic.Int64 // operations that failed
}

// struck says what befalls an operation on a path.
func (l *layer) struck(path string, on operation) *ailment {
	a := l.ails.Load()
	if !a.befalls(path, on) {
		return nil
	}
	l.hits.Add(1)
	return a
}

// mounted is a folder that shows another one through a layer until the test ends.
func mounted(t *testing.T, folder string) (string, *layer) {
	t.Helper()
	root, err := fs.NewLoopbackRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	l, at := &layer{}, t.TempDir()
	server, err := fs.Mount(at, &inode{root.(*fs.LoopbackNode), l}, &fs.Options{MountOptions: fuse.MountOptions{DirectMountStrict: true, FsName: "hefa-faults", Name: "loopback"}})
	if err != nil {
		t.Fatalf("mounting: %v", err)
	}
	t.Cleanup(func() {
		for began := time.Now(); time.Since(began) < patience; time.Sleep(50 * time.Millisecond) { // a killed server lets go of its files one by one
			if server.Unmount() == nil {
				return
			}
		}
		t.Errorf("%s is never let go: %v", at, exec.Command("umount", "-l", at).Run())
	})
	return at, l
}

// inode is a file or a folder of the layer.
type inode struct {
	*fs.LoopbackNode
	layer *layer
}

// WrapChild makes what lies in a folder part of the layer.
func (n *inode) WrapChild(_ context.Context, child fs.InodeEmbedder) fs.InodeEmbedder {
	return &inode{child.(*fs.LoopbackNode), n.layer}
}

// Open hands on an open file; what is read and written passes by here each time, but for the memory that processes share.
func (n *inode) Open(ctx context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	f, _, errno := n.LoopbackNode.Open(ctx, flags)
	if errno != 0 {
		return nil, 0, errno
	}
	return n.through(f), n.direct(n.Path(nil)), 0
}

// Create hands on a new file.
func (n *inode) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	child, f, _, errno := n.LoopbackNode.Create(ctx, name, flags, mode, out)
	if errno != 0 {
		return nil, nil, 0, errno
	}
	path := filepath.Join(n.Path(nil), name)
	return child, &handle{f.(whole), n.layer, func() string { return path }}, n.direct(path), 0
}

func (n *inode) direct(path string) uint32 {
	if strings.HasSuffix(path, "-shm") {
		return 0
	}
	return fuse.FOPEN_DIRECT_IO
}

func (n *inode) through(f fs.FileHandle) *handle {
	return &handle{f.(whole), n.layer, func() string { return n.Path(nil) }}
}

// whole is what an open file of the folder beneath can do.
type whole interface {
	fs.FileReader
	fs.FileWriter
	fs.FileFsyncer
	fs.FileFlusher
	fs.FileReleaser
	fs.FileGetattrer
	fs.FileSetattrer
	fs.FileAllocater
}

// handle is an open file of the layer.
type handle struct {
	whole
	layer *layer
	path  func() string
}

// Read gives what lies there, half of it, or an error.
func (h *handle) Read(ctx context.Context, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	a := h.layer.struck(h.path(), reading)
	if a != nil && !a.short {
		return nil, a.errno
	}
	if a != nil {
		dest = dest[:len(dest)/2]
	}
	return h.whole.Read(ctx, dest, off)
}

// Write takes what comes, or an error.
func (h *handle) Write(ctx context.Context, data []byte, off int64) (uint32, syscall.Errno) {
	if a := h.layer.struck(h.path(), writing); a != nil {
		return 0, a.errno
	}
	return h.whole.Write(ctx, data, off)
}

// Fsync says that all is on the disk, or an error.
func (h *handle) Fsync(ctx context.Context, flags uint32) syscall.Errno {
	if a := h.layer.struck(h.path(), syncing); a != nil {
		return a.errno
	}
	return h.whole.Fsync(ctx, flags)
}
