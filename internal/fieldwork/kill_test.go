package fieldwork_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/fieldwork"
	"hefa/internal/files"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

const (
	killedRows = 20_000
	kills      = 10
)

// TestMain lets this program be started again as the one that is killed: with HEFA_KILL_DATA and HEFA_KILL_ROSTER it only stores that list.
func TestMain(m *testing.M) {
	dir := os.Getenv("HEFA_KILL_DATA")
	if dir == "" {
		os.Exit(m.Run())
	}
	err := storeAlone(dir, roster.ID(os.Getenv("HEFA_KILL_ROSTER")))
	if err != nil {
		_, _ = os.Stderr.WriteString(err.Error())
		os.Exit(1)
	}
}

func storeAlone(dir string, id roster.ID) error {
	desk, db, err := opened(dir)
	if err != nil {
		return err
	}
	return errors.Join(desk.StoreRoster(context.Background(), access.Program(), id), db.Close())
}

func opened(dir string) (*fieldwork.Desk, *store.DB, error) {
	keys := testbed.Keys()
	db, err := store.Open(context.Background(), filepath.Join(dir, "hefa.db"), store.Options{Keys: keys})
	if err != nil {
		return nil, nil, err
	}
	folder, err := files.Open(filepath.Join(dir, "files"), keys)
	if err != nil {
		return nil, nil, err
	}
	return fieldwork.New(db, folder), db, nil
}

// confirmed is a fresh installation with a list that only waits to be stored.
func confirmed(t *testing.T, file []byte) (dir string, id roster.ID) {
	t.Helper()
	dir = t.TempDir()
	desk, db, err := opened(dir)
	if err != nil {
		t.Fatal(err)
	}
	by := access.Console(testbed.Township)
	err = db.Furnish(t.Context(), region.Within(testbed.County.Prefecture()))
	if err == nil {
		err = db.Update(t.Context(), access.Program(), func(tx *store.Tx) error { return tx.AddRegion(region.Region{Code: "53", Name: "云南省"}) })
	}
	if err == nil {
		id, err = desk.UploadRoster(t.Context(), by, fieldwork.Paper{Kind: roster.Expired, Region: testbed.Township, Name: "名单.xlsx", File: bytes.NewReader(file)})
	}
	if err == nil {
		err = desk.CheckRoster(t.Context(), access.Program(), id)
	}
	if err == nil {
		err = desk.ConfirmRoster(t.Context(), by, id)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return dir, id
}

// counted is how far the list says that it is, with how many people, certificates and rows really are there.
func counted(t *testing.T, dir string, id roster.ID) (h fieldwork.Handed, listed, cards int) {
	t.Helper()
	desk, db, err := opened(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // it was only read
	h, _, err = desk.Roster(t.Context(), access.Console(testbed.Township), id, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range peopleOf(t, desk, access.Console(testbed.Township), roster.Expired) {
		listed++
		if p.Number.Check() == "" {
			cards++
		}
	}
	return h, listed, cards
}

func TestAKilledStoringGoesOnWithoutHalfAChunk(t *testing.T) {
	t.Parallel()
	file := longList(t, killedRows)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir, id := confirmed(t, file)
	for killed := 0; killed < kills; {
		ctx, stop := context.WithTimeout(t.Context(), time.Duration(100+rand.IntN(900))*time.Millisecond)
		c := exec.CommandContext(ctx, program) // killed with SIGKILL when the time is over
		c.Env = append(os.Environ(), "HEFA_KILL_DATA="+dir, "HEFA_KILL_ROSTER="+string(id))
		out, err := c.CombinedOutput()
		stop()
		h, listed, cards := counted(t, dir, id)
		if h.Done != listed || cards != listed || h.Added != listed {
			t.Fatalf("after %d kills: done %d, added %d, but %d listed with %d certificates", killed, h.Done, h.Added, listed, cards)
		}
		if err != nil {
			if ctx.Err() == nil {
				t.Fatalf("storing failed: %v %s", err, out)
			}
			killed++
			continue
		}
		if h.State != roster.Stored || listed != killedRows {
			t.Fatalf("finished as %s with %d people", h.State, listed)
		}
		dir, id = confirmed(t, file)
	}
	if err := storeAlone(dir, id); err != nil {
		t.Fatal(err)
	}
	if h, listed, _ := counted(t, dir, id); h.State != roster.Stored || listed != killedRows || h.Added != killedRows || h.Known != 0 {
		t.Errorf("in the end %d people: %+v", listed, h)
	}
}
