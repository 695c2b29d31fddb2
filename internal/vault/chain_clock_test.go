package vault_test

import (
	"strings"
	"testing"
	"time"

	"hefa/internal/key"
	"hefa/internal/vault"
)

// TestAClockThatWentBackLosesNothing writes a chain while the clock is hours ahead, and goes on when it is right again, in the same chain and in the next.
func TestAClockThatWentBackLosesNothing(t *testing.T) {
	t.Parallel()
	const ahead = 36_000
	c := begun(t)
	c.base(0, 'a')
	c.add(0, 5, 'b')
	c.base(ahead, 'b')
	c.add(ahead, ahead+1, 'c')
	c.add(10, 11, 'd') // the clock is right again
	c.base(12, 'd')
	c.add(19, 20, 'e')
	if err := c.Pulse(t.Context(), at(30)); err != nil {
		t.Fatal(err)
	}
	for second, want := range map[int]string{5: "b", 11: "d", 12: "d", 20: "e", 25: "e", 31: "chain.end"} {
		c.is(second, want)
	}
	if again, last, err := c.Resume(t.Context()); err != nil || again.Name != c.Name || last.Number != 4 || !last.Seen.Equal(at(30)) {
		t.Errorf("%+v %+v %v", again, last, err)
	}
	if names, err := c.Ahead(t.Context(), at(30)); err != nil || len(names) != 1 || names[0] != c.Name {
		t.Error(names, err)
	}
	since, err := vault.PruneChains(t.Context(), c.Depot, vault.Keeping{Writing: c.Name, Now: at(30), From: at(15)})
	if err != nil || !since.Before(at(15)) {
		t.Error(since, err)
	}
	for second, want := range map[int]string{12: "d", 20: "e"} {
		c.is(second, want)
	}
	if names, err := c.Ahead(t.Context(), at(30)); err != nil || len(names) != 0 {
		t.Error(names, err)
	}
}

// TestAChainFromTheFutureHidesNoneAfterIt begins a chain while the clock is ahead, and another one when it is right again.
func TestAChainFromTheFutureHidesNoneAfterIt(t *testing.T) {
	t.Parallel()
	c := begun(t)
	next := func(second int) chained {
		t.Helper()
		n, err := c.Begin(t.Context(), at(second), key.Key{})
		if err != nil {
			t.Fatal(err)
		}
		return chained{t, c.Yard, n}
	}
	early := next(36_000)
	early.base(36_000, 'x')
	late := next(10)
	late.base(10, 'y')
	late.add(10, 11, 'z')
	late.is(11, "z")
	again, _, err := c.Resume(t.Context())
	if err != nil || again.Name != late.Name || !strings.HasPrefix(late.Name, "00000003-") {
		t.Error(again, late.Name, err)
	}
	if _, err := vault.PruneChains(t.Context(), c.Depot, vault.Keeping{Writing: late.Name, Now: at(30), From: at(20)}); err != nil {
		t.Fatal(err)
	}
	late.is(11, "z")
	late.is(36_000, "chain.end")
}

const aDay = 86_400 // seconds

// TestAClockThatLeapsAheadAgesNothing prunes as if a month had passed since the bases of these days, however many there are of the last one.
func TestAClockThatLeapsAheadAgesNothing(t *testing.T) {
	t.Parallel()
	c := begun(t)
	for day := range 4 {
		c.base(aDay*day, byte('a'+day))
		c.add(aDay*day, aDay*day+1, byte('a'+day))
	}
	for again := range 5 {
		c.base(3*aDay+600*(again+1), 'd')
	}
	prune := func(days int) {
		t.Helper()
		if _, err := vault.PruneChains(t.Context(), c.Depot, vault.Keeping{Writing: c.Name, Now: at(33 * aDay), From: at(30 * aDay), Days: days}); err != nil {
			t.Fatal(err)
		}
	}
	prune(3)
	c.is(1, "a")
	prune(2)
	c.is(1, "chain.early")
	c.is(aDay+1, "b")
}

// TestAClockThatWentBackForYearsAgesNothing: what was written while it was wrong is older than all that is kept, and lets none of it go.
func TestAClockThatWentBackForYearsAgesNothing(t *testing.T) {
	t.Parallel()
	c := begun(t)
	written := func(second int, letter byte) {
		c.base(second, letter)
		c.add(second, second+1, letter)
	}
	for day := range 10 {
		written(aDay*day, byte('a'+day))
	}
	for again := range 8 {
		written(-1000*aDay+again*aDay, 'x')
	}
	written(9*aDay+7200, 'k')
	for _, days := range []int{0, 7} {
		since, err := vault.PruneChains(t.Context(), c.Depot, vault.Keeping{Writing: c.Name, Now: at(9*aDay + 8000), From: at(4*aDay - 100), Days: days})
		if err != nil || !since.Equal(at(-1000*aDay).Add(2*time.Millisecond)) {
			t.Errorf("the oldest that is left is of %v, %v", since, err)
		}
	}
	names, err := c.Depot.Names(t.Context(), "chains/")
	if want := 1 + 2*(7+8+1); err != nil || len(names) != want { // the key, and of the days 3 to 9, the wrong ones and the last a base and a segment
		t.Errorf("%d pieces are left, want %d: %v", len(names), want, err)
	}
}

// TestNoAttachmentGoesWhileAPieceFromTheFutureIsLeft: nobody knows since when it is needed.
func TestNoAttachmentGoesWhileAPieceFromTheFutureIsLeft(t *testing.T) {
	t.Parallel()
	c := begun(t)
	c.base(100*aDay, 'a')
	c.base(0, 'b')
	for now, gone := range map[int]bool{10 * aDay: true, 200 * aDay: false} {
		since, err := vault.PruneChains(t.Context(), c.Depot, vault.Keeping{Writing: c.Name, Now: at(now), From: at(now - aDay), Days: 9})
		if err != nil || since.IsZero() != gone {
			t.Errorf("on day %d: %v, %v", now/aDay, since, err)
		}
	}
}
