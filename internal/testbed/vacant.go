package testbed

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"hefa/internal/store"
)

// Vacant is the address of a database of an engine without tables.
func Vacant(t testing.TB, engine string) string {
	t.Helper()
	if engine == "sqlite" {
		return filepath.Join(t.TempDir(), "hefa.db")
	}
	base, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("hefa_vacant_%d_%d", os.Getpid(), databases.Add(1))
	address, err := store.CreateDatabase(context.Background(), base, name, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.DropDatabase(context.Background(), base, name); err != nil {
			t.Error(err)
		}
	})
	return address
}
