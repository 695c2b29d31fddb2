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

// AppraisalState says where an appraisal stands.
type AppraisalState string

// The states of an appraisal.
const (
	Drawn    AppraisalState = "drawn"    // the named people look through the list
	Proposed AppraisalState = "proposed" // the leader decides
	Approved AppraisalState = "approved" // to be destroyed before two witnesses
	Done     AppraisalState = "done"     // nothing of it is left to do
)

// Word is the key of s's name in the catalogue.
func (s AppraisalState) Word() string { return "appraisal.state." + string(s) }

// Verdict is what was found of a file whose retention ran out.
type Verdict string

// The verdicts; "" is none yet.
const (
	Keep    Verdict = "keep"
	Destroy Verdict = "destroy"
)

// Verdicts is every verdict, in the order of a form.
var Verdicts = []Verdict{Destroy, Keep}

// Word is the key of v's name in the catalogue.
func (v Verdict) Word() string {
	if v == "" {
		return "appraisal.verdict.none"
	}
	return "appraisal.verdict." + string(v)
}

// AppraisalID names an appraisal.
type AppraisalID string

// Appraisal (鉴定) is a list of files whose retention ran out: looked through by named people, decided by a leader, and of what is destroyed, before whom (档案法,
// 机关档案管理规定).
type Appraisal struct {
	ID         AppraisalID
	Region     region.Code // the county
	No         string
	Year       int
	Day        day.Day // the list was drawn
	Clerk      string  // who drew it
	Head       string  // 鉴定工作小组组长
	Members    []string
	State      AppraisalState
	Proposed   day.Day
	ProposedBy string // account
	Decided    day.Day
	Decider    string // the leader's name
	Answer     string // why it was sent back
	Destroyed  day.Day
	Way        string // how: shredded, burnt …
	First      string // a witness (监销人)
	Second     string // the other
	Destroyer  string // who recorded it
	Version    int
}

// County is the tenant that answers for the appraisal.
func (a Appraisal) County() region.Code { return a.Region.County() }

// AppraisalNo is the n-th list of a county in a year.
func AppraisalNo(county region.Code, year, n int) string {
	return fmt.Sprintf("%s-%d-JD%02d", county, year, n)
}

const (
	membersLeast = 2
	membersMost  = 9
	nameMost     = 40
	wayMost      = 60
)

// Check finds what is wrong with a list that is to be drawn: it has a head and at least two members, each once.
func (a *Appraisal) Check() error {
	var p fault.Problems
	a.Head = strings.TrimSpace(a.Head)
	named(&p, "head", a.Head, "appraisal.head.missing")
	var all []string
	for _, m := range a.Members {
		if m = strings.TrimSpace(m); m != "" && m != a.Head && !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	a.Members = all
	if len(all) < membersLeast || len(all) > membersMost {
		p.Add("members", "appraisal.members.few", membersLeast, membersMost)
	}
	for _, m := range all {
		if len([]rune(m)) > nameMost {
			p.Add("members", "card.text.long", nameMost)
			break
		}
	}
	return p.Fault()
}

func named(p *fault.Problems, field, v, missing string) {
	switch {
	case v == "":
		p.Add(field, missing)
	case len([]rune(v)) > nameMost:
		p.Add(field, "card.text.long", nameMost)
	}
}

// Appraised is one file of a list. No and Pages are as they were when it was drawn.
type Appraised struct {
	Person  person.ID
	No      string
	Pages   int
	Verdict Verdict
	Until   day.Day // the last day until which it is kept
	Reason  string
	Clerk   string
}

// Finding is what is found of files of a list: kept for some years more and why, or to be destroyed.
type Finding struct {
	Verdict Verdict
	Years   int
	Reason  string
}

// yearsMost is the longest that one appraisal keeps a file.
const yearsMost = 30

// Find checks a finding of n files. Once the list was proposed nothing is added to what is destroyed; taking a file off it is possible up to the end.
func (a Appraisal) Find(f *Finding, n int) error {
	if a.State == Done || a.State != Drawn && f.Verdict != Keep {
		return fault.New(fault.Refused, "appraisal.wrong", a.State)
	}
	f.Reason = strings.TrimSpace(f.Reason)
	var p fault.Problems
	if n == 0 {
		p.Add("ids", "appraisal.none")
	}
	if !slices.Contains(Verdicts, f.Verdict) {
		p.Add("verdict", "appraisal.verdict.missing")
	}
	if f.Verdict == Keep && (f.Years < 1 || f.Years > yearsMost) {
		p.Add("years", "appraisal.years.wrong", yearsMost)
	}
	if f.Verdict == Keep && f.Reason == "" {
		p.Add("reason", "appraisal.reason.missing")
	}
	if len([]rune(f.Reason)) > 200 {
		p.Add("reason", "card.text.long", 200)
	}
	return p.Fault()
}

// Propose hands the list to the leader; left is how many of its files nobody looked at yet.
func (a *Appraisal) Propose(account string, today day.Day, left int) error {
	if a.State != Drawn {
		return fault.New(fault.Refused, "appraisal.wrong", a.State)
	}
	if left > 0 {
		return fault.New(fault.Refused, "appraisal.left", left)
	}
	a.State, a.ProposedBy, a.Proposed, a.Answer = Proposed, account, today, ""
	return nil
}

// Sentence is the leader's word on a list: who speaks, and approved or sent back and why.
type Sentence struct {
	Account string
	Name    string
	Grant   bool
	Answer  string
}

// Decide approves the list or sends it back with a reason; nobody decides on what they proposed or appraised. A list of which nothing is doomed ends here.
func (a *Appraisal) Decide(s Sentence, today day.Day, doomed int) error {
	s.Answer = strings.TrimSpace(s.Answer)
	var p fault.Problems
	switch {
	case a.State != Proposed:
		return fault.New(fault.Refused, "appraisal.wrong", a.State)
	case s.Account == a.ProposedBy, s.Name == a.Head, slices.Contains(a.Members, s.Name):
		return fault.New(fault.Refused, "appraisal.own")
	case !s.Grant && s.Answer == "":
		p.Add("answer", "appraisal.answer.missing")
	case len([]rune(s.Answer)) > 200:
		p.Add("answer", "card.text.long", 200)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	a.Decided, a.Decider, a.Answer = today, s.Name, s.Answer
	switch {
	case !s.Grant:
		a.State = Drawn
	case doomed == 0:
		a.State = Done
	default:
		a.State = Approved
	}
	return nil
}

// Witnessed is how files were destroyed, and before whom.
type Witnessed struct {
	Day    day.Day
	Way    string
	First  string
	Second string
}

// Destroy records that what the leader approved was destroyed before two witnesses who are two people and not whoever records it.
func (a *Appraisal) Destroy(w Witnessed, clerk string, today day.Day) error {
	if a.State != Approved {
		return fault.New(fault.Refused, "appraisal.wrong", a.State)
	}
	w.Way, w.First, w.Second = strings.TrimSpace(w.Way), strings.TrimSpace(w.First), strings.TrimSpace(w.Second)
	var p fault.Problems
	if w.Day == "" || w.Day > today || w.Day < a.Decided {
		p.Add("day", "appraisal.day.wrong", a.Decided)
	}
	if w.Way == "" {
		p.Add("way", "recall.way.missing")
	} else if len([]rune(w.Way)) > wayMost {
		p.Add("way", "card.text.long", wayMost)
	}
	for _, x := range []struct{ field, name string }{{"first", w.First}, {"second", w.Second}} {
		named(&p, x.field, x.name, "recall.witness.missing")
		if x.name == clerk && clerk != "" {
			p.Add(x.field, "recall.witness.clerk")
		}
	}
	if w.First != "" && w.First == w.Second {
		p.Add("second", "recall.witness.same")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	a.Destroyed, a.Way, a.First, a.Second, a.Destroyer, a.State = w.Day, w.Way, w.First, w.Second, clerk, Done
	return nil
}

// Ended is, by term and by kind of paper, the first day that a closing day must lie before for its retention to have run out on a day; "" for what is kept for ever. A
// kind that the rules say nothing of is kept as long as its file.
type Ended struct {
	Terms map[Term]day.Day
	Kinds map[Kind]day.Day
}

// EndedOn is which files and papers were kept long enough on a day under the rules.
func EndedOn(rules policy.Set, today day.Day) Ended {
	out := Ended{Terms: map[Term]day.Day{}, Kinds: map[Kind]day.Day{}}
	for _, t := range []Term{Thirty, Ten} {
		out.Terms[t] = today.AddMonths(-12 * t.Years())
	}
	for _, k := range Kinds {
		out.Kinds[k] = today
		if all := rules.List(policy.FileTermOf(string(k))); len(all) > 0 {
			out.Kinds[k] = out.Terms[Term(all[0])] // "" for ever
		}
	}
	return out
}
