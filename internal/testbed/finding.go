package testbed

import (
	"hefa/internal/certificate"
	"hefa/internal/grading"
)

// Measured is complete findings of an adult for which the standard suggests the level; "" is for findings that reach none.
func Measured(c certificate.Category, l certificate.Level) grading.Values {
	i := int('5') - int('0')
	if l != "" {
		i = int(l[0] - '0')
	}
	at := func(values ...string) string { return values[i-1] }
	living := at("1", "2", "3", "4", "normal")
	switch c {
	case certificate.Vision:
		v := at("0.01", "0.03", "0.06", "0.2", "0.8")
		return grading.Values{"right-acuity": v, "left-acuity": v, "right-field": "40", "left-field": "40", "perimetry": "yes", "fundus": "yes"}
	case certificate.Hearing:
		out := grading.Values{"method": "pure", "immittance": "yes", "objective": "yes", "months": "36"}
		for _, f := range []string{"500", "1000", "2000", "4000"} {
			out["right-"+f], out["left-"+f] = at("95", "85", "70", "50", "30"), at("95", "85", "70", "50", "30")
		}
		return out
	case certificate.Speech:
		return grading.Values{"type": "aphasia", "clarity": at("5", "20", "40", "60", "90"), "expressive": at("1", "2", "3", "4", "reached"), "treated": "36"}
	case certificate.Physical:
		adl := at("1", "2", "3", "4", "5")
		return grading.Values{"adl": adl, "origin": "congenital", "rightarm-function": at("extreme", "severe", "severe", "moderate", "mild"),
			"leftarm-function": at("extreme", "severe", "normal", "normal", "normal"), "evidence": "肌力减退"}
	case certificate.Intellectual:
		return grading.Values{"iq": at("15", "30", "40", "60", "90"), "instrument": "韦氏", "adaptive": living, "whodas": at("130", "110", "100", "60", "36"), "items": "36"}
	}
	return grading.Values{"diagnosis": "F20", "months": "36", "adaptive": living, "whodas": at("130", "110", "100", "60", "36"), "items": "36", "records": "yes"}
}
