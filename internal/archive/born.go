package archive

import (
	"fmt"
	"strings"

	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/day"
	"hefa/internal/lang"
)

// OfConclusion is the line of a signed conclusion; who examined is not known from it.
func OfConclusion(c assessment.Conclusion) Item {
	return Item{Kind: Assessment, Title: lang.T("archive.title.conclusion"), Day: c.On, Origin: Born}
}

// OfLetter is the line of a letter to the person of a case.
func OfLetter(k application.LetterKind, no string, on day.Day, clerk string) Item {
	return Item{Kind: Decision, Title: lang.T(k.Word()), Author: clerk, Number: no, Day: on, Origin: Born}
}

// OfForm is the line of what the register knew of a case when the case was decided, as its form prints it. It does not stand for the form that the applicant
// signed. ok is false for a case that came from another county, and for one that is not decided.
func OfForm(a application.Application) (i Item, ok bool) {
	i = Item{Kind: Supplement, Title: lang.T("archive.title.form"), Number: a.No, Day: a.Accepted, Origin: Born}
	return i, a.Accepted != "" && a.Origin != application.Abroad && !a.State.Collecting()
}

// Sources names each paper of a case that the program itself wrote by what it is of: its kind, day and number, and which of several that agree in all of these. Papers
// that were handed in have none. The names are the same whenever the same papers are listed in the same order.
func Sources(items []Item) []string {
	out, seen := make([]string, len(items)), map[string]int{}
	for n, i := range items {
		if i.Origin != Born {
			continue
		}
		name := strings.TrimSpace(fmt.Sprintf("%s %s %s", i.Kind, i.Day, i.Number))
		if seen[name]++; seen[name] > 1 {
			name += fmt.Sprintf(" (%d)", seen[name])
		}
		out[n] = name
	}
	return out
}

// Said is the hash of the kept content with the name of its algorithm, "" while there is none.
func (i Item) Said() string {
	if i.Digest == "" {
		return ""
	}
	return lang.T("archive.digest."+i.Suite, i.Digest)
}
