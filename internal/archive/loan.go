package archive

import (
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// LoanState says where the loan of a file stands.
type LoanState string

// The states of a loan.
const (
	Asked    LoanState = "asked"
	Granted  LoanState = "granted"
	Denied   LoanState = "denied"
	Lent     LoanState = "lent"
	Returned LoanState = "returned"
)

// LoanStates is every state, in the order of lists.
var LoanStates = []LoanState{Asked, Granted, Lent, Returned, Denied}

// Word is the key of s's name in the catalogue.
func (s LoanState) Word() string { return "archive.loan.state." + string(s) }

// Loan is the paper file of a person in somebody's hand: asked for, granted by a second person, taken, due, given back (N51).
type Loan struct {
	ID       string
	Person   person.ID
	Region   region.Code // of the file
	Borrower string
	Unit     string
	Reason   string
	Asked    day.Day
	AskedBy  string // account
	Decided  string // the name of whoever granted or denied it
	Answer   string // why it was denied
	Taken    day.Day
	Due      day.Day
	Back     day.Day
	State    LoanState
	Version  int
}

// County is the tenant that answers for the loan.
func (l Loan) County() region.Code { return l.Region.County() }

// loanMoves is every step there is; what is not written here is refused.
var loanMoves = map[LoanState][]LoanState{
	Asked:   {Granted, Denied},
	Granted: {Lent, Denied},
	Lent:    {Returned},
}

func (l *Loan) move(to LoanState) error {
	if !slices.Contains(loanMoves[l.State], to) {
		return fault.New(fault.Refused, "archive.loan.wrong", l.State)
	}
	l.State = to
	return nil
}

// Check finds what is wrong with a loan that is asked for.
func (l *Loan) Check() error {
	var p fault.Problems
	l.Borrower, l.Unit, l.Reason = strings.TrimSpace(l.Borrower), strings.TrimSpace(l.Unit), strings.TrimSpace(l.Reason)
	if l.Borrower == "" {
		p.Add("borrower", "archive.loan.borrower.missing")
	}
	if l.Unit == "" {
		p.Add("unit", "archive.loan.unit.missing")
	}
	if l.Reason == "" {
		p.Add("reason", "archive.loan.reason.missing")
	}
	for name, v := range map[string]string{"borrower": l.Borrower, "unit": l.Unit} {
		if len([]rune(v)) > 40 {
			p.Add(name, "card.text.long", 40)
		}
	}
	if len([]rune(l.Reason)) > 200 {
		p.Add("reason", "card.text.long", 200)
	}
	return p.Fault()
}

// Decide grants or denies the loan; whoever asked does not decide, and a denial has a reason.
func (l *Loan) Decide(account, name string, grant bool, answer string) error {
	answer = strings.TrimSpace(answer)
	switch {
	case account == l.AskedBy:
		return fault.New(fault.Refused, "archive.loan.own")
	case !grant && answer == "":
		var p fault.Problems
		p.Add("answer", "archive.loan.answer.missing")
		return p.Fault()
	case len([]rune(answer)) > 200:
		var p fault.Problems
		p.Add("answer", "card.text.long", 200)
		return p.Fault()
	}
	to := Denied
	if grant {
		to = Granted
	}
	if err := l.move(to); err != nil {
		return err
	}
	l.Decided, l.Answer = name, answer
	return nil
}

// Take hands the file out.
func (l *Loan) Take(d *Dossier, today day.Day, working day.Calendar, rules policy.Set) error {
	if d.State != Shelved {
		return fault.New(fault.Refused, "archive.out", d.No)
	}
	if err := l.move(Lent); err != nil {
		return err
	}
	l.Taken, l.Due, d.State = today, working.After(today, rules.Count(policy.FileLoanDays)), Out
	return nil
}

// Return puts the file back.
func (l *Loan) Return(d *Dossier, today day.Day) error {
	if err := l.move(Returned); err != nil {
		return err
	}
	l.Back, d.State = today, Shelved
	return nil
}

// Late says whether the file should be back.
func (l Loan) Late(today day.Day) bool { return l.State == Lent && l.Due < today }

// Stocktaking is what was found in a box when it was counted.
type Stocktaking struct {
	ID      string
	Box     BoxID
	Region  region.Code // the county
	Day     day.Day
	Clerk   string
	Found   int
	Missing []string // numbers that should be in the box
	Strange []string // numbers that should not, and codes that nobody knows
}

// Count compares what was read off the files with what the box should hold; files that are lent are not missed.
func Count(inBox []Dossier, read []string) Stocktaking {
	var s Stocktaking
	seen := map[string]bool{}
	for _, code := range read {
		if code = strings.TrimSpace(code); code != "" {
			seen[code] = true
		}
	}
	for _, d := range inBox {
		switch {
		case seen[d.No]:
			s.Found++
			delete(seen, d.No)
		case d.State == Shelved:
			s.Missing = append(s.Missing, d.No)
		}
	}
	for _, code := range read {
		if code = strings.TrimSpace(code); seen[code] {
			s.Strange = append(s.Strange, code)
			delete(seen, code)
		}
	}
	return s
}
