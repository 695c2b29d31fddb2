package application

import (
	"fmt"

	"hefa/internal/day"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// LetterKind is what a letter to the applicant decides.
type LetterKind string

// The letters of a case.
const (
	CorrectionLetter LetterKind = "return"  // 补正告知书
	RejectionLetter  LetterKind = "decline" // 不予受理决定书
	RefusalLetter    LetterKind = "refuse"  // 不予办理决定书
	OutcomeLetter    LetterKind = "outcome" // 异地代收事项办理结果告知书
)

// Word is the key of k's name in the catalogue.
func (k LetterKind) Word() string { return "letter." + string(k) }

// Series is the county's count of letters of the kind in a year; their numbers have no gaps.
func (k LetterKind) Series(year int) string { return fmt.Sprintf("letter-%s-%d", k, year) }

// No is the number of the county's n-th letter of the kind in a year: 533103-2020-BZ000001.
func (k LetterKind) No(county region.Code, year, n int) string {
	initials := map[LetterKind]string{CorrectionLetter: "BZ", RejectionLetter: "BS", RefusalLetter: "BB", OutcomeLetter: "GZ"}[k] // 补正、不予受理、不予办理、告知
	return fmt.Sprintf("%s-%d-%s%06d", county, year, initials, n)
}

// Promised is by when the card lies ready in the township if every desk takes its whole limit, counted from acceptance: what the slip promises.
func (a Application) Promised(o Office) day.Day {
	limits := []policy.Key{policy.ReviewDays, policy.PrintDays, policy.DispatchDays}
	if a.Examined(o) {
		limits = append(limits, policy.ScheduleDays, policy.AnnounceWithin, policy.AnnounceDays)
	}
	days := 0
	for _, k := range limits {
		days += o.Policy.Count(k)
	}
	return o.Calendar.After(a.Accepted, days)
}
