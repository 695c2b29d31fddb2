// Package archive is the file of a person on the shelf: its papers, its number, the box it stands in, and who borrowed it.
package archive

import (
	"fmt"
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// Kind is what a paper of a file is: the five kinds of the plan (N52) and what decides, publishes and signs for it.
type Kind string

// The kinds, in the order of a file.
const (
	Form       Kind = "form"       // 申请表
	Assessment Kind = "assessment" // 评定表
	Transfer   Kind = "transfer"   // 迁移单
	Change     Kind = "change"     // 变更申请表
	Supplement Kind = "supplement" // 补充资料
	Decision   Kind = "decision"   // 审批记录、决定书
	Notice     Kind = "notice"     // 公示
	Receipt    Kind = "receipt"    // 领证签收
)

// Kinds is every kind, in the order of a file.
var Kinds = []Kind{Form, Assessment, Transfer, Change, Supplement, Decision, Notice, Receipt}

// KindOf is what a scanned paper of a case is in a file, where the case's matter makes no difference: the words are those of policy.Papers and
// policy.Returned.
func KindOf(paper string) Kind {
	switch paper {
	case "assessment", "conclusion":
		return Assessment
	case "service": // proves that a decision reached the applicant
		return Decision
	}
	return Supplement
}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "archive.kind." + string(k) }

// Origin is where a paper comes from.
type Origin string

// The origins.
const (
	Born  Origin = "born"  // made here; the record is the original
	Scan  Origin = "scan"  // a scan or photo that is kept here
	Paper Origin = "paper" // on paper only
)

// Word is the key of o's name in the catalogue.
func (o Origin) Word() string { return "archive.origin." + string(o) }

// Term is how long a file is kept (DA/T 13).
type Term string

// The terms.
const (
	Forever Term = "Y"
	Thirty  Term = "D30"
	Ten     Term = "D10"
)

// Word is the key of t's name in the catalogue.
func (t Term) Word() string { return "archive.term." + string(t) }

// Years is how many years a file is kept after its last paper, 0 for ever.
func (t Term) Years() int { return map[Term]int{Thirty: 30, Ten: 10}[t] }

// Item is one paper of a file.
type Item struct {
	ID          string
	Application string
	Kind        Kind
	Title       string
	Author      string // 责任者
	Number      string // 文号
	Day         day.Day
	Pages       int
	Origin      Origin
	Hash        string // of a scan, and of what was born here and kept: its name in the store of files
	Digest      string `json:",omitempty"` // the hash of that content by Suite, hexadecimal; "" until it was taken
	Suite       string `json:",omitempty"` // sm (SM3, GB/T 32905) or aes (SHA-256)
	Note        string
	Flaw        Flaw   `json:",omitempty"` // by an open mark, "" when it counts
	Destroyed   string // number of the appraisal with which it was destroyed; its line and its hash stay
	Version     int
}

// PagesMost is the most pages of one paper.
const PagesMost = 999

// Count sets how many pages the paper has and what is noted beside it, and notes what is wrong with them.
func (i *Item) Count(p *fault.Problems, pages int, note string) {
	was := i.Note // which the program may have written
	i.Pages, i.Note = pages, strings.TrimSpace(note)
	if pages < 1 || pages > PagesMost {
		p.Add("pages-"+i.ID, "archive.pages.wrong", i.Title, PagesMost)
	}
	if i.Note != was && len([]rune(i.Note)) > 100 {
		p.Add("note-"+i.ID, "archive.note.long", i.Title, 100)
	}
}

// State says where a file is.
type State string

// The states.
const (
	Shelved   State = "shelved"
	Out       State = "out"
	Destroyed State = "destroyed"
)

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "archive.state." + string(s) }

// Dossier is the one file of one person (N49), opened by the first case that is filed.
type Dossier struct {
	Person    person.ID
	Region    region.Code // where the person lived when it was opened
	No        string
	Year      int
	Term      Term
	Box       BoxID
	Order     int    // in the box
	Place     string // where it stood before there were boxes
	Opened    day.Day
	Closed    day.Day // the last paper
	State     State
	KeptUntil day.Day // an appraisal keeps it until then, whatever its term
	Version   int
}

// County is the tenant that answers for the file.
func (d Dossier) County() region.Code { return d.Region.County() }

// Ends is the last day on which the file must be kept, "" for ever.
func (d Dossier) Ends() day.Day {
	if d.Term.Years() == 0 {
		return ""
	}
	return max(d.KeptUntil, d.Closed.AddMonths(12*d.Term.Years()))
}

// Reopen takes a file whose papers were destroyed back onto the shelf, because a new case of the person is filed.
func (d *Dossier) Reopen(today day.Day) {
	d.State, d.Year, d.KeptUntil, d.Closed = Shelved, today.Year(), "", today
}

// BoxID names a box.
type BoxID string

// Box holds files of one year and one term, in order (N50).
type Box struct {
	ID      BoxID
	Region  region.Code // the county
	No      string
	Year    int
	Term    Term
	Room    string
	Rack    string
	Shelf   string
	Holds   int
	Filled  int // the last order given; files that left keep their gap
	Version int
}

// County is the tenant that answers for the box.
func (b Box) County() region.Code { return b.Region.County() }

// Full says whether nothing more goes in.
func (b Box) Full() bool { return b.Filled >= b.Holds }

// Place is where the box stands, in words; "" when nobody said.
func (b Box) Place() string {
	var out []string
	for _, s := range []string{b.Room, b.Rack, b.Shelf} {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// Stand moves the box to a room, a rack and a shelf (N51).
func (b *Box) Stand(room, rack, shelf string) error {
	b.Room, b.Rack, b.Shelf = strings.TrimSpace(room), strings.TrimSpace(rack), strings.TrimSpace(shelf)
	var p fault.Problems
	for name, v := range map[string]string{"room": b.Room, "rack": b.Rack, "shelf": b.Shelf} {
		if v == "" {
			p.Add(name, "archive."+name+".missing")
		} else if len([]rune(v)) > 20 {
			p.Add(name, "card.text.long", 20)
		}
	}
	return p.Fault()
}

// Put gives the file the next place in the box.
func (b *Box) Put(d *Dossier) error {
	if b.Full() {
		return fault.New(fault.Refused, "archive.box.full", b.No, b.Holds)
	}
	if b.Term != d.Term {
		return fault.New(fault.Refused, "archive.box.term", b.No)
	}
	b.Filled++
	d.Box, d.Order = b.ID, b.Filled
	return nil
}

// The gaps of a number's pattern (policy.FileNumber).
const (
	fondsGap  = "{全宗}"
	yearGap   = "{年度}"
	termGap   = "{期限}"
	serialGap = "{件号}"
)

// Series is a number with everything but its serial filled in: the name of the series that counts it.
func Series(rules policy.Set, county region.Code, year int) string {
	s, fonds := rules.Find(policy.FileNumber).Value, rules.Find(policy.FileFonds).Value
	if fonds == "" {
		fonds = string(county)
	}
	if !strings.Contains(s, serialGap) {
		s += "-" + serialGap
	}
	return strings.NewReplacer(fondsGap, fonds, yearGap, fmt.Sprint(year), termGap, string(TermOf(rules))).Replace(s)
}

// Number is the n-th number of a series.
func Number(series string, n int) string {
	return strings.ReplaceAll(series, serialGap, fmt.Sprintf("%04d", n))
}

// TermOf is how long files are kept under the rules in force.
func TermOf(rules policy.Set) Term {
	if all := rules.List(policy.FileTerm); len(all) > 0 {
		return Term(all[0])
	}
	return Forever
}

// Filing is how a case goes to the shelf.
type Filing struct {
	Box    BoxID  // "" for the box at hand
	Reason string // why a paper is lacking
}

// Check refuses a file that is not whole and has no reason for it (N52).
func (f Filing) Check(lacking []Lack) error {
	var p fault.Problems
	if len(lacking) > 0 && strings.TrimSpace(f.Reason) == "" {
		p.Add("reason", "archive.lacking", Words(lacking))
	}
	if len([]rune(f.Reason)) > 200 {
		p.Add("reason", "card.text.long", 200)
	}
	return p.Fault()
}

// Check finds what is wrong with a paper that is put into a file by hand.
func (i *Item) Check(today day.Day) error {
	i.Title, i.Author, i.Number = strings.TrimSpace(i.Title), strings.TrimSpace(i.Author), strings.TrimSpace(i.Number)
	var p fault.Problems
	if !slices.Contains(Kinds, i.Kind) {
		p.Add("kind", "archive.kind.missing")
	}
	switch n := len([]rune(i.Title)); {
	case n == 0:
		p.Add("title", "archive.title.missing")
	case n > 80:
		p.Add("title", "card.text.long", 80)
	}
	for name, v := range map[string]string{"author": i.Author, "number": i.Number} {
		if len([]rune(v)) > 40 {
			p.Add(name, "card.text.long", 40)
		}
	}
	if i.Day == "" || i.Day > today {
		p.Add("day", "archive.day.wrong")
	}
	if i.Pages < 1 || i.Pages > PagesMost {
		p.Add("pages", "archive.pages.count", PagesMost)
	}
	return p.Fault()
}
