package id

import (
	"slices"
	"testing"
)

func TestLaterIdsSortAfterEarlierOnes(t *testing.T) {
	t.Parallel()
	made := make([]string, 10_000)
	for i := range made {
		made[i] = New()
	}
	if !slices.IsSorted(made) {
		t.Error("ids are not in the order in which they were made")
	}
	if n := len(slices.Compact(made)); n != 10_000 {
		t.Errorf("only %d of 10000 differ", n)
	}
	if s := made[0]; len(s) != 36 || s[14] != '7' {
		t.Errorf("%s is no UUID of version 7 (RFC 9562)", s)
	}
}
