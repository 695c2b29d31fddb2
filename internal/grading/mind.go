package grading

import "math"

// quotientUpTo is the development quotient (0 to 6 years) and the intelligence quotient (from 7) up to which each level reaches (5.6; S29, S30).
var (
	dqUpTo = []float64{25, 39, 54, 75}
	iqUpTo = []float64{19, 34, 49, 69}
)

// whodasFrom is the WHO-DAS II score from which each level begins; below 52 there is none (5.6, 5.7; S31, S33).
var whodasFrom = []float64{116, 106, 96, 52}

// The ages and the quotient at which another test decides (5.6).
const (
	schoolAge  = 7  // from here the IQ is taken
	directDQ   = 72 // below, the DQ alone decides; from here to 75 adaptive behaviour
	longWhodas = 36 // questions of the whole WHO-DAS II
)

// upTo is the grade of a whole number by upper limits.
func upTo(limits []float64, n float64) int {
	for i, l := range limits {
		if n <= l {
			return i + 1
		}
	}
	return none
}

// quotient is a test's score as a whole number, flagged when it was none.
func (w *work) quotient(field string) (float64, bool) {
	n, ok := w.wanted(field)
	if whole := math.Round(n); ok && whole != n {
		w.flag("grading.mind.rounded", named(field), plain(n), plain(whole))
		return whole, true
	}
	return n, ok
}

// behaviour is the grade of adaptive behaviour.
func (w *work) behaviour() int {
	a := w.Values["adaptive"]
	if a == "" {
		w.missing("adaptive")
		return unknown
	}
	return step(a)
}

// intellectual: below seven the DQ, with adaptive behaviour from 72 to 75; from seven IQ and adaptive behaviour, which wins where they differ (5.6).
func intellectual(w *work) {
	if w.Values["instrument"] == "" {
		w.missing("instrument")
	}
	grade := unknown
	if w.Age < schoolAge {
		grade = w.development()
	} else {
		grade = w.intelligence()
	}
	w.conclude(grade, "grading.clause.intellectual")
	if w.Age >= adult {
		w.activity(grade)
	}
}

func (w *work) development() int {
	dq, ok := w.quotient("dq")
	if _, other := w.Values.number("iq"); other {
		w.contradicts("grading.mind.age", named("iq"), w.Age)
	}
	if !ok {
		return unknown
	}
	grade := upTo(dqUpTo, dq)
	w.computed("grading.mind.quotient", named("dq"), plain(dq), levelOf(grade))
	if dq < directDQ || grade == none {
		return grade
	}
	behaviour := w.behaviour()
	if behaviour != unknown && behaviour < grade {
		w.contradicts("grading.mind.differ", named("dq"), levelOf(grade), levelOf(behaviour))
	}
	return behaviour
}

func (w *work) intelligence() int {
	iq, ok := w.quotient("iq")
	if _, other := w.Values.number("dq"); other {
		w.contradicts("grading.mind.age", named("dq"), w.Age)
	}
	behaviour := w.behaviour()
	if ok && upTo(iqUpTo, iq) == none || behaviour == none {
		if ok && (upTo(iqUpTo, iq) == none) != (behaviour == none) && behaviour != unknown {
			w.contradicts("grading.mind.differ", named("iq"), levelOf(upTo(iqUpTo, iq)), levelOf(behaviour))
		}
		return none // the standard wants both
	}
	if !ok || behaviour == unknown {
		return unknown
	}
	grade := upTo(iqUpTo, iq)
	w.computed("grading.mind.quotient", named("iq"), plain(iq), levelOf(grade))
	if grade != behaviour {
		w.contradicts("grading.mind.differ", named("iq"), levelOf(grade), levelOf(behaviour))
		w.computed("grading.mind.behaviour", levelOf(behaviour))
	}
	return behaviour
}

// activity compares the WHO-DAS II of an adult with the grade; it reflects activity and does not decide (5.6).
func (w *work) activity(grade int) {
	score, ok := w.score()
	if by := from(score); ok && grade != unknown && by != grade {
		w.contradicts("grading.mind.whodas", plain(score), levelOf(by), levelOf(grade))
	}
}

// from is the grade of a WHO-DAS II score.
func from(score float64) int {
	for i, f := range whodasFrom {
		if score >= f {
			return i + 1
		}
	}
	return none
}

// score is the WHO-DAS II; that of the short form of 32 questions has no scale of its own, which is flagged with what it would be at full length.
func (w *work) score() (float64, bool) {
	score, ok := w.wanted("whodas")
	if !ok {
		return 0, false
	}
	if score != math.Trunc(score) {
		w.flag("grading.mind.rounded", named("whodas"), plain(score), plain(math.Round(score)))
		score = math.Round(score)
	}
	switch w.Values["items"] {
	case "":
		w.missing("items")
	case "32":
		full := math.Round(score * longWhodas / 32)
		w.flag("grading.mind.short", plain(score), plain(full), levelOf(from(full)))
		if score > 32*5 {
			w.contradicts("grading.mind.many", plain(score), 32*5)
		}
	default:
		if score < longWhodas {
			w.contradicts("grading.mind.few", plain(score), longWhodas)
		}
	}
	return score, true
}

// mental: an illness of more than a year that has not healed; adults by WHO-DAS II and adaptive behaviour, minors by adaptive behaviour (5.7).
func mental(w *work) {
	behaviour := w.behaviour()
	grade := behaviour
	if w.Age >= adult {
		score, ok := w.score()
		by := from(score)
		if ok {
			w.computed("grading.mind.quotient", named("whodas"), plain(score), levelOf(by))
		}
		switch {
		case ok && by == none, behaviour == none:
			grade = none
		case !ok || behaviour == unknown:
			grade = unknown
		default:
			grade = max(by, behaviour)
		}
		if ok && behaviour != unknown && by != behaviour {
			w.contradicts("grading.mind.whodas", plain(score), levelOf(by), levelOf(behaviour))
			w.flag("grading.mind.milder")
		}
	}
	w.conclude(grade, "grading.clause.mental")
	if w.Values["diagnosis"] == "" {
		w.missing("diagnosis")
	}
	months, ok := w.wanted("months")
	switch {
	case !ok:
		w.wait("grading.wait.unknown")
	case months <= float64(w.Relief.Months):
		w.wait("grading.mind.early", plain(months), w.Relief.Months)
	}
	if w.Age < 2 {
		w.flag("grading.mind.young")
	}
}
