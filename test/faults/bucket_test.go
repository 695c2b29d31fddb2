package faults_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"hefa/internal/testbed"
)

// TestKilledAmidUploadsToABucketNothingPromisedIsLost kills the server while 8 clerks hand in scans whose contents lie in an object store. What was answered
// with 201 is there and is read on by the jobs of the next start; no content is half there, and what no row points at is found by `hefa files check`.
func TestKilledAmidUploadsToABucketNothingPromisedIsLost(t *testing.T) {
	engines(t, func(t *testing.T, o *office) {
		store := o.bucketed(t)
		o.start(t)
		h := &handing{load: newLoad(o), piles: map[string]bool{}}
		rounds := times(3, 60)
		for range rounds {
			stop := h.run()
			h.more(t)
			time.Sleep(rand.N(120 * time.Millisecond))
			o.kill()
			stop()
			o.start(t)
			h.kept(t, false)
		}
		h.kept(t, true)
		o.refused(t, "正在使用这个数据文件夹", "files", "move", "--back")
		o.end(t)
		var found struct {
			Whole    int
			Findings []struct{ State string }
		}
		if err := json.Unmarshal([]byte(o.command(t, "files", "check", "--json")), &found); err != nil {
			t.Fatal(err)
		}
		lie, err := filepath.Glob(filepath.Join(store.Folder, store.Config.Prefix, "??", "*"))
		if err != nil || len(lie) != found.Whole+len(found.Findings) {
			t.Errorf("%d contents lie in the bucket, %v; %d are whole and in use", len(lie), err, found.Whole)
		}
		for _, f := range found.Findings {
			if f.State != "orphaned" {
				t.Errorf("a content is %s", f.State)
			}
		}
		o.command(t, "audit", "verify", "--witness", filepath.Join(o.data, "heads.jsonl"))
		t.Logf("%d kills: %d scans promised, %d contents in the bucket whole, %d of which nothing points at", rounds, len(h.piles), found.Whole+len(found.Findings), len(found.Findings))
	})
}

// bucketed moves the files of an office into a bucket of its own; the office is stopped.
func (o *office) bucketed(t *testing.T) *testbed.ObjectStore {
	t.Helper()
	o.end(t)
	store := testbed.OpenObjectStore(t)
	text, err := json.Marshal(store.Config)
	if err != nil {
		t.Fatal(err)
	}
	o.s3 = filepath.Join(t.TempDir(), "s3.json")
	if err := os.WriteFile(o.s3, text, 0o600); err != nil {
		t.Fatal(err)
	}
	o.command(t, "files", "move")
	t.Cleanup(o.kill) // before the store is
	return store
}

// handing is clerks who hand in scans.
type handing struct {
	*load
	mu    sync.Mutex
	piles map[string]bool // id of each that was promised → whether it was read to its end
}

// picture is a scan unlike every other.
func picture(i int64) []byte {
	m := image.NewGray(image.Rect(0, 0, 64, 64))
	for bit := range 64 {
		m.SetGray(bit, 0, color.Gray{Y: uint8(i >> bit & 1 * 255)})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err) // memory takes every picture
	}
	return b.Bytes()
}

// run keeps 8 clerks sending until stop is called.
func (h *handing) run() (stop func()) {
	over := make(chan struct{})
	var done sync.WaitGroup
	for range 8 {
		done.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				i := h.n.Add(1)
				status, answer := h.ask("POST", fmt.Sprintf("/api/v1/piles?name=%d.png", i), "", picture(i))
				if status == 0 {
					return // the line is dead
				}
				var told struct{ ID string }
				if status == http.StatusCreated && json.Unmarshal(answer, &told) == nil {
					h.mu.Lock()
					h.piles[told.ID] = false
					h.mu.Unlock()
				}
			}
		})
	}
	return func() { close(over); done.Wait() }
}

func (h *handing) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.piles)
}

// more waits for a further promise.
func (h *handing) more(t *testing.T) {
	t.Helper()
	before := h.count()
	for began := time.Now(); h.count() == before; time.Sleep(time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatalf("nothing was promised in %s:\n%s", patience, h.said)
		}
	}
}

// kept asks for every promise, and at the end waits until each was read: its content came back from the bucket.
func (h *handing) kept(t *testing.T, read bool) {
	t.Helper()
	for id, done := range h.piles {
		for began := time.Now(); !done; time.Sleep(20 * time.Millisecond) {
			status, answer := h.ask("GET", "/api/v1/piles/"+id, "", nil)
			var pile struct{ State string }
			if err := json.Unmarshal(answer, &pile); status != http.StatusOK || err != nil {
				t.Fatalf("lost: %s was promised, and now: %d %s", id, status, answer)
			}
			done = pile.State == "open" || pile.State == "done"
			if h.piles[id] = done; pile.State == "failed" || done || !read {
				if pile.State == "failed" {
					t.Errorf("%s was promised and is not read: %s", id, answer)
				}
				break
			}
			if time.Since(began) > 3*patience {
				t.Fatalf("%s is never read: %s\n%s", id, answer, h.said)
			}
		}
	}
}
