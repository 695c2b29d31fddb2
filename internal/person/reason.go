package person

import (
	"strings"

	"hefa/internal/fault"
)

// The characters of a reason for which somebody sees what is hidden.
const (
	leastReason = 4
	mostReason  = 200
)

// CheckReason refuses a reason that says nothing or does not end, and one that holds an identity number itself, because it stays in the audit.
func CheckReason(reason string) error {
	var p fault.Problems
	switch n := len([]rune(reason)); {
	case n < leastReason:
		p.Add("reason", "person.reason.short")
	case n > mostReason:
		p.Add("reason", "person.reason.long", mostReason)
	case HoldsNumber(reason):
		p.Add("reason", "person.reason.number")
	}
	return p.Fault()
}

// HoldsNumber says whether text holds a sound identity number.
func HoldsNumber(text string) bool {
	for i := range text {
		if i+18 <= len(text) && Number(strings.ToUpper(text[i:i+18])).Check() == "" {
			return true
		}
	}
	return false
}
