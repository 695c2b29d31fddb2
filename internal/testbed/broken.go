package testbed

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Break lets every open file whose name fits the pattern fail as another one does, under the feet of whoever uses it: the numbers by which the program knows
// its files lead to that one until mend is called. It needs no rights and no disk of its own; a test that does so runs alone, because numbers of files
// are given anew.
func Break(t testing.TB, pattern string, instead int) (mend func()) {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	var open []int
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && fits(pattern, to) {
			if fd := number(t, link); fd != instead {
				open = append(open, fd)
			}
		}
	}
	if len(open) == 0 {
		t.Fatalf("%s is not open", pattern)
	}
	kept := map[int]int{} // number → another number of the file that it led to
	for _, fd := range open {
		if kept[fd], err = syscall.Dup(fd); err == nil {
			err = syscall.Dup3(instead, fd, syscall.O_CLOEXEC)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		for fd, good := range kept {
			if err := syscall.Dup3(good, fd, syscall.O_CLOEXEC); err != nil {
				t.Error(err)
			}
			_ = syscall.Close(good) // its number leads there again
		}
	}
}

func fits(pattern, name string) bool {
	ok, err := filepath.Match(pattern, name)
	return ok && err == nil
}

func number(t testing.TB, link string) (fd int) {
	t.Helper()
	for _, digit := range filepath.Base(link) {
		fd = fd*10 + int(digit-'0')
	}
	return fd
}

// StandIn opens a file that fails until the test ends.
func StandIn(t testing.TB, name string, how int) int {
	t.Helper()
	fd, err := syscall.Open(name, how|syscall.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(fd) })
	return fd
}
