// Package disclosure is lists with whole numbers that leave the register: somebody asks with a reason, somebody else grants it, and the one who asked
// takes the list out a few times within a few days (N55; 个人信息保护法第六条、第五十一条).
package disclosure

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// State says where a disclosure stands.
type State string

// The states of a disclosure.
const (
	Asked   State = "asked"
	Granted State = "granted"
	Denied  State = "denied"
)

// States is every state, in the order of the course.
var States = []State{Asked, Granted, Denied}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "disclosure.state." + string(s) }

// Column is one thing that a list can tell of a holder.
type Column string

// The columns, in the order in which they stand on a list.
const (
	Name             Column = "name"
	Sex              Column = "sex"
	Birth            Column = "birth"
	Nation           Column = "nation"
	Number           Column = "number"
	Phone            Column = "phone"
	Township         Column = "township"
	Village          Column = "village"
	Address          Column = "address"
	Guardian         Column = "guardian"
	GuardianRelation Column = "guardian_relation"
	GuardianPhone    Column = "guardian_phone"
	Poor             Column = "poor"
	Certificate      Column = "certificate"
	Category         Column = "category"
	Level            Column = "level"
	Issued           Column = "issued"
	Expires          Column = "expires"
	Standing         Column = "standing"
	Cause            Column = "cause" // why it was cancelled
	Ended            Column = "ended" // when it was cancelled
)

// Columns is every column, in the order of a list.
var Columns = []Column{Name, Sex, Birth, Nation, Number, Phone, Township, Village, Address, Guardian, GuardianRelation, GuardianPhone, Poor, Certificate, Category,
	Level, Issued, Expires, Standing, Cause, Ended}

// Stops is the columns of what civil affairs need to stop subsidies.
var Stops = []Column{Name, Number, Township, Village, Certificate, Category, Level, Cause, Ended}

// Exchange is the columns of what is given to another register, which a list of the kind roster.Register is read from again.
var Exchange = []Column{Name, Sex, Birth, Nation, Number, Phone, Township, Village, Address, Guardian, Certificate, Category, Level, Issued, Expires, Standing}

// Chip is the columns that the chip data of a card tell.
var Chip = []Column{Name, Sex, Birth, Nation, Certificate, Category, Level, Issued, Expires}

// Word is the key of c's name in the catalogue.
func (c Column) Word() string { return "disclosure.column." + string(c) }

// Filter says whose certificates stand on the list; empty fields do not narrow it.
type Filter struct {
	State    certificate.State
	Category certificate.Category
	Level    certificate.Level
	From, To day.Day // first and last day of expiry
	Since    day.Day // holders whose data or whose certificate changed on that day or after
	Ended    day.Day // first and last day of the cancellation
	EndedTo  day.Day
	Poor     bool
	Batch    string `json:",omitempty"` // the print batch whose chip data this is; nothing else narrows it then
}

// Chips says whether this is the chip data of a batch rather than a list of holders.
func (d Disclosure) Chips() bool { return d.Filter.Batch != "" }

// Limits is how long, in days after the day of the grant, and how many times a granted list can be taken out.
type Limits struct{ Days, Times int }

// ID names a disclosure.
type ID string

// Disclosure is one list that somebody asked for. A list is asked for, granted and taken by accounts; the names stand beside them as they were then.
type Disclosure struct {
	ID         ID
	Region     region.Code // whose holders stand on it
	No         string
	Filter     Filter
	Columns    []Column
	Rows       int    // how many stood on it when it was asked for
	Reason     string // what it is for
	Receiver   string // who will have it
	Author     string // account
	AuthorName string
	On         day.Day
	State      State
	Judge      string // account
	JudgeName  string
	Judged     day.Day
	Opinion    string
	Until      day.Day // last day on which it can be taken
	Left       int     // how often it can still be taken
	Version    int
}

// County is the tenant that answers for the disclosure.
func (d Disclosure) County() region.Code { return d.Region.County() }

// The letters that the texts may have.
const (
	ReceiverMost = 60
	OpinionMost  = 200
)

// Check refuses a list of nothing or for nobody, and columns that are none; the columns come in their order, each once.
func (d *Disclosure) Check() error {
	var p fault.Problems
	asked := d.Columns
	d.Columns = nil
	for _, c := range Columns {
		if slices.Contains(asked, c) {
			d.Columns = append(d.Columns, c)
		}
	}
	if len(d.Columns) == 0 || slices.ContainsFunc(asked, func(c Column) bool { return !slices.Contains(Columns, c) }) {
		p.Add("columns", "disclosure.columns.missing")
	}
	if d.Filter.From != "" && d.Filter.To != "" && d.Filter.To < d.Filter.From {
		p.Add("to", "people.days.wrong")
	}
	if d.Filter.Ended != "" && d.Filter.EndedTo != "" && d.Filter.EndedTo < d.Filter.Ended {
		p.Add("ended_to", "people.days.wrong")
	}
	d.Receiver = strings.TrimSpace(d.Receiver)
	switch n := len([]rune(d.Receiver)); {
	case n == 0:
		p.Add("receiver", "disclosure.receiver.missing")
	case n > ReceiverMost:
		p.Add("receiver", "disclosure.receiver.long", ReceiverMost)
	}
	return p.Fault()
}

// Verdict is what somebody else thinks of a disclosure.
type Verdict struct {
	Account, Name string
	Grant         bool
	Opinion       string // needed for a denial
}

// Decide grants or denies what was asked for; nobody decides about what they asked for themselves.
func (d *Disclosure) Decide(v Verdict, l Limits, today day.Day) error {
	switch v.Opinion = strings.TrimSpace(v.Opinion); {
	case d.State != Asked:
		return fault.New(fault.Refused, "disclosure.decided")
	case v.Account == d.Author:
		return fault.New(fault.Refused, "disclosure.own")
	}
	var p fault.Problems
	if !v.Grant && v.Opinion == "" {
		p.Add("opinion", "disclosure.opinion.missing")
	}
	if len([]rune(v.Opinion)) > OpinionMost {
		p.Add("opinion", "disclosure.opinion.long", OpinionMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	d.State, d.Judge, d.JudgeName, d.Judged, d.Opinion = Denied, v.Account, v.Name, today, v.Opinion
	if v.Grant {
		d.State, d.Until, d.Left = Granted, today.Add(l.Days), l.Times
	}
	return nil
}

// Open says whether the list can be taken out today.
func (d Disclosure) Open(today day.Day) bool {
	return d.State == Granted && today <= d.Until && d.Left > 0
}

// Take counts that the list is taken out by an account, which is the one that asked for it.
func (d *Disclosure) Take(account string, today day.Day) error {
	switch {
	case account != d.Author:
		return fault.New(fault.Forbidden, "disclosure.other")
	case d.State != Granted:
		return fault.New(fault.Refused, "disclosure.ungranted")
	case !d.Open(today):
		return fault.New(fault.Refused, "disclosure.over")
	}
	d.Left--
	return nil
}
