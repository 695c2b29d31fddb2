package archive

import (
	"slices"
	"strings"

	"hefa/internal/announcement"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/lapse"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

// EndKind is what came to an end and belongs into its person's file.
type EndKind string

// The kinds of ends.
const (
	CaseEnd      EndKind = "case"      // a case: handed over, declined, refused or withdrawn
	LapseEnd     EndKind = "lapse"     // a certificate was cancelled of which nobody asked it
	DepartureEnd EndKind = "departure" // a death or a move by a list of others
	LetterEnd    EndKind = "letter"    // a letter whose slip came back
)

// EndKinds is every kind, in the order of a form.
var EndKinds = []EndKind{CaseEnd, LapseEnd, DepartureEnd, LetterEnd}

// Word is the key of k's name in the catalogue.
func (k EndKind) Word() string { return "archive.end." + string(k) }

// End is something that came to an end and whose papers are not in its person's file yet.
type End struct {
	Kind   EndKind
	ID     string
	Region region.Code
	Person person.ID
	No     string // of the case, the published list or the letter, "" for none
	What   string // the matter, the cause or the kind of letter
	State  string // of the case, of the lapse and so on
	On     day.Day
	Due    day.Day // the last day for filing it
}

// Named is the end as a list picks it: its kind and its id.
func (e End) Named() string { return string(e.Kind) + ":" + e.ID }

// NamedEnd reads what Named wrote; ok is false when it is none.
func NamedEnd(s string) (e End, ok bool) {
	kind, id, ok := strings.Cut(s, ":")
	return End{Kind: EndKind(kind), ID: id}, ok && id != "" && slices.Contains(EndKinds, EndKind(kind))
}

// EndsMost is how many ends are filed at once.
const EndsMost = 100

// CheckEnds refuses to file nothing, and too much at once.
func CheckEnds(all []End) error {
	var p fault.Problems
	switch n := len(all); {
	case n == 0:
		p.Add("ends", "archive.ends.missing")
	case n > EndsMost:
		p.Add("ends", "archive.ends.many", EndsMost)
	}
	return p.Fault()
}

// OfLapse is the papers of a cancellation of which nobody asked: the published list, what was said against it, and the decision.
func OfLapse(l lapse.Lapse, p lapse.Posting, said []announcement.Objection) []Item {
	out := []Item{{Kind: Notice, Title: lang.T("archive.title.posting"), Number: p.No, Day: p.Starts, Origin: Born}}
	for _, o := range said {
		out = append(out, OfObjection(o))
	}
	return append(out, Item{Kind: Decision, Title: lang.T("archive.title.lapse", l.Cause), Number: p.No, Day: l.Decided, Origin: Born})
}

// OfObjection is the line of what was said against a published list and how it was decided.
func OfObjection(o announcement.Objection) Item {
	return Item{Kind: Notice, Title: lang.T("archive.title.objection"), Number: o.No, Day: o.Day, Origin: Born}
}

// OfDeparture is the papers of a cancellation by a list of others: what the list says, and the decision.
func OfDeparture(d departure.Departure, l departure.List) []Item {
	return []Item{{Kind: Supplement, Title: lang.T("archive.title.departed", d.Kind), Author: l.Source, Day: l.On, Origin: Born},
		{Kind: Decision, Title: lang.T("archive.title.departure", d.Kind), Day: d.Decided, Origin: Born}}
}

// OfReminder is a letter with the slip that came back, or with the witness's word that it was refused.
func OfReminder(r reminder.Reminder) []Item {
	slip := Item{Kind: Supplement, Title: lang.T("archive.title.slip", r.Kind), Author: lang.T(r.Signer.Word()), Number: r.No, Day: r.Received, Origin: Paper}
	switch {
	case r.Proof != "":
		slip.Origin, slip.Hash = Scan, r.Proof
	case r.Signer == reminder.Refused:
		slip.Origin = Born
	}
	return []Item{{Kind: Supplement, Title: lang.T(r.Kind.Word()), Number: r.No, Day: r.Made, Origin: Born}, slip}
}

// Fresh is those papers that do not lie in the file yet; what was filed before and is filed anew stands there once.
func Fresh(items, there []Item) []Item {
	known := map[string]bool{}
	for n, name := range Names(there) {
		if there[n].Destroyed == "" {
			known[there[n].Application+" "+name] = true
		}
	}
	var out []Item
	for n, name := range Names(items) {
		if !known[items[n].Application+" "+name] {
			out = append(out, items[n])
		}
	}
	return out
}

// Ordered puts papers into the order of a file.
func Ordered(items []Item) []Item {
	var out []Item
	for _, k := range Kinds {
		for _, i := range items {
			if i.Kind == k {
				i.Pages = max(1, i.Pages) // a clerk counts what nobody counted
				out = append(out, i)
			}
		}
	}
	return out
}
