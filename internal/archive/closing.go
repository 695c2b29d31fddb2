package archive

import (
	"slices"
	"strings"

	"hefa/internal/day"
)

// Closing is the day on which the papers of what ended went into the file though some were lacking, and what of them still is.
type Closing struct {
	Kind    EndKind
	ID      string // of what ended
	No      string // of the case, "" for none
	Day     day.Day
	Mark    string // sorts by the moment, as ids do
	Lacking []Lack // as it was closed
	Reason  string
	Wanting []Lack // of which nothing was filed since
}

// Want sets on each closing, the oldest first, what is still lacking by the papers of the file: a paper of the case ends it, or one that was put in later, which stands for
// one lack. A paper that is there and does not count has its mark and is not wanted here. letters is the numbers of the letters to the person.
func Want(all []Closing, items []Item, letters []string) {
	used := map[string]bool{}
	for n, c := range all {
		all[n].Wanting = nil
		for _, l := range c.Lacking {
			if strings.Contains(string(l), ":") {
				continue
			}
			own := slices.ContainsFunc(items, func(i Item) bool { return c.Kind == CaseEnd && i.Application == c.ID && Lack(i.Kind) == l })
			if own {
				continue
			}
			i := slices.IndexFunc(items, func(i Item) bool {
				return i.loose(letters) && Lack(i.Kind) == l && i.ID > c.Mark && !used[i.ID]
			})
			if i < 0 {
				all[n].Wanting = append(all[n].Wanting, l)
				continue
			}
			used[items[i].ID] = true
		}
	}
}

// loose says whether the paper was put in by hand or scanned to the file, and belongs to nothing else: not to a case, not to a letter as its slip, not to what a scanned
// paper with a number of its own states.
func (i Item) loose(letters []string) bool {
	if i.Application != "" || i.Number != "" && slices.Contains(letters, i.Number) {
		return false
	}
	return i.Origin == Paper || i.Origin == Scan && i.Number == ""
}
