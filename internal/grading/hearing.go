package grading

import (
	"math"
	"strings"
)

// noResponse is what stands for a tone that is not heard at the loudest; practice counts it as 120 dB, which no rule says.
const (
	noResponse = "nr"
	loudest    = 120.0
)

// hearingAbove is the better ear's average, in whole dB HL, above which each level begins (5.3; S25, S26).
var hearingAbove = []struct {
	db    float64
	grade int
}{{90, 1}, {80, 2}, {60, 3}, {40, 4}}

// infant is the age in full years below which only the levels 1 to 3 count (note to 5.3; S25).
const infant = 3

// hearing: the average of 500, 1000, 2000 and 4000 Hz of the better ear, unaided (5.3).
func hearing(w *work) {
	right, okRight := w.ear("right")
	left, okLeft := w.ear("left")
	grade := unknown
	switch {
	case okRight && okLeft:
		better := min(right, left)
		grade = w.loss(better)
		w.computed("grading.hearing.better", plain(better))
	case okRight && w.loss(right) == none, okLeft && w.loss(left) == none:
		grade = none // the better ear hears at least that well
	}
	if grade == 4 && w.Age < infant {
		w.computed("grading.hearing.infant")
		grade = none
	}
	w.conclude(grade, "grading.clause.hearing")
	if w.Age <= infant && (grade == 3 || grade == 4) {
		w.flag("grading.hearing.young")
	}
	if m := w.Values["method"]; m == "" {
		w.missing("method")
	} else if m != "pure" {
		w.flag("grading.hearing.method")
	}
	w.healing("months")
}

// ear is the average loss of one ear, in whole dB HL.
func (w *work) ear(side string) (float64, bool) {
	sum, all, silent := 0.0, true, false
	for _, f := range frequencies {
		name := side + "-" + f
		if w.Values[name] == noResponse {
			sum, silent = sum+loudest, true
			continue
		}
		n, ok := w.wanted(name)
		sum, all = sum+n, all && ok
	}
	if !all {
		return 0, false
	}
	if silent {
		w.flag("grading.hearing.silent", named(side+"-ear"))
	}
	mean := sum / float64(len(frequencies))
	whole := math.Round(mean)
	w.computed("grading.hearing.pta", named(side+"-ear"), plain(mean))
	if whole != mean {
		w.flag("grading.hearing.rounded", named(side+"-ear"), plain(mean), plain(whole))
	}
	return whole, true
}

func (w *work) loss(db float64) int {
	for _, b := range hearingAbove {
		if db > b.db {
			return b.grade
		}
	}
	return none
}

// speechUpTo is the clarity in percent up to which each level reaches (5.4; S27, S28; the fourth from general knowledge).
var speechUpTo = []struct {
	percent float64
	grade   int
}{{10, 1}, {25, 2}, {45, 3}, {65, 4}}

// speech: clarity and the test of expression; a level wants both, so that the milder one stands when they differ (5.4).
func speech(w *work) {
	clarity := w.clarity()
	expressive := unknown
	if e := w.Values["expressive"]; e == "" {
		w.missing("expressive")
	} else {
		expressive = step(e)
	}
	grade := unknown
	switch {
	case clarity == none || expressive == none:
		grade = none
	case clarity != unknown && expressive != unknown:
		grade = max(clarity, expressive)
	}
	if clarity != unknown && expressive != unknown && clarity != expressive {
		w.contradicts("grading.speech.differ", levelOf(clarity), levelOf(expressive))
		w.flag("grading.speech.milder")
	}
	if w.Values["type"] == "" {
		w.missing("type")
	}
	w.conclude(grade, "grading.clause.speech")
	if grade == 4 {
		w.flag("grading.speech.fourth")
	}
	w.spoken()
}

func (w *work) clarity() int {
	p, ok := w.Values.number("clarity")
	if w.Values.yes("silent") {
		if ok && p > 0 {
			w.contradicts("grading.speech.silent")
		}
		return 1
	}
	if !ok {
		w.missing("clarity")
		return unknown
	}
	w.computed("grading.speech.clarity", plain(p))
	if p != math.Trunc(p) {
		w.flag("grading.speech.fraction", plain(p))
	}
	for _, b := range speechUpTo {
		if math.Round(p) <= b.percent {
			return b.grade
		}
	}
	return none
}

// spoken is the precondition of speech: not below three years; a year of treatment or more than two years of course (5.4).
func (w *work) spoken() {
	if w.Age < infant {
		w.wait("grading.speech.young")
	}
	treated, okTreated := w.Values.number("treated")
	course, okCourse := w.Values.number("course")
	switch {
	case treated >= float64(w.Relief.Months) && okTreated, course > 24 && okCourse:
	case !okTreated && !okCourse:
		w.missing("treated")
		w.wait("grading.wait.unknown")
	default:
		w.wait("grading.speech.early", w.Relief.Months)
	}
}

// healing is the precondition that an impairment has lasted through the months of treatment that policy wants.
func (w *work) healing(field string) {
	months, ok := w.wanted(field)
	switch {
	case !ok:
		w.wait("grading.wait.unknown")
	case months < float64(w.Relief.Months):
		w.wait("grading.wait.early", plain(months), w.Relief.Months)
	}
}

// step is a choice that names a level, or something that is none.
func step(value string) int {
	if i := strings.Index("1234", value); i >= 0 && len(value) == 1 {
		return i + 1
	}
	return none
}

// levelOf is a grade as a sentence names it.
type levelOf int

// Word is the key of the level's name, or of "no level".
func (l levelOf) Word() string {
	if l >= none {
		return "grading.level.none"
	}
	return "level." + string(rune('0'+l))
}
