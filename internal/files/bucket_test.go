package files_test

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/testbed"
)

// TestAStoreThatIsAwayIsSaidAndComesBackByItself: nothing is kept by halves, nothing that was kept is called missing.
func TestAStoreThatIsAwayIsSaidAndComesBackByItself(t *testing.T) {
	t.Parallel()
	s := testbed.OpenObjectStore(t)
	root := t.TempDir()
	c, err := files.OpenBucket(root, s.Bucket(t), keys(t))
	if err != nil {
		t.Fatal(err)
	}
	kept := put(t, c, "先收的一份")
	// the server is killed in the middle of what is handed in
	cut := io.MultiReader(strings.NewReader(noise(1<<20, 3)), killer{func() { s.Stop(t) }}, strings.NewReader(noise(1<<20, 4)))
	if _, err := c.Put(cut, 64<<20); fault.Of(err) != fault.Away {
		t.Errorf("killed amid an upload: %v", err)
	}
	for what, err := range map[string]error{"open": second(c.Open(kept.Hash)), "check": c.Check(kept.Hash), "written": second(c.Written(kept.Hash)),
		"has": second(c.Has(kept.Hash)), "remove": c.Remove(kept.Hash), "each": c.Each(t.Context(), func(string) error { return nil })} {
		if fault.Of(err) != fault.Away {
			t.Errorf("%s while it is away: %v", what, err)
		}
	}
	s.Start(t)
	if err := c.Check(kept.Hash); err != nil {
		t.Errorf("it does not come back: %v", err)
	}
	put(t, c, "后收的一份")
	here := site{Cabinet: c, root: root}
	if all := here.kept(t); len(all) != 2 || here.drafts(t) != 0 {
		t.Errorf("kept are %v, %d drafts", all, here.drafts(t))
	}
}

// killer does something in the middle of a reading.
type killer struct{ do func() }

func (k killer) Read([]byte) (int, error) { k.do(); return 0, io.EOF }

// TestWhatBreaksOnItsWayLeavesNothing in any place.
func TestWhatBreaksOnItsWayLeavesNothing(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s site) {
		broken := io.MultiReader(strings.NewReader(noise(300_000, 5)), iotest.ErrReader(errors.New("the line broke")))
		if _, err := s.Put(broken, 64<<20); err == nil {
			t.Error("half a content is kept")
		}
		if _, err := s.Put(strings.NewReader("12345"), 4); fault.Of(err) != fault.Invalid {
			t.Errorf("too large: %v", err)
		}
		if all := s.kept(t); len(all) != 0 || s.drafts(t) != 0 {
			t.Errorf("left are %v, %d drafts", all, s.drafts(t))
		}
	})
}

// TestMovingLosesNothing: there and back, begun twice, with one that is damaged.
func TestMovingLosesNothing(t *testing.T) {
	t.Parallel()
	s, root, k := testbed.OpenObjectStore(t), t.TempDir(), keys(t)
	folder, err := files.Stand(root, nil, k)
	if err != nil {
		t.Fatal(err)
	}
	one, two := put(t, folder, "一"), put(t, folder, noise(100_000, 6))
	b := s.Bucket(t)
	if _, err := files.Stand(root, b, k); fault.Of(err) != fault.Refused {
		t.Errorf("files lie in the folder and the store is opened: %v", err)
	}
	far, err := files.OpenBucket(root, b, k)
	if err != nil {
		t.Fatal(err)
	}
	lies := site{lies: root}.path(one.Hash)
	flip(t, lies)
	move := func(from, to *files.Cabinet, fresh, there int, damaged ...string) {
		t.Helper()
		n, err := from.CopyTo(t.Context(), to, nil)
		if err != nil || n.New != fresh || n.There != there || !slices.Equal(n.Damaged, damaged) {
			t.Fatalf("%+v, %v", n, err)
		}
	}
	move(folder, far, 1, 0, one.Hash)
	put(t, folder, "一")
	move(folder, far, 1, 1)
	move(folder, far, 0, 2)
	if err := files.Settle(root, b); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Stand(root, nil, k); fault.Of(err) != fault.Refused {
		t.Errorf("files lie in the store and the folder is opened: %v", err)
	}
	if _, err := files.Stand(root, b, k); err != nil {
		t.Error(err)
	}
	back, err := files.Open(t.TempDir(), k)
	if err != nil {
		t.Fatal(err)
	}
	move(far, back, 2, 0)
	if err := errors.Join(back.Check(one.Hash), back.Check(two.Hash), far.Check(one.Hash), files.Settle(root, nil)); err != nil {
		t.Error(err)
	}
	if _, err := files.Stand(root, nil, k); err != nil {
		t.Error(err)
	}
}

// TestWhatIsWrongWithAStoreIsNamed one by one.
func TestWhatIsWrongWithAStoreIsNamed(t *testing.T) {
	t.Parallel()
	s := testbed.OpenObjectStore(t)
	if all := s.Bucket(t).Look(t.Context(), time.Now); len(all) != 0 {
		t.Errorf("nothing is wrong: %v", all)
	}
	with := func(change func(*files.BucketConfig)) *files.Bucket {
		c := s.Config
		change(&c)
		b, err := files.NewBucket(c)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	late := func() time.Time { return time.Now().Add(10 * time.Minute) }
	for name, c := range map[string]struct {
		b    *files.Bucket
		now  func() time.Time
		want files.Ailment
	}{
		"no bucket":  {with(func(c *files.BucketConfig) { c.Bucket = "nobody" }), time.Now, files.NoBucket},
		"no account": {with(func(c *files.BucketConfig) { c.Access = "somebody" }), time.Now, files.Refusing},
		"nobody":     {with(func(c *files.BucketConfig) { c.Endpoint = "http://127.0.0.1:1" }), time.Now, files.Unreachable},
		"the clock":  {s.Bucket(t), late, files.Skewed},
	} {
		if all := c.b.Look(t.Context(), c.now); !slices.Equal(all, []files.Ailment{c.want}) {
			t.Errorf("%s: %v", name, all)
		}
	}
	if left, err := filepath.Glob(filepath.Join(s.Folder, "mangshi", "probe-*")); err != nil || len(left) != 0 {
		t.Errorf("probes are left: %v, %v", left, err)
	}
}

// TestAConfigurationThatCannotBeMeantIsRefused before anybody is asked.
func TestAConfigurationThatCannotBeMeantIsRefused(t *testing.T) {
	t.Parallel()
	s := testbed.OpenObjectStore(t)
	for name, change := range map[string]func(*files.BucketConfig){
		"no bucket": func(c *files.BucketConfig) { c.Bucket = "" }, "no key": func(c *files.BucketConfig) { c.Access = "" },
		"no secret": func(c *files.BucketConfig) { c.Secret = "" }, "no file of it": func(c *files.BucketConfig) { c.Secret += ".gone" },
		"no scheme": func(c *files.BucketConfig) { c.Endpoint = "127.0.0.1:9" }, "a path": func(c *files.BucketConfig) { c.Endpoint += "/hefa" },
		"a style": func(c *files.BucketConfig) { c.Style = "dns" }, "no authority": func(c *files.BucketConfig) { c.CA = c.Secret },
	} {
		c := s.Config
		change(&c)
		if _, err := files.NewBucket(c); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
