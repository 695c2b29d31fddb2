package sms

import (
	"strconv"
	"strings"
	"time"
)

// dialect is what one carrier's protocol says otherwise than another's.
type dialect interface {
	wide() bool                                            // whether the sequence has three words
	bind(now time.Time) (command uint32, b []byte)         // what a connection begins with
	bound(b []byte) error                                  // reads the answer to it
	submit(p piece) (command uint32, b []byte)             // one part to one phone
	taken(seq sequence, b []byte) (string, error)          // reads the answer to a submit: the carrier's name for it, or a Refusal, or Busy
	known(seq sequence) string                             // the name under which the carrier will report a submit, where that is ours; else ""
	ping() uint32                                          // the command that keeps the line alive, 0 where there is none and an idle line is ended
	end() uint32                                           // the command that ends it
	heard(command uint32, b []byte) (asked, []byte, error) // what the carrier asks, and the body of the answer
}

// asked is what a carrier said by itself.
type asked struct {
	report  bool
	waiting bool // a report that nothing is final yet
	ref     string
	ok      bool
	why     string
	phone   string // who wrote, for what is no report
	text    string
	ended   bool
}

// Report is what became of a part that a carrier took.
type Report struct {
	Ref       string
	Delivered bool
	Why       string // the carrier's code, "" when delivered
}

// Busy is a carrier's word that it takes nothing for now; the message may go later and no try was used up.
type Busy struct {
	Text string
	Wait time.Duration
}

// Error is the text.
func (b *Busy) Error() string { return b.Text }

// Unsure is a message that was handed over whole and never answered: whether the carrier has it is not known, so it must not be sent again by itself.
type Unsure struct{ Text string }

// Error is the text.
func (u *Unsure) Error() string { return u.Text }

// refused is the error of an answer's code; 0 is none, those of busy are a Busy.
func refused(code uint32, busy ...uint32) error {
	if code == 0 {
		return nil
	}
	text := strconv.FormatUint(uint64(code), 10)
	for _, b := range busy {
		if code == b {
			return &Busy{Text: text}
		}
	}
	return &Refusal{text}
}

// plain is a number without the country's code before it.
func plain(phone string) string {
	phone = strings.TrimPrefix(phone, "+")
	if len(phone) == 13 {
		return strings.TrimPrefix(phone, "86")
	}
	return phone
}

// stamp is the time as the authenticators want it, MMDDHHMMSS, as text and as a number.
func stamp(now time.Time) (string, uint32) {
	s := now.Format("0102150405")
	n, _ := strconv.ParseUint(s, 10, 32) // ten digits below 1231235960
	return s, uint32(n)
}

// state reads the seven letters of a report: only DELIVRD is a success, ENROUTE and ACCEPTD are not the end (CMPP 3.0, table of Stat; SMPP 3.3).
func (a *asked) state(stat string) {
	a.report = true
	switch stat {
	case "DELIVRD":
		a.ok = true
	case "ENROUTE", "ACCEPTD":
		a.waiting = true
	default:
		a.why = stat
	}
}
