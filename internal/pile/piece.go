package pile

import (
	"slices"
	"strings"

	"hefa/internal/attachment"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

// PieceID names a paper of a pile.
type PieceID string

// PieceState says where a paper is.
type PieceState string

// The states of a paper.
const (
	Waiting   PieceState = "waiting" // in the tray 未识别, or about to be filed by its code
	Filed     PieceState = "filed"
	Discarded PieceState = "discarded"
)

// Word is the key of s's name in the catalogue.
func (s PieceState) Word() string { return "pile.piece." + string(s) }

// Kind is what a paper belongs to.
type Kind string

// What a paper can belong to.
const (
	Slip    Kind = "slip"    // the receipt of a reminder or a notice
	Case    Kind = "case"    // a paper of an application
	Dossier Kind = "dossier" // the file of a person

	Statement Kind = "statement" // a numbered paper that is signed outside of a case
	Register  Kind = "register"  // a page of the sheet on which whoever takes a card home signs
)

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "pile.kind." + string(k) }

// Piece is one paper of a pile: one page or several.
type Piece struct {
	ID      PieceID
	Pile    ID
	Region  region.Code
	Order   int // in the pile
	State   PieceState
	Code    string // what its code says
	Pages   int
	Kind    Kind   // where it was filed
	Subject string // the id of what it was filed to
	No      string // and its number
	Paper   string // for a case: which paper
	Why     string // why the program did not file it, in words
	Reason  string // why it was discarded
	Hash    string // of what was filed
	Type    string
	By      string // who filed or discarded it
	Version int
}

// County is the tenant that answers for the paper.
func (p Piece) County() region.Code { return p.Region.County() }

// open refuses a paper that was filed or discarded.
func (p Piece) open() error {
	if p.State != Waiting {
		return fault.New(fault.Refused, "pile.piece.over", p.State)
	}
	return nil
}

// Target is where a paper goes.
type Target struct {
	Kind    Kind
	Subject string // id of the reminder, of the application, of the signed paper, of the batch, or of the file's person
	No      string // of what it belongs to; of a sheet with its page
	Paper   string // for a case: a word of policy.Papers or of policy.Returned, "" when nobody said
}

// File puts the paper to its target.
func (p *Piece) File(t Target, hash, kind, by string) error {
	if err := p.open(); err != nil {
		return err
	}
	p.State, p.Kind, p.Subject, p.No, p.Paper, p.Hash, p.Type, p.By, p.Why = Filed, t.Kind, t.Subject, t.No, t.Paper, hash, kind, by, ""
	return nil
}

// Discard takes the paper out of the tray without filing it: a blank page, a paper that was scanned twice.
func (p *Piece) Discard(reason, by string) error {
	reason, err := checkReason(reason)
	if err != nil {
		return err
	}
	if err := p.open(); err != nil {
		return err
	}
	p.State, p.Reason, p.By = Discarded, reason, by
	return nil
}

// Order is how a person files a paper by hand.
type Order struct {
	No      string // of the letter, the case or the file
	Paper   string // for a case
	Receipt reminder.Receipt
	Title   string // for a file: what the paper is
}

// Check refuses an order that names nothing, or days that are none.
func (o Order) Check() error {
	var p fault.Problems
	if strings.TrimSpace(o.No) == "" {
		p.Add("no", "pile.no.missing")
	}
	for _, on := range []struct {
		name string
		day  day.Day
	}{{"received", o.Receipt.On}, {"promised", o.Receipt.Promised}} {
		if _, err := day.Parse(string(on.day)); on.day != "" && err != nil {
			p.Add(on.name, "card.on.form")
		}
	}
	return p.Fault()
}

// Papers is what a scanned paper of a case can be: what a checklist wants but the photo, which is cut for the card, and what comes back signed.
func Papers() []string {
	return append(slices.DeleteFunc(slices.Clone(policy.Papers), func(p string) bool { return p == "photo" }), policy.Returned...)
}

// Move is a change of how pages lie in a paper.
type Move string

// The moves: a page is turned by a quarter or goes one place forward, a new paper begins at it, or the whole paper joins the one before it.
const (
	Rotate  Move = "rotate"
	Forward Move = "forward"
	Split   Move = "split"
	Join    Move = "join"
)

// Step is a move of one page, by its number in the pile.
type Step struct {
	Move Move
	Page int
}

// Arrange makes a step with a paper's pages, which come in their order. A split answers the pages of the new paper.
func (p *Piece) Arrange(s Step, leaves []Leaf) (stay, leave []Leaf, err error) {
	if err := p.open(); err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(leaves, func(l Leaf) bool { return l.No == s.Page })
	if i < 0 {
		return nil, nil, fault.New(fault.Missing, "record.missing")
	}
	switch {
	case s.Move == Rotate:
		leaves[i].Rotate()
	case s.Move == Forward && i > 0:
		leaves[i-1], leaves[i] = leaves[i], leaves[i-1]
	case s.Move == Split && i > 0:
		stay, leave = leaves[:i], leaves[i:]
	default:
		return nil, nil, fault.New(fault.Refused, "pile.move.first")
	}
	if leave == nil {
		stay = leaves
	}
	for j := range stay {
		stay[j].Order = j + 1
	}
	for j := range leave {
		leave[j].Order = j + 1
	}
	p.Pages = len(stay)
	return stay, leave, nil
}

// Fits refuses to put a paper of that size to a case.
func (p Piece) Fits(size int64, rules policy.Set) error {
	a := attachment.Attachment{Paper: p.Paper}
	if limit := a.Limit(rules); size > limit {
		return fault.New(fault.Refused, "pile.piece.large", limit>>20)
	}
	return nil
}
