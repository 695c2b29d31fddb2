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

// Want sets on each closing, the oldest first, what is still lacking by the papers of the file: a paper of the case ends it, or one that was put in by hand later, which
// stands for one lack. A paper that is there and does not count has its mark and is not wanted here.
func Want(all []Closing, items []Item) {
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
				return i.Application == "" && i.Origin == Paper && Lack(i.Kind) == l && i.ID > c.Mark && !used[i.ID]
			})
			if i < 0 {
				all[n].Wanting = append(all[n].Wanting, l)
				continue
			}
			used[items[i].ID] = true
		}
	}
}
