// Package statement is a numbered paper that somebody signs outside of a case: the sheet of a survey that is filled in house by house, the statement of who
// gives the certificate up, the pledge of who must not hold one (宛残联〔2022〕24号, attachments 1, 2 and 4).
package statement

import (
	"fmt"
	"slices"
	"strings"

	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a paper.
type ID string

// Kind is which of the plan's papers it is.
type Kind string

// The kinds.
const (
	Survey Kind = "survey" // 入户排查登记表
	Waiver Kind = "waiver" // 自愿放弃办理残疾人证的声明
	Pledge Kind = "pledge" // 未违规持有残疾人证承诺书
)

// Kinds is every kind, in the order of the form.
var Kinds = []Kind{Survey, Waiver, Pledge}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "statement.kind." + string(k) }

// State says where a paper is.
type State string

// The states of a paper.
const (
	Out     State = "out"     // printed, to be signed
	Back    State = "back"    // signed, its scan is kept
	Void    State = "void"    // spoiled or lost before it came back
	Revoked State = "revoked" // signed, and taken back by who signed it: they apply after all
)

// States is every state, in the order of the course.
var States = []State{Out, Back, Revoked, Void}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "statement.state." + string(s) }

// Statement is one printed paper.
type Statement struct {
	ID        ID
	Issue     ID          // the first paper of the same printing
	Region    region.Code // where it goes
	No        string
	Kind      Kind
	Signer    string // of a paper that was printed for somebody
	Post      string // of a pledge: unit and post
	State     State
	Printed   day.Day
	Clerk     string // who had it printed
	Received  day.Day
	Proof     string // the scan's name in the store of files
	ProofType string
	Pages     int // of the scan
	Version   int
}

// County is the tenant that answers for the paper.
func (s Statement) County() region.Code { return s.Region.County() }

// Takes says whether somebody more may be named on the paper, people of whom stand on it: any number on a survey sheet, one on a statement of giving up; a
// pledge is kept with its own record only.
func (s Statement) Takes(people int) bool {
	return s.Kind == Survey || s.Kind == Waiver && people == 0
}

// No is the n-th number of a county in a year.
func No(county region.Code, year, n int) string {
	return fmt.Sprintf("%s-%d-F%06d", county, year, n)
}

// Order is papers that are to be printed: for a place, or for somebody in the register.
type Order struct {
	Kind   Kind
	Region region.Code
	Person person.ID // "" for nobody yet; a survey is of their household
	Count  int       // papers, each with a number of its own
	Signer string    // of a pledge
	Post   string
}

const (
	countMost = 200
	nameMost  = 40
	postMost  = 60
)

// Check finds what is wrong with an order.
func (o *Order) Check() error {
	o.Signer, o.Post = strings.TrimSpace(o.Signer), strings.TrimSpace(o.Post)
	var p fault.Problems
	if !slices.Contains(Kinds, o.Kind) {
		p.Add("kind", "statement.kind.missing")
	}
	if o.Person == "" && o.Region.Level() < region.Township {
		p.Add("region", "statement.region.missing")
	}
	if o.Person != "" || o.Signer != "" {
		o.Count = 1
	}
	if o.Count < 1 || o.Count > countMost {
		p.Add("count", "statement.count.wrong", countMost)
	}
	if len([]rune(o.Signer)) > nameMost {
		p.Add("signer", "card.text.long", nameMost)
	}
	if len([]rune(o.Post)) > postMost {
		p.Add("post", "card.text.long", postMost)
	}
	if o.Signer != "" && o.Kind != Pledge {
		p.Add("signer", "statement.signer.pledge")
	}
	return p.Fault()
}

// Scan is what came back.
type Scan struct {
	On    day.Day // the day on the paper's pile
	Hash  string
	Type  string
	Pages int
}

// Receive takes the signed paper in; one that is back already is refused, so that two scans of one paper are looked at by a person.
func (s *Statement) Receive(c Scan) error {
	if s.State != Out {
		return fault.New(fault.Refused, "statement.over", s.No, s.State)
	}
	s.State, s.Received, s.Proof, s.ProofType, s.Pages = Back, c.On, c.Hash, c.Type, c.Pages
	return nil
}

// GiveBack takes a scan that is not of this paper off it, which is out again.
func (s *Statement) GiveBack() error {
	if s.State != Back {
		return fault.New(fault.Refused, "statement.over", s.No, s.State)
	}
	s.State, s.Received, s.Proof, s.ProofType, s.Pages = Out, "", "", "", 0
	return nil
}

// TakeOff refuses to take somebody off a paper without a reason, and off one on which nobody is named by hand.
func (s Statement) TakeOff(reason string) error {
	var p fault.Problems
	switch n := len([]rune(strings.TrimSpace(reason))); {
	case n == 0:
		p.Add("off", "statement.off.why")
	case n > reasonMost:
		p.Add("off", "card.text.long", reasonMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	if s.Kind == Pledge || s.State == Void || s.State == Revoked {
		return fault.New(fault.Refused, "statement.over", s.No, s.State)
	}
	return nil
}

const reasonMost = 200

func because(reason string) error {
	var p fault.Problems
	switch n := len([]rune(strings.TrimSpace(reason))); {
	case n == 0:
		p.Add("reason", "statement.reason.missing")
	case n > reasonMost:
		p.Add("reason", "card.text.long", reasonMost)
	}
	return p.Fault()
}

// Spoil ends a paper that will not come back.
func (s *Statement) Spoil(reason string) error {
	if err := because(reason); err != nil {
		return err
	}
	if s.State != Out {
		return fault.New(fault.Refused, "statement.over", s.No, s.State)
	}
	s.State = Void
	return nil
}

// Revoke notes that who gave the certificate up has thought better of it (N38); the paper stays where it lies.
func (s *Statement) Revoke(reason string) error {
	if err := because(reason); err != nil {
		return err
	}
	if s.State != Back || s.Kind != Waiver {
		return fault.New(fault.Refused, "statement.revoke.wrong", s.No, s.State)
	}
	s.State = Revoked
	return nil
}

// Lies says whether the signed paper is in the office and belongs into the files of those who are on it.
func (s Statement) Lies() bool { return (s.State == Back || s.State == Revoked) && s.Proof != "" }

// Item is the paper as it stands in a person's file, under the id.
func (s Statement) Item(id string) archive.Item {
	return archive.Item{ID: id, Kind: archive.Supplement, Title: lang.T(s.Kind.Word()), Author: s.Signer, Number: s.No, Day: s.Received, Pages: max(1, s.Pages), Origin: archive.Scan, Hash: s.Proof}
}
