package vault_test

import (
	"strings"
	"testing"

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
	since, err := vault.PruneChains(t.Context(), c.Depot, c.Name, at(15), 0)
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
	if _, err := vault.PruneChains(t.Context(), c.Depot, late.Name, at(20), 0); err != nil {
		t.Fatal(err)
	}
	late.is(11, "z")
	late.is(36_000, "chain.end")
}

// TestAClockThatLeapsAheadAgesNothing prunes as if a month had passed since the bases of these days.
func TestAClockThatLeapsAheadAgesNothing(t *testing.T) {
	t.Parallel()
	c := begun(t)
	for day := range 4 {
		c.base(10*day, byte('a'+day))
		c.add(10*day, 10*day+1, byte('a'+day))
	}
	if _, err := vault.PruneChains(t.Context(), c.Depot, c.Name, at(1_000_000), 3); err != nil {
		t.Fatal(err)
	}
	c.is(1, "a")
	if _, err := vault.PruneChains(t.Context(), c.Depot, c.Name, at(1_000_000), 2); err != nil {
		t.Fatal(err)
	}
	c.is(1, "chain.early")
	c.is(11, "b")
}
