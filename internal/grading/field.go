package grading

import (
	"slices"
	"strconv"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/fault"
)

// Kind is how a field is filled in.
type Kind string

// The kinds of field.
const (
	Number  Kind = "number"  // a decimal number between Min and Max in the unit
	Acuity  Kind = "acuity"  // a decimal (0.05), a value of the five-point chart (3.7), or nlp, lp, hm, fc
	Decibel Kind = "decibel" // dB HL, or nr for no response at the loudest
	Choice  Kind = "choice"  // one of Options
	Check   Kind = "check"   // yes, or absent
	Text    Kind = "text"    // words
)

// Field is one thing that a doctor finds.
type Field struct {
	Name     string
	Group    string // what part of the body or which test it belongs to
	Kind     Kind
	Unit     string // decimal, db, degree, percent, mm, month, point or ""
	Min, Max float64
	Set      string   // the set that Options come from, for their names
	Options  []string // for a Choice, the mildest first
}

// Word is the key of f's name in the catalogue.
func (f Field) Word() string { return "grading.field." + f.Name }

// Title is the key of the name of f's group.
func (f Field) Title() string { return "grading.group." + f.Group }

// Measure is the key of the name of f's unit, "" when it has none.
func (f Field) Measure() string {
	if f.Unit == "" {
		return ""
	}
	return "grading.unit." + f.Unit
}

// Option is the key of an option's name.
func (f Field) Option(value string) string { return "grading.option." + f.Set + "." + value }

// Parts of a limb that can be lost, each with what lies beyond it; thumb and fingers stand beside each other.
var (
	armLoss  = []string{"none", "thumb", "fingers", "hand", "forearm", "upperarm", "whole"}
	legLoss  = []string{"none", "toes", "foot", "lowerleg", "thigh", "whole"}
	function = []string{"normal", "mild", "moderate", "severe", "extreme", "lost"}
	adaptive = []string{"normal", "4", "3", "2", "1"}
)

// limbs is the four limbs, arms first.
var limbs = []string{"rightarm", "leftarm", "rightleg", "leftleg"}

// frequencies is where the standard measures hearing, in Hz (5.3).
var frequencies = []string{"500", "1000", "2000", "4000"}

// Fields is what can be found for a category, in the order of its form; none for Multiple, which is made of the others.
func Fields(c certificate.Category) []Field { return fields[c] }

var fields = map[certificate.Category][]Field{
	certificate.Vision:       visionFields(),
	certificate.Hearing:      hearingFields(),
	certificate.Speech:       speechFields(),
	certificate.Physical:     physicalFields(),
	certificate.Intellectual: intellectualFields(),
	certificate.Mental:       mentalFields(),
}

func visionFields() []Field {
	var out []Field
	for _, eye := range []string{"right", "left"} {
		out = append(out,
			Field{Name: eye + "-naked", Group: eye + "eye", Kind: Acuity, Unit: "decimal"},
			Field{Name: eye + "-acuity", Group: eye + "eye", Kind: Acuity, Unit: "decimal"},
			Field{Name: eye + "-pinhole", Group: eye + "eye", Kind: Acuity, Unit: "decimal"},
			Field{Name: eye + "-field", Group: eye + "eye", Kind: Number, Unit: "degree", Max: 90})
	}
	return append(out, Field{Name: "perimetry", Group: "evidence", Kind: Check}, Field{Name: "fundus", Group: "evidence", Kind: Check})
}

func hearingFields() []Field {
	var out []Field
	for _, ear := range []string{"right", "left"} {
		for _, f := range frequencies {
			out = append(out, Field{Name: ear + "-" + f, Group: ear + "ear", Kind: Decibel, Unit: "db", Min: -10, Max: 130})
		}
	}
	return append(out,
		Field{Name: "method", Group: "evidence", Kind: Choice, Set: "method", Options: []string{"pure", "play", "abr", "assr"}},
		Field{Name: "immittance", Group: "evidence", Kind: Check},
		Field{Name: "objective", Group: "evidence", Kind: Check},
		Field{Name: "months", Group: "course", Kind: Number, Unit: "month", Max: 1440})
}

func speechFields() []Field {
	return []Field{
		{Name: "type", Group: "kind", Kind: Choice, Set: "speech", Options: []string{"aphasia", "dysarthria", "organic", "voice", "delay", "deaf", "stutter"}},
		{Name: "silent", Group: "tests", Kind: Check},
		{Name: "clarity", Group: "tests", Kind: Number, Unit: "percent", Max: 100},
		{Name: "expressive", Group: "tests", Kind: Choice, Set: "expressive", Options: []string{"reached", "4", "3", "2", "1"}},
		{Name: "treated", Group: "course", Kind: Number, Unit: "month", Max: 1440},
		{Name: "course", Group: "course", Kind: Number, Unit: "month", Max: 1440},
	}
}

func physicalFields() []Field {
	var out []Field
	for i, limb := range limbs {
		lost := Field{Name: limb + "-lost", Group: limb, Kind: Choice, Set: "arm", Options: armLoss}
		if i > 1 {
			lost.Set, lost.Options = "leg", legLoss
		}
		out = append(out, lost, Field{Name: limb + "-function", Group: limb, Kind: Choice, Set: "function", Options: function})
	}
	return append(out,
		Field{Name: "toes", Group: "trunk", Kind: Check},
		Field{Name: "paralysis", Group: "trunk", Kind: Choice, Set: "paralysis", Options: paralyses},
		Field{Name: "stiff", Group: "trunk", Kind: Check},
		Field{Name: "kyphosis", Group: "trunk", Kind: Number, Unit: "degree", Max: 180},
		Field{Name: "scoliosis", Group: "trunk", Kind: Number, Unit: "degree", Max: 180},
		Field{Name: "difference", Group: "trunk", Kind: Number, Unit: "mm", Max: 1000},
		Field{Name: "height", Group: "trunk", Kind: Number, Unit: "mm", Min: 300, Max: 2500},
		Field{Name: "similar", Group: "trunk", Kind: Check},
		Field{Name: "adl", Group: "living", Kind: Choice, Set: "adl", Options: []string{"5", "4", "3", "2", "1"}},
		Field{Name: "evidence", Group: "evidence", Kind: Text},
		Field{Name: "imaging", Group: "evidence", Kind: Check},
		Field{Name: "origin", Group: "course", Kind: Choice, Set: "origin", Options: []string{"congenital", "illness", "accident", "stroke", "amputation"}},
		Field{Name: "months", Group: "course", Kind: Number, Unit: "month", Max: 1440},
		Field{Name: "records", Group: "course", Kind: Check})
}

func intellectualFields() []Field {
	return append([]Field{
		{Name: "dq", Group: "tests", Kind: Number, Unit: "point", Max: 200},
		{Name: "iq", Group: "tests", Kind: Number, Unit: "point", Max: 200},
		{Name: "instrument", Group: "tests", Kind: Text},
	}, livingFields()...)
}

func mentalFields() []Field {
	return append([]Field{
		{Name: "diagnosis", Group: "course", Kind: Text},
		{Name: "months", Group: "course", Kind: Number, Unit: "month", Max: 1440},
		{Name: "records", Group: "course", Kind: Check},
	}, livingFields()...)
}

func livingFields() []Field {
	return []Field{
		{Name: "adaptive", Group: "living", Kind: Choice, Set: "adaptive", Options: adaptive},
		{Name: "whodas", Group: "living", Kind: Number, Unit: "point", Min: 32, Max: 180},
		{Name: "items", Group: "living", Kind: Choice, Set: "items", Options: []string{"36", "32"}},
	}
}

// Input is the name of the form field, and of the field that a fault names, for one finding.
func Input(c certificate.Category, field string) string { return "f" + string(c) + "-" + field }

// Read adds to p every value that cannot be read; field names are those of Input.
func Read(p *fault.Problems, c certificate.Category, v Values) {
	known := map[string]bool{}
	for _, f := range fields[c] {
		known[f.Name] = true
		if s := strings.TrimSpace(v[f.Name]); s != "" {
			f.read(p, c, s)
		}
	}
	for name := range v {
		if !known[name] {
			p.Add(Input(c, name), "grading.field.unknown", name)
		}
	}
}

func (f Field) read(p *fault.Problems, c certificate.Category, s string) {
	name := Input(c, f.Name)
	switch f.Kind {
	case Number, Decibel:
		n, ok := readNumber(s)
		if f.Kind == Decibel && s == noResponse {
			return
		}
		if !ok || n < f.Min || n > f.Max {
			p.Add(name, "grading.value.number", f, plain(f.Min), plain(f.Max))
		}
	case Acuity:
		if _, _, ok := readAcuity(s); !ok {
			p.Add(name, "grading.value.acuity", f)
		}
	case Choice:
		if !slices.Contains(f.Options, s) {
			p.Add(name, "grading.value.choice", f)
		}
	case Check:
		if s != "yes" {
			p.Add(name, "grading.value.choice", f)
		}
	case Text:
		if len([]rune(s)) > 400 {
			p.Add(name, "grading.value.long", f)
		}
	}
}

// readNumber reads a finite decimal number.
func readNumber(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if s == "" || strings.Trim(s, "0123456789.-") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// plain is a number without superfluous digits, at most two behind the point.
func plain(n float64) string {
	s := strconv.FormatFloat(n, 'f', 3, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
