package grading

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/policy"
)

// Exam is an examination that policy may require before a conclusion is signed.
type Exam string

// Word is the key of e's name in the catalogue.
func (e Exam) Word() string { return "grading.exam." + string(e) }

// proofs is what shows that an examination was done: each inner list names fields of which one is enough.
var proofs = map[certificate.Category]map[Exam][][]string{
	certificate.Vision: {
		"acuity":    {{"right-acuity", "right-pinhole"}, {"left-acuity", "left-pinhole"}},
		"perimetry": {{"right-field"}, {"left-field"}, {"perimetry"}},
		"fundus":    {{"fundus"}},
	},
	certificate.Hearing: {
		"audiometry": {{"right-500"}, {"right-1000"}, {"right-2000"}, {"right-4000"}, {"left-500"}, {"left-1000"}, {"left-2000"}, {"left-4000"}, {"method"}},
		"immittance": {{"immittance"}},
		"objective":  {{"objective"}},
	},
	certificate.Speech: {"clarity": {{"clarity", "silent"}}, "expressive": {{"expressive"}}, "course": {{"treated", "course"}}},
	certificate.Physical: {
		"adl": {{"adl"}}, "strength": {{"evidence"}}, "imaging": {{"imaging"}}, "course": {{"origin"}},
	},
	certificate.Intellectual: {"quotient": {{"dq", "iq"}}, "instrument": {{"instrument"}}, "adaptive": {{"adaptive"}}, "whodas": {{"whodas"}, {"items"}}},
	certificate.Mental: {
		"diagnosis": {{"diagnosis"}}, "course": {{"months"}}, "adaptive": {{"adaptive"}}, "whodas": {{"whodas"}, {"items"}}, "records": {{"records"}},
	},
}

// Required is the examinations that policy wants for a category at a level ("" when the standard is not met) and an age in full years. A word of the
// policy is an examination for every conclusion, or "1.objective" for one level only.
func Required(p policy.Set, c certificate.Category, level certificate.Level, age int) []Exam {
	var out []Exam
	for _, word := range p.List(policy.ExamsOf(string(c))) {
		only, exam, scoped := strings.Cut(word, ".")
		if !scoped {
			only, exam = string(level), word
		}
		if only != string(level) || exam == "whodas" && age < adult {
			continue
		}
		out = append(out, Exam(exam))
	}
	return out
}

// Undone is the examinations of which the values show nothing, each with the field where it is entered first.
func Undone(c certificate.Category, v Values, required []Exam) map[Exam]string {
	out := map[Exam]string{}
	for _, e := range required {
		for _, any := range proofs[c][e] {
			if !slices.ContainsFunc(any, func(f string) bool { return strings.TrimSpace(v[f]) != "" }) {
				out[e] = any[0]
				break
			}
		}
	}
	return out
}
