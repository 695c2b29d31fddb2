package application

import (
	"slices"

	"hefa/internal/certificate"
	"hefa/internal/policy"
)

// Matter is what the request is for.
type Matter string

// The matters (rules.md §1.3).
const (
	New     Matter = "new"     // 新办
	Renew   Matter = "renew"   // 换领（到期）
	Replace Matter = "replace" // 残损换新
	Update  Matter = "update"  // 资料更新
	Reissue Matter = "reissue" // 挂失补办
	Regrade Matter = "regrade" // 类别、等级变更
	Move    Matter = "move"    // 迁移
	Cancel  Matter = "cancel"  // 注销
	Check   Matter = "check"   // 复核
)

// Exam is whether a matter needs an assessment.
type Exam string

// The answers; in between stands policy.
const (
	NoExam   Exam = "no"
	AnyExam  Exam = "yes"
	RuleExam Exam = "policy" // where policy.RenewAssess says so
)

// Aim is what a matter does to the certificate in hand.
type Aim string

// The aims. All but Ends and Goes come to a new card.
const (
	First   Aim = "first"   // there is none; a first one is made
	Renews  Aim = "renews"  // a new term from the approval on
	Remakes Aim = "remakes" // the same number and the same term once more
	Again   Aim = "again"   // the next Bn number, the same term
	Grades  Aim = "grades"  // the number of the new category and level, a new term
	Goes    Aim = "goes"    // it leaves for another county
	Ends    Aim = "ends"    // it is cancelled
	Weighs  Aim = "weighs"  // kept, graded anew or cancelled, as the assessment says
)

// Rule is everything in which one matter differs from the others.
type Rule struct {
	Matter Matter
	Aim    Aim
	Exam   Exam
	Papers policy.Key
	From   []certificate.State // in which of them the certificate in hand may stand
	Hold   certificate.Step    // what the acceptance does to it, "" for nothing
	Free   certificate.Step    // what undoes Hold when the case comes to nothing
	Stated bool                // a reason must be stated
}

var (
	carried = []certificate.State{certificate.Valid}
	lasting = []certificate.State{certificate.Valid, certificate.Lost, certificate.Frozen, certificate.Moving, certificate.Doubted, certificate.Announced}
)

// rules is the table of the matters, in the order of the forms; docs/course.md draws it, and a test compares the two.
var rules = []Rule{
	{New, First, AnyExam, policy.PapersNew, nil, "", "", false},
	{Renew, Renews, RuleExam, policy.PapersRenew, carried, "", "", false},
	{Replace, Remakes, NoExam, policy.PapersReplace, carried, "", "", false},
	{Update, Remakes, NoExam, policy.PapersUpdate, carried, "", "", true},
	{Reissue, Again, NoExam, policy.PapersReissue, []certificate.State{certificate.Valid, certificate.Lost}, certificate.Lose, certificate.Recover, true},
	{Regrade, Grades, AnyExam, policy.PapersRegrade, carried, "", "", true},
	{Move, Goes, NoExam, policy.PapersMove, []certificate.State{certificate.Valid, certificate.Frozen}, "", "", false},
	{Cancel, Ends, NoExam, policy.PapersCancel, lasting, "", "", true},
	{Check, Weighs, AnyExam, policy.PapersCheck, carried, certificate.Doubt, certificate.Settle, true},
}

// Rules is the table of the matters, for the page and the drawing.
func Rules() []Rule { return slices.Clone(rules) }

// Matters is every matter, in the order of the forms.
var Matters = []Matter{New, Renew, Replace, Update, Reissue, Regrade, Move, Cancel, Check}

// Word is the key of m's name in the catalogue.
func (m Matter) Word() string { return "matter." + string(m) }

// Valid says whether m is known.
func (m Matter) Valid() bool { return slices.Contains(Matters, m) }

// Rule is the row of the table for m; an unknown matter has the zero row.
func (m Matter) Rule() Rule {
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.Matter == m })
	if i < 0 {
		return Rule{}
	}
	return rules[i]
}

// Papers is the policy that lists the papers for m.
func (m Matter) Papers() policy.Key { return m.Rule().Papers }

// Changes says whether what the certificate in hand says is to be changed, for which there is a form of its own (变更申请表, rules.md §4.1).
func (m Matter) Changes() bool { return m == Regrade || m == Update }

// Examined says whether the case needs an assessment under the rules in force.
func (m Matter) Examined(set policy.Set) bool {
	switch m.Rule().Exam {
	case AnyExam:
		return true
	case RuleExam:
		return set.Is(policy.RenewAssess)
	}
	return false
}

// about says whether the paper of a checklist has anything to do with the case: proof of death only where somebody died, and so on.
func (a Application) about(paper string) bool {
	switch paper {
	case "death":
		return a.Cause == certificate.Death
	case "conclusion":
		return a.Cause == certificate.Recovered
	case "request":
		return a.Cause == certificate.Wish
	case "identity", "old":
		return a.Matter != Cancel || a.Cause == certificate.Wish || a.Cause == certificate.Recovered
	}
	return true
}
