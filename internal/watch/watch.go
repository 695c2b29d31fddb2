// Package watch compares how grades fall out: which hospital, doctor or place differs from all the others by more than chance. It accuses nobody.
package watch

import (
	"math"
	"slices"
	"strconv"
)

// Dimension is what is compared with its like.
type Dimension string

// The dimensions.
const (
	Hospital Dimension = "hospital"
	Doctor   Dimension = "doctor"
	Category Dimension = "category"
	County   Dimension = "county"
	Township Dimension = "township"
)

// Dimensions is every dimension, in the order of the form.
var Dimensions = []Dimension{Hospital, Doctor, Category, County, Township}

// Word is the key of d's name in the catalogue.
func (d Dimension) Word() string { return "watch.dimension." + string(d) }

// Measure is the share that is compared.
type Measure string

// The measures.
const (
	Severe   Measure = "severe"   // of those who meet the standard, levels one and two
	Met      Measure = "met"      // of all findings, those that meet the standard
	Differs  Measure = "differs"  // of those that the standard weighed, conclusions other than it suggested
	Upgraded Measure = "upgraded" // of those graded before, a more severe level than before
	Quick    Measure = "quick"    // of those that were timed, shorter than policy says
	Alike    Measure = "alike"    // of those who meet the standard, those whom one doctor gave the same level of a category on one day as many others
	Kin      Measure = "kin"      // of all findings, those of people whom an officer or a doctor declared as a relative
)

// Measures is every measure, in the order of the form.
var Measures = []Measure{Severe, Met, Differs, Upgraded, Quick, Alike, Kin}

// Word is the key of m's name in the catalogue.
func (m Measure) Word() string { return "watch.measure." + string(m) }

// Tally is what was counted of one hospital, doctor, category or place.
type Tally struct {
	Key      string
	Found    int    // findings
	Levels   [4]int // of those that meet the standard, by level
	Weighed  int    // findings that the standard weighed
	Differs  int    // of these, conclusions other than it suggested
	Before   int    // findings that meet the standard, of people who were graded before
	Upgraded int    // of these, more severe than before
	Busiest  int    // people on the busiest day
	Timed    int    // findings whose doctor had the form open
	Quick    int    // of these, shorter than policy says
	Alike    int    // findings that meet the standard, on a day on which their doctor gave as many as policy says the same level of their category
	Kin      int    // findings of declared relatives
	Median   int    // seconds that half of the timed took at most; 0 when none was timed
}

// Minutes is the median in minutes to one place, "" when nothing was timed.
func (t Tally) Minutes() string {
	if t.Timed == 0 {
		return ""
	}
	return Minutes(t.Median)
}

// Minutes is seconds in minutes to one place, as people read it: 12.5; "" for a time that nobody knows.
func Minutes(seconds int) string {
	if seconds < 0 {
		return ""
	}
	return strconv.FormatFloat(float64(seconds)/60, 'f', 1, 64)
}

// of is how many are looked at for a measure, and how many of them count.
func (t Tally) of(m Measure) (base, events int) {
	met := t.Levels[0] + t.Levels[1] + t.Levels[2] + t.Levels[3]
	switch m {
	case Severe:
		return met, t.Levels[0] + t.Levels[1]
	case Met:
		return t.Found, met
	case Differs:
		return t.Weighed, t.Differs
	case Upgraded:
		return t.Before, t.Upgraded
	case Quick:
		return t.Timed, t.Quick
	case Alike:
		return met, t.Alike
	case Kin:
		return t.Found, t.Kin
	}
	return 0, 0
}

// The two tails of the limits (Spiegelhalter 2005): 1 of 20 and 1 of 500 units lie outside by chance alone.
const (
	Inner = 0.025
	Outer = 0.001
)

// Mark says where a unit lies.
type Mark string

// The marks.
const (
	Inside   Mark = ""         // as chance may have it
	High     Mark = "high"     // above the 95 % limit
	Low      Mark = "low"      // below it
	FarHigh  Mark = "far-high" // above the 99.8 % limit
	FarLow   Mark = "far-low"  // below it
	NoNumber Mark = "none"     // nothing to compare
)

// Word is the key of m's name in the catalogue.
func (m Mark) Word() string {
	if m == Inside {
		return "watch.mark.inside"
	}
	return "watch.mark." + string(m)
}

// Far says whether the unit is to be looked at.
func (m Mark) Far() bool { return m == FarHigh || m == FarLow }

// Unit is a tally beside what was to be expected of it.
type Unit struct {
	Tally
	Base, Events int
	Share        float64 // of 1
	Low, High    float64 // the 95 % limits
	Mark         Mark
}

// Funnel is every unit beside the share of all.
type Funnel struct {
	Base, Events int
	Share        float64
	Units        []Unit // the farthest first, then the largest
}

// Compare is the funnel of a measure.
func Compare(m Measure, all []Tally) Funnel {
	var f Funnel
	for _, t := range all {
		base, events := t.of(m)
		f.Base, f.Events = f.Base+base, f.Events+events
	}
	if f.Base > 0 {
		f.Share = float64(f.Events) / float64(f.Base)
	}
	for _, t := range all {
		u := Unit{Tally: t, Mark: NoNumber}
		if u.Base, u.Events = t.of(m); u.Base > 0 {
			u.Share = float64(u.Events) / float64(u.Base)
			u.Low, u.High = Limits(u.Base, f.Share, Inner)
			u.Mark = u.mark(f.Share)
		}
		f.Units = append(f.Units, u)
	}
	rank := map[Mark]int{FarHigh: 0, FarLow: 0, High: 1, Low: 1, Inside: 2, NoNumber: 3}
	slices.SortStableFunc(f.Units, func(a, b Unit) int {
		if d := rank[a.Mark] - rank[b.Mark]; d != 0 {
			return d
		}
		return b.Base - a.Base
	})
	return f
}

// mark asks how likely so many or more, so few or fewer are by chance: limits between whole numbers would put three of three outside.
func (u Unit) mark(share float64) Mark {
	fewer, more := Tails(u.Base, u.Events, share)
	switch {
	case more < Outer:
		return FarHigh
	case fewer < Outer:
		return FarLow
	case more < Inner:
		return High
	case fewer < Inner:
		return Low
	}
	return Inside
}

// Tails is how likely at most, and at least, k of n count by chance when each does with probability share.
func Tails(n, k int, share float64) (fewer, more float64) {
	if share <= 0 || share >= 1 {
		return 1, 1 // all are alike
	}
	if n > exactUntil {
		z := (float64(k) - float64(n)*share) / math.Sqrt(float64(n)*share*(1-share))
		return math.Erfc(-z/math.Sqrt2) / 2, math.Erfc(z/math.Sqrt2) / 2
	}
	below, at := 0.0, 0.0
	walk(n, share, func(r int, one float64) bool {
		if r < k {
			below += one
		}
		at = one
		return r < k
	})
	return min(1, below+at), max(0, 1-below)
}

// exactUntil is the largest number for which the binomial distribution itself is summed; beyond it the normal one differs by less than a tenth of a
// percent.
const exactUntil = 2000

// Limits is between which shares a unit of n lies by chance when every one of its n counts with probability share: outside on each side with probability
// tail. Up to exactUntil these are the interpolated binomial limits of D. J. Spiegelhalter, "Funnel plots for comparing institutional performance",
// Statistics in Medicine 24 (2005), appendix A.1.1.
func Limits(n int, share, tail float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	if share <= 0 || share >= 1 {
		return share, share
	}
	if n > exactUntil {
		z := math.Sqrt2 * math.Erfinv(1-2*tail)
		wide := z * math.Sqrt(share*(1-share)/float64(n))
		return max(0, share-wide), min(1, share+wide)
	}
	return quantile(n, share, tail), quantile(n, share, 1-tail)
}

// quantile is the interpolated p-quantile of the share: r is the smallest number with P(R ≤ r) > p, and (r − (P(R ≤ r) − p) / P(R = r)) / n the limit.
func quantile(n int, share, p float64) float64 {
	sum, x := 0.0, 0.0
	walk(n, share, func(r int, one float64) bool {
		sum += one
		x = (float64(r) - (sum-p)/one) / float64(n)
		return sum <= p
	})
	return min(1, max(0, x))
}

// walk gives P(R = r) of the binomial distribution from r = 0 on, while more says so.
func walk(n int, share float64, more func(r int, one float64) bool) {
	odds := math.Log(share) - math.Log1p(-share)
	term := float64(n) * math.Log1p(-share) // log P(R = 0)
	for r := 0; r <= n && more(r, math.Exp(term)); r++ {
		term += math.Log(float64(n-r)) - math.Log(float64(r+1)) + odds
	}
}
