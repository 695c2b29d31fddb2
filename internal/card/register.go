package card

import (
	"regexp"
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/region"
)

// RegisterID names a register.
type RegisterID string

// Register is 领证签收表: the sheet on which whoever takes a card of a batch home signs, as it was printed.
type Register struct {
	ID      RegisterID
	Region  region.Code // of the batch
	Batch   BatchID
	No      string // by which a scanned page files itself, with the page's number
	Pages   int
	Printed day.Day
	Clerk   string // who had it printed first
}

// County is the tenant that answers for the register.
func (r Register) County() region.Code { return r.Region.County() }

// RegisterLine is one card of a register; lines are counted from 1 over all pages.
type RegisterLine struct {
	Line, Page int
	Card       ID
}

// Ruled is the lines of cards of which is known on which page each stands.
func Ruled(cards []ID, pages []int) []RegisterLine {
	out := make([]RegisterLine, len(cards))
	for i, c := range cards {
		out[i] = RegisterLine{i + 1, pages[i], c}
	}
	return out
}

// Serves says whether a register that was printed with lines serves for others: the same cards on the same pages.
func (r Register) Serves(printed, wanted []RegisterLine) bool { return slices.Equal(printed, wanted) }

// RegisterScan is a scan of one page of a register.
type RegisterScan struct {
	ID       string
	Register RegisterID
	Page     int
	Hash     string
	Type     string
	Pages    int     // of the scan, which may have a back
	Received day.Day // the day on which it came back: who signs later is not on it
	Clerk    string
}

// Take refuses a scan of a page that the register does not have, of a day on which it was not printed yet or that is still to come, and what lies there already. A page
// that was scanned before may be scanned again: signatures come one after the other.
func (r Register) Take(s RegisterScan, there []RegisterScan, today day.Day) error {
	switch {
	case s.Page < 1 || s.Page > r.Pages:
		return fault.New(fault.Refused, "register.page", r.No, r.Pages)
	case s.Received < r.Printed:
		return fault.New(fault.Refused, "register.early", r.No, r.Printed, s.Received)
	case s.Received > today:
		return fault.New(fault.Refused, "register.future", s.Received)
	}
	if s.Hash != "" && slices.ContainsFunc(there, func(k RegisterScan) bool { return k.Page == s.Page && k.Hash == s.Hash }) {
		return fault.New(fault.Refused, "register.twice", r.No, s.Page)
	}
	return nil
}

// Signature is where the signature with which a card was taken home can be seen.
type Signature struct {
	Batch      BatchID
	No         string // of the register
	Page, Line int
	Scan       string // its id
	Received   day.Day
}

// Seen says in words where the signature can be seen, "" nowhere: on one of the sheets when there are several.
func Seen(all []Signature) string {
	if len(all) == 0 {
		return ""
	}
	at := make([]string, len(all))
	for i, s := range all {
		at[i] = lang.T("register.seen.at", s.No, s.Page, s.Line)
	}
	return lang.T("register.seen", strings.Join(at, lang.T("register.seen.or")))
}

var seen = func() *regexp.Regexp {
	at := lang.T("register.seen.at", `\S+`, `\d+`, `\d+`)
	return regexp.MustCompile("^" + lang.T("register.seen", at+"("+lang.T("register.seen.or")+at+")*") + "$")
}()

// Own says whether the program wrote a note on where a signature can be seen: it is as Seen has it, or empty.
func Own(note string) bool { return note == "" || seen.MatchString(note) }
