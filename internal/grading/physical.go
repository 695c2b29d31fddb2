package grading

import "strings"

// paralyses is the kinds of paralysis that the standard names, the mildest first (5.5).
var paralyses = []string{"none", "hemi-partial", "para-partial", "hemi-complete", "para-complete", "tetra"}

// adult is the age in full years from which height is judged, and the WHO-DAS II is taken.
const adult = 18

// body is what was found on the limbs, as the items of 5.5 count it.
type body struct {
	arms, legs []string // what is lost of each
	functions  []int    // each limb's loss of function: 0 normal … 4 extreme, 5 lost
	paralysis  string
	w          *work
}

// item is one entry of the lists of 5.5.
type item struct {
	grade  int
	letter string
	holds  func(b body) bool
}

// items is the lists of 5.5 (S6), the most severe first; a loss further up counts for every place below it.
var items = []item{
	{1, "a", func(b body) bool { return b.paralysis == "tetra" }},
	{1, "b", func(b body) bool { return b.paralysis == "para-complete" }},
	{1, "c", func(b body) bool { return b.paralysis == "hemi-complete" }},
	{1, "d", func(b body) bool { return b.arm("whole") >= 1 && b.leg("lowerleg") == 2 }},
	{1, "e", func(b body) bool { return b.leg("whole") >= 1 && b.arm("forearm") == 2 }},
	{1, "f", func(b body) bool { return b.arm("upperarm") == 2 && b.leg("lowerleg") >= 1 }},
	{1, "g", func(b body) bool { return b.arm("whole") == 2 || b.leg("whole") == 2 }},
	{1, "h", func(b body) bool { return b.limb() == 4 }},
	{1, "i", func(b body) bool { return weak(b.functions[:2], 4) == 2 || weak(b.functions, 3) >= 3 }},
	{2, "a", func(b body) bool { return strings.HasSuffix(b.paralysis, "-partial") }},
	{2, "b", func(b body) bool { return b.arm("forearm") == 2 }},
	{2, "c", func(b body) bool { return b.leg("thigh") == 2 }},
	{2, "d", func(b body) bool { return b.arm("whole") >= 1 && b.leg("thigh") >= 1 }},
	{2, "e", func(b body) bool { return b.leg("whole") >= 1 && b.arm("upperarm") >= 1 }},
	{2, "f", func(b body) bool { return b.limb() >= 3 }},
	{2, "g", func(b body) bool { return weak(b.functions, 3) >= 2 || weak(b.functions, 2) >= 3 }},
	{3, "a", func(b body) bool { return b.leg("lowerleg") == 2 }},
	{3, "b", func(b body) bool { return b.arm("forearm") >= 1 }},
	{3, "c", func(b body) bool { return b.leg("thigh") >= 1 }},
	{3, "d", func(b body) bool { return b.arm("thumb") == 2 || b.arm("fingers") == 2 }},
	{3, "e", func(b body) bool { return b.limb() >= 2 }},
	{3, "f", func(b body) bool { return weak(b.functions, 3) >= 1 || weak(b.functions, 2) >= 2 }},
	{4, "a", func(b body) bool { return b.leg("lowerleg") >= 1 }},
	{4, "b", func(b body) bool { return b.over("difference", 50) }},
	{4, "c", func(b body) bool { return b.w.Values.yes("stiff") }},
	{4, "d", func(b body) bool { return b.beyond("kyphosis", 70) || b.beyond("scoliosis", 45) }},
	{4, "e", func(b body) bool { return b.arm("fingers") >= 1 }},
	{4, "f", func(b body) bool { return b.arm("thumb") >= 1 }},
	{4, "g", func(b body) bool { return b.leg("foot") >= 1 }},
	{4, "h", func(b body) bool { return b.leg("toes") == 2 || b.w.Values.yes("toes") }},
	{4, "i", func(b body) bool { return b.short() }},
	{4, "j", func(b body) bool { return weak(b.functions, 2) >= 1 || weak(b.functions, 1) >= 2 }},
	{4, "k", func(b body) bool { return b.w.Values.yes("similar") }},
}

// at is how far up a part of a limb lies, larger for more; what is not known is nothing.
func at(order []string, part string) int {
	for i, p := range order {
		if p == part {
			return i
		}
	}
	return 0
}

// arm is how many arms have lost part and what lies beyond; a thumb alone is not the other fingers.
func (b body) arm(part string) int {
	n := 0
	for _, lost := range b.arms {
		if part == "thumb" && lost == "fingers" {
			continue
		}
		if at(armLoss, lost) >= at(armLoss, part) {
			n++
		}
	}
	return n
}

// leg is how many legs have lost part and what lies beyond.
func (b body) leg(part string) int {
	n := 0
	for _, lost := range b.legs {
		if at(legLoss, lost) >= at(legLoss, part) {
			n++
		}
	}
	return n
}

// limb is how many limbs are lost at or above the knuckles of the palm or the joints of the instep.
func (b body) limb() int { return b.arm("hand") + b.leg("foot") }

// weak is how many limbs have lost at least that much function.
func weak(functions []int, least int) int {
	n := 0
	for _, f := range functions {
		if f >= least {
			n++
		}
	}
	return n
}

func (b body) over(field string, least float64) bool {
	n, ok := b.w.Values.number(field)
	return ok && n >= least
}

func (b body) beyond(field string, most float64) bool {
	n, ok := b.w.Values.number(field)
	return ok && n > most
}

// short is dwarfism: an adult of at most 1300 mm (5.5 fourth level i).
func (b body) short() bool {
	mm, ok := b.w.Values.number("height")
	return ok && mm <= 1300 && b.w.Age >= adult
}

// read is the body as the values tell it.
func (w *work) read() body {
	b := body{paralysis: w.Values["paralysis"], w: w}
	for i, limb := range limbs {
		lost := w.Values[limb+"-lost"]
		if i < 2 {
			b.arms = append(b.arms, lost)
		} else {
			b.legs = append(b.legs, lost)
		}
		b.functions = append(b.functions, at(function, w.Values[limb+"-function"]))
	}
	return b
}

// physical: the most severe level of which an item holds and whose head clause about daily life holds too, unaided (5.5). A level's items hold for the
// milder levels as well, so that the milder of items and daily life stands.
func physical(w *work) {
	b := w.read()
	grade, clause := none, ""
	for _, i := range items {
		if i.holds(b) {
			grade, clause = i.grade, "grading.physical."+string(rune('0'+i.grade))+"."+i.letter
			w.computed(clause)
			break
		}
	}
	w.daily(grade, clause)
	w.doubts(b)
	w.rehabilitation(b)
}

// daily joins the items with the head clause.
func (w *work) daily(grade int, clause string) {
	adl := w.Values["adl"]
	switch living := step(adl); {
	case grade == none:
		w.conclude(none, "")
	case adl == "":
		w.missing("adl")
		w.conclude(unknown, "")
	case living != grade:
		w.contradicts("grading.physical.adl", levelOf(living), levelOf(grade))
		if living > grade {
			w.conclude(living, "grading.clause.adl")
			return
		}
		w.conclude(grade, clause)
	default:
		w.conclude(grade, clause)
	}
	if w.out.Outcome == Met {
		w.out.Clause.Args = nil
		if w.out.Clause.Key == "grading.clause.adl" {
			w.out.Clause.Args = []any{w.out.Level}
		}
	}
}

// doubts says what the doctor must judge alone.
func (w *work) doubts(b body) {
	for i, limb := range limbs {
		if lost := w.Values[limb+"-lost"]; (lost == "whole" || lost == "upperarm" || lost == "thigh") && w.Values[limb+"-function"] == "normal" {
			w.contradicts("grading.physical.lost", named(limb+"-function"))
		}
		if i < 2 && w.Values[limb+"-lost"] == "thumb" {
			w.computed("grading.physical.thumb", named(limb+"-lost"))
		}
	}
	if weak(b.functions, 1) > 0 {
		w.flag("grading.physical.scale")
		if strings.TrimSpace(w.Values["evidence"]) == "" {
			w.missing("evidence")
		}
		if b.limb() > 0 {
			w.flag("grading.physical.both")
		}
	}
	if w.Values.yes("similar") {
		w.flag("grading.physical.similar")
	}
	if mm, ok := w.Values.number("height"); ok && mm <= 1300 && w.Age < adult {
		w.flag("grading.physical.minor")
	}
}

// rehabilitation is the precondition: a year after the last treatment, unless something is lost for good or policy eases it (S24; M32, M33).
func (w *work) rehabilitation(b body) {
	origin, lost := w.Values["origin"], b.arm("thumb")+b.arm("fingers")+b.leg("toes") > 0
	switch {
	case origin == "congenital":
	case origin == "amputation" && lost:
		w.flag("grading.wait.amputation")
	case b.paralysis == "para-complete":
		w.flag("grading.wait.paraplegia")
	case origin == "":
		w.missing("origin")
		w.wait("grading.wait.unknown")
	case w.lasted("months"):
	case w.Relief.Loss && b.limb() > 0:
		w.flag("grading.wait.loss")
	case w.Relief.Stroke > 0 && w.Age >= w.Relief.Stroke && origin == "stroke" && weak(b.functions, 1) > 0 && w.Values.yes("records"):
		w.flag("grading.wait.stroke", w.Relief.Stroke)
	default:
		w.healing("months")
	}
}

// lasted says whether the months that policy wants are known to be over.
func (w *work) lasted(field string) bool {
	months, ok := w.Values.number(field)
	return ok && months >= float64(w.Relief.Months)
}
