package grading

import (
	"math"
	"strings"
)

// The words for an acuity that no chart measures; only the last leaves open on which side of 0.02 it lies.
const (
	noLight    = "nlp" // no light perception
	light      = "lp"  // light perception
	handMotion = "hm"  // hand movement
	fingers    = "fc"  // finger counting: about 0.02 at one metre, so a number is wanted
)

// The values of acuity (decimal) and field radius (degrees) below which each level begins (5.2; S34, S86).
var (
	acuityBelow = []struct {
		v     float64
		grade int
	}{{0.02, 1}, {0.05, 2}, {0.1, 3}, {0.3, 4}}
	radiusBelow = []struct {
		r     float64
		grade int
	}{{5, 1}, {10, 2}}
)

// The ranges of both notations, which do not meet.
const (
	mostDecimal              = 2.0
	leastFivePoint, mostFive = 3.0, 5.3
)

// readAcuity is the decimal acuity; a word is given back when no number can stand for it. 5-point L is 10^(L-5), to two digits as the charts print it,
// so that 3.3 is 0.02 and 4.0 is 0.1.
func readAcuity(s string) (v float64, word string, ok bool) {
	switch s = strings.ToLower(strings.TrimSpace(s)); s {
	case noLight, light, handMotion:
		return 0, s, true
	case fingers:
		return 0, s, true
	}
	n, ok := readNumber(s)
	switch {
	case !ok || n < 0 || n > mostFive || n > mostDecimal && n < leastFivePoint:
		return 0, "", false
	case n >= leastFivePoint:
		v := math.Pow(10, n-5)
		scale := math.Pow(10, 1-math.Floor(math.Log10(v)))
		return math.Round(v*scale) / scale, "", true
	}
	return n, "", true
}

// vision: the better eye decides, each eye by the worse of acuity and field; below 10 degrees is blind whatever the acuity (5.2).
func vision(w *work) {
	right, left := w.eye("right"), w.eye("left")
	grade := max(right, left)
	switch {
	case right == none || left == none:
		grade = none // one eye that sees enough settles it
	case right == unknown || left == unknown:
		grade = unknown
	}
	if right != unknown && left != unknown {
		better := "right-acuity"
		if left > right {
			better = "left-acuity"
		}
		w.computed("grading.vision.better", named(better))
	}
	w.conclude(grade, "grading.clause.vision")
}

// eye grades one eye.
func (w *work) eye(side string) int {
	grade, seen := w.acuity(side)
	r, measured := w.wanted(side + "-field")
	byField := none
	for _, b := range radiusBelow {
		if measured && r < b.r {
			byField = b.grade
			break
		}
	}
	if _, word, _ := readAcuity(w.Values[side+"-acuity"]); measured && r > 0 && word == noLight {
		w.contradicts("grading.vision.dark", named(side+"-acuity"))
	}
	switch {
	case byField == 1:
		return 1
	case !seen:
		return unknown
	case byField < grade && grade == none:
		w.flag("grading.vision.tunnel", named(side+"-field"))
	}
	return min(grade, byField)
}

// acuity grades the best corrected acuity of one eye, with a pinhole when that is better.
func (w *work) acuity(side string) (grade int, seen bool) {
	best := -1.0
	for _, how := range []string{"-acuity", "-pinhole"} {
		v, word, ok := readAcuity(w.Values[side+how])
		switch {
		case !ok:
			continue
		case word == fingers:
			w.flag("grading.vision.fingers", named(side+how))
			continue
		}
		best = max(best, v)
	}
	if best < 0 {
		w.missing(side + "-acuity")
		return unknown, false
	}
	if naked, word, ok := readAcuity(w.Values[side+"-naked"]); ok && word != fingers && naked > best {
		w.contradicts("grading.vision.naked", named(side+"-naked"))
	}
	w.computed("grading.vision.acuity", named(side+"-acuity"), plain(best))
	for _, b := range acuityBelow {
		if best < b.v {
			return b.grade, true
		}
	}
	return none, true
}
