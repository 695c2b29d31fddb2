package watch

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// choose is n over k as a number.
func choose(n, k int) float64 {
	out := 1.0
	for i := range k {
		out *= float64(n-i) / float64(i+1)
	}
	return out
}

// below is P(R < x·n), counting the part of P(R = ⌈x·n⌉) that the interpolation leaves below, straight from the definition.
func below(n int, share, x float64) float64 {
	at := x * float64(n)
	r := int(math.Ceil(at - 1e-9))
	sum := 0.0
	for k := 0; k < r; k++ {
		sum += choose(n, k) * math.Pow(share, float64(k)) * math.Pow(1-share, float64(n-k))
	}
	one := choose(n, r) * math.Pow(share, float64(r)) * math.Pow(1-share, float64(n-r))
	return sum + one*(1-(float64(r)-at))
}

// Spiegelhalter 2005, appendix A.1.1: the interpolated limits cut off exactly the tails.
func TestTheLimitsCutOffTheTails(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, share := rapid.IntRange(5, 60).Draw(t, "n"), rapid.Float64Range(0.1, 0.9).Draw(t, "share")
		for _, tail := range []float64{Inner, Outer} {
			low, high := Limits(n, share, tail)
			if low > 0 {
				if got := below(n, share, low); math.Abs(got-tail) > 1e-6 {
					t.Fatalf("n %d, share %v: %v lies below %v, want %v", n, share, got, low, tail)
				}
			}
			if high < 1 {
				if got := below(n, share, high); math.Abs(got-(1-tail)) > 1e-6 {
					t.Fatalf("n %d, share %v: %v lies below %v, want %v", n, share, got, high, 1-tail)
				}
			}
		}
	})
}

// The tails are those of the binomial distribution, straight from the definition.
func TestTheTailsAreBinomial(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, share := rapid.IntRange(1, 60).Draw(t, "n"), rapid.Float64Range(0.05, 0.95).Draw(t, "share")
		k := rapid.IntRange(0, n).Draw(t, "k")
		fewer, more := 0.0, 0.0
		for r := 0; r <= n; r++ {
			one := choose(n, r) * math.Pow(share, float64(r)) * math.Pow(1-share, float64(n-r))
			if r <= k {
				fewer += one
			}
			if r >= k {
				more += one
			}
		}
		gotFewer, gotMore := Tails(n, k, share)
		if math.Abs(gotFewer-fewer) > 1e-9 || math.Abs(gotMore-more) > 1e-9 {
			t.Fatalf("%d of %d at %v: %v %v, want %v %v", k, n, share, gotFewer, gotMore, fewer, more)
		}
	})
}

func TestTheFunnelNarrowsAndHoldsTheShare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, share := rapid.IntRange(20, 5000).Draw(t, "n"), rapid.Float64Range(0.02, 0.98).Draw(t, "share")
		low, high := Limits(n, share, Outer)
		inLow, inHigh := Limits(n, share, Inner)
		if low > inLow+1e-9 || inLow > share+1/float64(n) || inHigh < share-1/float64(n) || high < inHigh-1e-9 || low < 0 || high > 1 {
			t.Fatalf("%v %v %v %v %v", low, inLow, share, inHigh, high)
		}
		wider, widest := Limits(n/4, share, Outer)
		if widest-wider < high-low-0.02 {
			t.Fatalf("of %d: %v, of %d: %v", n, high-low, n/4, widest-wider)
		}
	})
	a, b := Limits(exactUntil, 0.3, Outer)
	c, d := Limits(exactUntil+1, 0.3, Outer)
	if math.Abs(a-c) > 0.001 || math.Abs(b-d) > 0.001 {
		t.Errorf("the two ways differ: %v %v, %v %v", a, b, c, d)
	}
	if l, h := Limits(0, 0.5, Inner); l != 0 || h != 1 {
		t.Errorf("of nothing: %v %v", l, h)
	}
	if l, h := Limits(50, 0, Inner); l != 0 || h != 0 {
		t.Errorf("when nothing ever counts: %v %v", l, h)
	}
}

func TestWhoStandsOut(t *testing.T) {
	t.Parallel()
	all := []Tally{
		{Key: "as all", Found: 500, Levels: [4]int{50, 100, 150, 100}, Weighed: 400, Differs: 20, Before: 100, Upgraded: 10},
		{Key: "severe", Found: 500, Levels: [4]int{150, 200, 40, 10}, Weighed: 400, Differs: 20},
		{Key: "mild", Found: 500, Levels: [4]int{5, 15, 180, 200}, Weighed: 400, Differs: 20},
		{Key: "few", Found: 3, Levels: [4]int{3, 0, 0, 0}},
		{Key: "nobody"},
	}
	f := Compare(Severe, all)
	got := map[string]Mark{}
	for _, u := range f.Units {
		got[u.Key] = u.Mark
	}
	for key, want := range map[string]Mark{"severe": FarHigh, "mild": FarLow, "few": Inside, "nobody": NoNumber} {
		if got[key] != want {
			t.Errorf("%s is %q, want %q", key, got[key], want)
		}
	}
	if f.Base != 1203 || f.Events != 523 || !f.Units[0].Mark.Far() || f.Units[len(f.Units)-1].Mark != NoNumber {
		t.Errorf("%+v", f)
	}
	for m, want := range map[Measure][2]int{Met: {1503, 1203}, Differs: {1200, 60}, Upgraded: {100, 10}, "other": {0, 0}} {
		if f := Compare(m, all); f.Base != want[0] || f.Events != want[1] {
			t.Errorf("%s: %d of %d", m, f.Events, f.Base)
		}
	}
}
