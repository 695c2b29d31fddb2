package roster

import (
	"time"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// ID names a list that was handed in.
type ID string

// State is how far the taking in of a list has come.
type State string

// The states of a list. Checking and storing are the program's turn, ready is the clerk's, the rest is over.
const (
	Checking   State = "checking"   // the rows are being judged
	Ready      State = "ready"      // judged; the clerk confirms or drops it
	Storing    State = "storing"    // the good rows are being entered
	Stored     State = "stored"     // every good row is entered
	Unreadable State = "unreadable" // no list could be read from the file
	Dropped    State = "dropped"    // the clerk does not want it
)

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "roster.state." + string(s) }

// Working says whether the program is at the list, so that whoever looks at it should look again.
func (s State) Working() bool { return s == Checking || s == Storing }

// Upload is one list that was handed in, with what has become of it so far.
type Upload struct {
	ID       ID
	Region   region.Code // the township
	Kind     Kind
	Name     string // of the file
	Hash     string // of its content
	State    State
	Fault    string // why it could not be read, as a sentence
	Header   int    // the row of the header
	Rows     int    // lines of the list; while checking, those looked at so far
	Good     int
	Done     int // good rows entered so far
	Added    int // people who are new to the register
	Changed  int // people who were known and to whom something was added
	Known    int // people about whom the list says nothing new
	Declined int // good rows that the register contradicts
	Titles   []string
	Reading  Reading // what was told of its columns when it was judged, empty when the program read them by itself
	Sample   []Preview
	Account  string
	Author   string
	At       time.Time
	Version  int
}

// Preview is a good row as the preview shows it, its numbers masked.
type Preview struct {
	Row      int                  `json:"row"`
	Name     string               `json:"name"`
	Number   string               `json:"number"`
	Village  string               `json:"village"`
	Category certificate.Category `json:"category"`
	Level    certificate.Level    `json:"level"`
	Expires  day.Day              `json:"expires"`
	Reason   Why                  `json:"reason"`
}

// County is the tenant that answers for the list.
func (u Upload) County() region.Code { return u.Region.County() }

// Checked ends the checking with what the report says.
func (u *Upload) Checked(r Report) error {
	if u.State != Checking {
		return u.no()
	}
	u.State, u.Header, u.Rows, u.Good = Ready, r.HeaderRow, r.Rows, r.Good
	return nil
}

// Broken ends the checking of a file that no list can be read from.
func (u *Upload) Broken(why string) error {
	if u.State != Checking {
		return u.no()
	}
	u.State, u.Fault = Unreadable, why
	return nil
}

// Again has a list judged anew, once somebody has told what its columns mean; nothing of it has been entered yet.
func (u *Upload) Again() error {
	if u.State != Ready && u.State != Unreadable {
		return u.no()
	}
	u.State, u.Fault = Checking, ""
	return nil
}

// Confirm lets the good rows be entered.
func (u *Upload) Confirm() error {
	if u.State != Ready {
		return u.no()
	}
	if u.Good == 0 {
		return fault.New(fault.Refused, "roster.nothing.good")
	}
	u.State = Storing
	return nil
}

// Drop gives up a list of which nothing has been entered yet.
func (u *Upload) Drop() error {
	if u.State != Ready && u.State != Unreadable {
		return u.no()
	}
	u.State = Dropped
	return nil
}

func (u *Upload) no() error { return fault.New(fault.Refused, "roster.state.no", u.State) }

// Preview is e as the preview shows it.
func (e Entry) Preview() Preview {
	number := e.Number.Masked()
	if e.Certificate != "" {
		number = e.Certificate.Masked()
	}
	return Preview{e.Row, e.Name, number, e.Village, e.Category, e.Level, e.Expires, e.Reason}
}
