package archive

import (
	"fmt"
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Flaw is why a paper that is there does not count.
type Flaw string

// The flaws.
const (
	Unsigned   Flaw = "unsigned"   // 未签名
	Unreadable Flaw = "unreadable" // 无法辨认
	Wrong      Flaw = "wrong"      // 非本人
)

// Flaws is every flaw, in the order of a form.
var Flaws = []Flaw{Unsigned, Unreadable, Wrong}

// Word is the key of f's name in the catalogue.
func (f Flaw) Word() string { return "archive.flaw." + string(f) }

// Mark says what is wrong with one paper, from the day it was found until it is lifted.
type Mark struct {
	ID          string
	Region      region.Code
	Person      person.ID
	Application string // the case of the paper, "" for one that was put into the file by hand
	Paper       string // its name among those of the case (Names)
	Kind        Kind
	Title       string
	Flaw        Flaw
	Reason      string
	Day         day.Day
	Clerk       string // who found it
	Lifted      day.Day
	Lifter      string
	Answer      string // why it was lifted
	Version     int
}

// County is the tenant that keeps the file.
func (m Mark) County() region.Code { return m.Region.County() }

// markMost is the letters that a reason may have.
const markMost = 200

// Check finds what is wrong with a mark that is to be set on one of papers, and takes the paper's kind and title.
func (m *Mark) Check(papers []Item) error {
	m.Reason = strings.TrimSpace(m.Reason)
	var p fault.Problems
	for n, name := range Names(papers) {
		if i := papers[n]; name == m.Paper && i.Application == m.Application && i.Destroyed == "" {
			m.Kind, m.Title = i.Kind, i.Title
		}
	}
	if m.Kind == "" {
		p.Add("marked", "archive.mark.paper.missing")
	}
	if !slices.Contains(Flaws, m.Flaw) {
		p.Add("flaw", "archive.mark.flaw.missing")
	}
	said(&p, "why", "archive.mark.reason.missing", m.Reason)
	return p.Fault()
}

func said(p *fault.Problems, field, missing, text string) {
	switch n := len([]rune(text)); {
	case n == 0:
		p.Add(field, missing)
	case n > markMost:
		p.Add(field, "card.text.long", markMost)
	}
}

// Lift ends the mark, because the paper was replaced or is right after all.
func (m *Mark) Lift(answer, who string, on day.Day) error {
	if m.Lifted != "" {
		return fault.New(fault.Refused, "archive.mark.lifted", m.Title)
	}
	answer = strings.TrimSpace(answer)
	var p fault.Problems
	said(&p, "answer", "archive.mark.answer.missing", answer)
	if err := p.Fault(); err != nil {
		return err
	}
	m.Answer, m.Lifter, m.Lifted = answer, who, on
	return nil
}

// Names is a name for each paper among those of its case, which stays the same from the day on which the case waits to be filed: the content of a scan, else kind, day
// and number, and which of several that agree in all of these.
func Names(items []Item) []string {
	out, seen := make([]string, len(items)), map[string]int{}
	for n, i := range items {
		name := i.Hash
		if i.Origin != Scan {
			name = strings.TrimSpace(fmt.Sprintf("%s %s %s %s", i.Origin, i.Kind, i.Day, i.Number))
			if i.Origin == Paper {
				name += " " + i.Title
			}
		}
		key := i.Application + " " + name
		if seen[key]++; seen[key] > 1 {
			name += fmt.Sprintf(" (%d)", seen[key])
		}
		out[n] = name
	}
	return out
}

// Marked sets on each paper what is wrong with it by the open marks.
func Marked(items []Item, open []Mark) {
	for n, name := range Names(items) {
		for _, m := range open {
			if m.Application == items[n].Application && m.Paper == name {
				items[n].Flaw = m.Flaw
			}
		}
	}
}

// Lack is what a file lacks: a kind of paper, or a paper of the kind that is right.
type Lack string

// lackOf joins the two.
func lackOf(k Kind, f Flaw) Lack {
	if f == "" {
		return Lack(k)
	}
	return Lack(string(k) + ":" + string(f))
}

// Said is the lack in words: 评定表（未签名）.
func (l Lack) Said() string {
	kind, flaw, bad := strings.Cut(string(l), ":")
	if !bad {
		return lang.T(Kind(kind).Word())
	}
	return lang.T("archive.lack.flaw", Kind(kind), Flaw(flaw))
}

// Lacking is the kinds that must be in the file and are not, and the papers that are there and do not count, in the order of a file.
func Lacking(must []Kind, items []Item) []Lack {
	var out []Lack
	for _, k := range Kinds {
		if slices.Contains(must, k) && !slices.ContainsFunc(items, func(i Item) bool { return i.Kind == k }) {
			out = append(out, Lack(k))
		}
		for _, i := range items {
			if l := lackOf(k, i.Flaw); i.Kind == k && i.Flaw != "" && !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// Words is what is lacking, as a sentence lists it.
func Words(all []Lack) string {
	var out []string
	for _, l := range all {
		out = append(out, l.Said())
	}
	return strings.Join(out, "、")
}
