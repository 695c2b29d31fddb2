package files_test

import (
	"testing"

	"hefa/internal/fault"
	"hefa/internal/files"
)

// TestFilesAreMovedWhileNobodyElseWorksWithThem: several may work with them at once; who moves them is alone, and while they are moved nobody begins.
func TestFilesAreMovedWhileNobodyElseWorksWithThem(t *testing.T) {
	t.Parallel()
	stand := func(root string) (*files.Cabinet, error) { return files.Stand(root, nil, keys(t)) }
	moved, used := t.TempDir(), t.TempDir()
	mover, err := stand(moved)
	if err != nil {
		t.Fatal(err)
	}
	if err := mover.Alone(); err != nil {
		t.Fatalf("nobody else is there: %v", err)
	}
	if _, err := stand(moved); fault.Of(err) != fault.Refused {
		t.Errorf("begun while the files are moved: %v", err)
	}
	for range 2 {
		if mover, err = stand(used); err != nil {
			t.Fatal(err)
		}
	}
	if err := mover.Alone(); fault.Of(err) != fault.Refused {
		t.Errorf("moved under another: %v", err)
	}
}
