package upkeep_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// shipping is an SQLite office that ships into a folder.
type shipping struct {
	*testbed.Office
	t     testing.TB
	depot vault.Depot
	ship  *upkeep.Shipper
	ahead time.Duration // of the shipper's clock
	data  string
	space func(string) (upkeep.Space, error)
	end   func()
}

func ships(t testing.TB) *shipping {
	t.Helper()
	return shipsTo(t, vault.Shelf(t.TempDir()))
}

func shipsTo(t testing.TB, d vault.Depot) *shipping {
	s := &shipping{Office: testbed.Open(t, "sqlite"), t: t, depot: d, data: t.TempDir()}
	s.begin()
	return s
}

func (s *shipping) folder() string { return string(s.depot.(vault.Shelf)) }

func TestAnObjectStoreIsADepotToo(t *testing.T) {
	t.Parallel()
	b, err := files.NewBucket(testbed.OpenObjectStore(t).Config)
	if err != nil {
		t.Fatal(err)
	}
	s := shipsTo(t, b)
	attach(t, s.Office, s.Case(t, s.Person(t), "draft"), "the invented paper of somebody")
	s.until("based", func(st upkeep.Shipped) bool { return !st.Based.IsZero() })
	s.Person(t)
	s.caughtUp()
	s.end()
	s.Person(t)
	s.begin()
	s.caughtUp()
	o, done, err := s.restored(time.Time{})
	if err != nil || done.Files != 1 {
		t.Fatal(done, err)
	}
	differ(t, everything(t, s.DB), everything(t, reopened(t, o)))
	if _, _, err := s.restored(time.Now().Add(time.Hour)); fault.Of(err) != fault.Refused {
		t.Error(err)
	}
	e := upkeep.Examination{Depot: b, Keys: testbed.Keys(), Data: t.TempDir(), Now: time.Now, Zone: time.Local, Space: upkeep.DiskSpace, Fangsong: paper.HasFangsong}
	if found := said(t, e)["ship"]; found.Gravity != "" {
		t.Error(found)
	}
}

// begin begins to ship; the end is waited for.
func (s *shipping) begin() {
	s.ship = upkeep.NewShipper(s.DB, s.Files, s.Keys, upkeep.Shipping{Depot: s.depot, Name: "depot", Data: s.data, Days: 7, Space: s.space, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Now().Add(s.ahead) }})
	ctx, stop := context.WithCancel(s.t.Context())
	var done sync.WaitGroup
	done.Go(func() { s.ship.Run(ctx) })
	s.end = func() { stop(); done.Wait() }
	s.t.Cleanup(s.end)
}

// until waits until the shipping stands as wanted.
func (s *shipping) until(what string, holds func(upkeep.Shipped) bool) {
	s.t.Helper()
	for range 1500 {
		if holds(s.ship.State()) {
			return
		}
		<-time.After(20 * time.Millisecond)
	}
	s.t.Fatalf("it is not %s: %+v", what, s.ship.State())
}

// caughtUp waits until all that was written is in the depot.
func (s *shipping) caughtUp() {
	s.t.Helper()
	now := time.Now()
	s.until("caught up", func(st upkeep.Shipped) bool { return st.Seen.After(now) && st.Trouble == "" })
}

// restored is what comes back of a second.
func (s *shipping) restored(to time.Time) (upkeep.RestoreOrder, upkeep.RestoredTo, error) {
	s.t.Helper()
	o := upkeep.RestoreOrder{Data: filepath.Join(s.t.TempDir(), "data"), Keys: testbed.Keys()}
	done, err := upkeep.RestoreTo(s.t.Context(), o, s.depot, to, false)
	return o, done, err
}

// pieces is every piece of a kind, s or b, in order.
func (s *shipping) pieces(kind string) []string {
	s.t.Helper()
	all, err := filepath.Glob(filepath.Join(s.folder(), "chains", "*", "*", kind+"-*"))
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

func TestWhatIsShippedComesBackToTheLastSecond(t *testing.T) {
	t.Parallel()
	s := ships(t)
	a := s.Case(t, s.Person(t), "draft")
	attach(t, s.Office, a, "the invented paper of somebody")
	s.until("based", func(st upkeep.Shipped) bool { return !st.Based.IsZero() })
	for range 3 {
		s.Certificate(t, s.Person(t), "2020-12-31")
		s.caughtUp()
	}
	attach(t, s.Office, a, strings.Repeat("a long paper ", 20_000))
	s.caughtUp()
	s.until("rehearsed", func(st upkeep.Shipped) bool { return !st.Rehearsed.IsZero() })
	if st := s.ship.State(); st.Lesson != "" || st.Rebuilt.Bytes == 0 {
		t.Errorf("%+v", st)
	}
	o, done, err := s.restored(time.Time{})
	if err != nil || done.Segments < 3 || done.Files != 2 {
		t.Fatal(done, err)
	}
	differ(t, everything(t, s.DB), everything(t, reopened(t, o)))
	s.end() // a chain is gone on with when the program comes again
	s.Person(t)
	s.begin()
	s.caughtUp()
	o, _, err = s.restored(time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	differ(t, everything(t, s.DB), everything(t, reopened(t, o)))
	if chains, _ := filepath.Glob(filepath.Join(s.folder(), "chains", "*")); len(chains) != 1 || len(s.pieces("b")) != 1 {
		t.Errorf("%d chains, %d bases", len(chains), len(s.pieces("b")))
	}
}

func differ(t testing.TB, want, got map[string]int) {
	t.Helper()
	for line, n := range want {
		if got[line] != n {
			t.Errorf("%d times, not %d: %.80s", got[line], n, line)
		}
	}
	if len(want) != len(got) {
		t.Errorf("%d rows, not %d", len(got), len(want))
	}
}

// Every second that was recorded comes back: with everything that was acknowledged before it began, and nothing that was begun after it ended.
func TestEverySecondComesBackAsItWas(t *testing.T) {
	t.Parallel()
	s := ships(t)
	s.until("based", func(st upkeep.Shipped) bool { return !st.Based.IsZero() })
	type deed struct {
		person.Person
		begun, done time.Time
	}
	var deeds []deed
	began := time.Now().Truncate(time.Second).Add(time.Second)
	for time.Since(began) < 5*time.Second {
		d := deed{begun: time.Now()}
		d.Person = s.Born(t, day.Day("1961-05-04").AddMonths(len(deeds)/500))
		d.done = time.Now()
		deeds = append(deeds, d)
	}
	s.caughtUp()
	tried := 0
	for _, n := range rand.Perm(5) {
		if tried == 3 {
			break
		}
		to := began.Add(time.Duration(n) * time.Second)
		o, done, err := s.restored(to)
		if err != nil && strings.Contains(err.Error(), "chain.coarse") {
			t.Log(to, err) // a machine that is busy elsewhere ships two seconds at once, and says so
			continue
		}
		if err != nil {
			t.Fatal(to, err)
		}
		tried++
		has, all := map[string]bool{}, 0
		for line := range everything(t, reopened(t, o)) {
			if strings.HasPrefix(line, "person[") {
				for word := range strings.FieldsSeq(line) {
					has[word] = true
				}
			}
		}
		for _, d := range deeds {
			there := has[string(d.ID)]
			if there {
				all++
			}
			if !there && d.done.Before(to) || there && d.begun.After(to.Add(time.Second)) {
				t.Errorf("%s: what was done at %s is there: %v", to.Format(time.TimeOnly), d.done.Format(time.StampMilli), there)
			}
		}
		t.Logf("%s: %d of %d, %d segments", to.Format(time.TimeOnly), all, len(deeds), done.Segments)
	}
	if tried == 0 {
		t.Error("none of five seconds came back")
	}
}

func TestASecondThatWasNotRecordedIsRefusedByName(t *testing.T) {
	t.Parallel()
	s := ships(t)
	s.until("based", func(st upkeep.Shipped) bool { return !st.Based.IsZero() })
	for range 4 {
		s.Person(t)
		s.caughtUp()
	}
	s.end()
	refused := func(what string, to time.Time, want string) {
		t.Helper()
		_, _, err := s.restored(to)
		if f := fmt.Sprint(err); fault.Of(err) != fault.Refused || !strings.Contains(f, want) {
			t.Errorf("%s: %v, want %s", what, err, want)
		}
	}
	now := time.Now()
	refused("before the first base", now.Add(-time.Hour), "chain.early")
	refused("after the end", now.Add(time.Hour), "chain.end")
	all := s.pieces("s")
	if len(all) < 4 {
		t.Fatal(all)
	}
	middle := all[len(all)/2]
	text, err := os.ReadFile(middle)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 40, len(text) / 2, len(text) - 1} {
		text[at] ^= 1
		write(t, middle, text)
		refused(fmt.Sprintf("byte %d is another", at), time.Time{}, filepath.Base(middle))
		text[at] ^= 1
	}
	if err := os.Remove(middle); err != nil {
		t.Fatal(err)
	}
	refused("a segment is gone", time.Time{}, "chain.gap")
	write(t, middle, text)
	last := all[len(all)-1]
	kept, err := os.ReadFile(last)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(last); err != nil {
		t.Fatal(err)
	}
	refused("the last segment is gone", time.Time{}, "chain.gap")
	write(t, last, text)
	refused("a segment stands for another", time.Time{}, filepath.Base(last))
	write(t, last, kept)
	if _, _, err := s.restored(time.Time{}); err != nil {
		t.Error(err)
	}
}

func write(t testing.TB, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// While the depot is away or full the work goes on; when it is there again the shipping catches up by itself.
func TestADepotThatIsAwayIsSaidAndCaughtUpWith(t *testing.T) {
	t.Parallel()
	s := ships(t)
	s.until("based", func(st upkeep.Shipped) bool { return !st.Based.IsZero() })
	away := s.folder() + ".away"
	if err := os.Rename(s.folder(), away); err != nil {
		t.Fatal(err)
	}
	write(t, s.folder(), nil)
	s.Person(t)
	s.until("in trouble", func(st upkeep.Shipped) bool { return st.Trouble != "" })
	s.Person(t)
	if err := os.Remove(s.folder()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(away, s.folder()); err != nil {
		t.Fatal(err)
	}
	s.caughtUp()
	o, _, err := s.restored(time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	differ(t, everything(t, s.DB), everything(t, reopened(t, o)))
	if len(s.pieces("b")) != 1 {
		t.Error("the chain was not gone on with")
	}
}

// What shipping costs a writer: the same transactions without it and with it.
func BenchmarkPeopleAreAdded(b *testing.B) {
	for _, shipped := range []bool{false, true} {
		b.Run(fmt.Sprint("shipped ", shipped), func(b *testing.B) {
			o := testbed.Open(b, "sqlite")
			if shipped {
				s := shipsTo(b, vault.Shelf(b.TempDir()))
				s.until("rehearsed", func(st upkeep.Shipped) bool { return !st.Rehearsed.IsZero() })
				o = s.Office
			}
			n := 0
			for b.Loop() {
				o.Born(b, day.Day("1941-05-04").Add(n/900))
				n++
			}
		})
	}
}

// TestABadAttachmentDoesNotKeepThePeople flips a byte of one attachment in the depot: everything else comes back, and the attachment is named.
func TestABadAttachmentDoesNotKeepThePeople(t *testing.T) {
	t.Parallel()
	s := ships(t)
	attach(t, s.Office, s.Case(t, s.Person(t), "draft"), "the invented paper of somebody")
	s.until("based", func(st upkeep.Shipped) bool { return !st.Based.IsZero() })
	s.caughtUp()
	all := parts(t, filepath.Join(s.folder(), "files"))
	flip(t, all[0], 60, 1)
	o, done, err := s.restored(time.Time{})
	if err != nil || len(done.Bad) != 1 || done.Files != len(all)-1 {
		t.Fatalf("%d of %d files, bad: %v, %v", done.Files, len(all), done.Bad, err)
	}
	if _, err := os.Stat(filepath.Join(o.Data, "hefa.db")); err != nil {
		t.Error(err)
	}
}
