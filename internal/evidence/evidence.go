// Package evidence is what a remote assessment rests on: pictures, video and written proof, each with when and by whom it was taken, the consent to it,
// and what the hospital asks for beyond it (芒政办发〔2020〕23号四（三）).
package evidence

import (
	"slices"
	"strings"
	"time"

	"hefa/internal/attachment"
	"hefa/internal/day"
	"hefa/internal/fault"
)

// Kind is the form of a piece of evidence.
type Kind string

// The kinds: 图片、影像及文字证明材料.
const (
	Photo    Kind = "photo"
	Video    Kind = "video"
	Document Kind = "document"
)

// Kinds is every kind, in the order of the form.
var Kinds = []Kind{Photo, Video, Document}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "evidence.kind." + string(k) }

// takes says whether a content of the type can be evidence of the kind.
func (k Kind) takes(kind string) bool {
	switch k {
	case Photo:
		return attachment.Types[kind]
	case Video:
		return attachment.Moving(kind)
	case Document:
		return !attachment.Moving(kind)
	}
	return false
}

// Item is one piece of evidence; its file is an attachment of the case with a hash.
type Item struct {
	Attachment  attachment.ID
	Application string
	Kind        Kind
	Taken       time.Time // when it was taken, as whoever took it says; for a snapshot the instant of the call
	Received    time.Time // when the server had it
	Call        string    // the call that it was taken from, "" when it was sent
	Detail
}

// Detail is what a piece shows and who took it; it is sealed.
type Detail struct {
	Shows string `json:"shows"` // what is to be seen: which part, which movement
	Taker string `json:"taker"` // who took it
	By    string `json:"by"`    // who sent it
}

// Clean cuts what surrounds the texts.
func (i Item) Clean() Item {
	i.Shows, i.Taker = strings.TrimSpace(i.Shows), strings.TrimSpace(i.Taker)
	return i
}

// The most letters of a text and of a name.
const (
	TextMost = 500
	nameMost = 40
)

// Check finds every gap of a piece whose content has the type, received now; what was taken more months ago shows another condition.
func (i Item) Check(kind string, now time.Time, months int) error {
	var p fault.Problems
	switch {
	case !slices.Contains(Kinds, i.Kind):
		p.Add("kind", "evidence.kind.missing")
	case !i.Kind.takes(kind):
		p.Add("file", "evidence.kind.wrong", i.Kind)
	}
	if n := len([]rune(i.Shows)); n == 0 {
		p.Add("shows", "evidence.shows.missing")
	} else if n > TextMost {
		p.Add("shows", "application.text.long", TextMost)
	}
	if n := len([]rune(i.Taker)); n == 0 || n > nameMost {
		p.Add("taker", "evidence.taker.missing")
	}
	switch {
	case i.Taken.IsZero():
		p.Add("taken", "evidence.taken.missing")
	case i.Taken.After(now.Add(time.Minute)): // clocks of phones differ
		p.Add("taken", "evidence.taken.ahead")
	case i.Taken.Before(now.AddDate(0, -months, 0)):
		p.Add("taken", "evidence.taken.old", months)
	}
	return p.Fault()
}

// Giver is in what capacity somebody consents.
type Giver string

// The capacities.
const (
	Self     Giver = "self"
	Guardian Giver = "guardian"
	Agent    Giver = "agent" // with a written authority
)

// Givers is every capacity, in the order of the form.
var Givers = []Giver{Self, Guardian, Agent}

// Word is the key of g's name in the catalogue.
func (g Giver) Word() string { return "evidence.giver." + string(g) }

// Manner is how somebody consents.
type Manner string

// The manners.
const (
	Written Manner = "written"
	Spoken  Manner = "spoken" // before two people, one of whom records it
)

// Manners is every manner, in the order of the form.
var Manners = []Manner{Written, Spoken}

// Word is the key of m's name in the catalogue.
func (m Manner) Word() string { return "evidence.manner." + string(m) }

// Consent is that somebody lets pictures be taken and shown to the hospital (个人信息保护法 art. 29: separate consent to sensitive data).
type Consent struct {
	Giver     Giver   `json:"giver"`
	Name      string  `json:"name"`
	Manner    Manner  `json:"manner"`
	Video     bool    `json:"video"` // also to live video
	On        day.Day `json:"on"`
	By        string  `json:"by"`        // who recorded it
	Withdrawn day.Day `json:"withdrawn"` // "" while it holds (art. 15)
}

// Holds says whether there is a consent that nobody withdrew.
func (c *Consent) Holds() bool { return c != nil && c.Withdrawn == "" }

// Check finds every gap of a consent; spoken for says that the person acts through a guardian.
func (c Consent) Check(spokenFor bool) error {
	var p fault.Problems
	switch {
	case !slices.Contains(Givers, c.Giver):
		p.Add("giver", "evidence.giver.missing")
	case spokenFor && c.Giver == Self:
		p.Add("giver", "evidence.giver.guardian.only")
	}
	if n := len([]rune(c.Name)); n == 0 || n > nameMost {
		p.Add("name", "evidence.name.missing")
	}
	if !slices.Contains(Manners, c.Manner) {
		p.Add("manner", "evidence.manner.missing")
	}
	return p.Fault()
}

// Request is that a doctor asks for more evidence; the case goes back to the township until it answers.
type Request struct {
	ID          string
	Application string
	Asked       time.Time
	Doctor      string // the name
	Hospital    string // the name
	Reason      string
	Answered    time.Time // zero while it is open
	Reply       string
}

// Open says whether nobody has answered.
func (r Request) Open() bool { return r.Answered.IsZero() }

// shortest is the least letters of a reason that says something.
const shortest = 4

// CheckReason refuses a reason for more evidence that tells the township nothing.
func CheckReason(reason string) error {
	var p fault.Problems
	switch n := len([]rune(reason)); {
	case n < shortest:
		p.Add("reason", "evidence.reason.short", shortest)
	case n > TextMost:
		p.Add("reason", "application.text.long", TextMost)
	}
	return p.Fault()
}

// Answer closes a request: with evidence that came since, or with words on why there is none.
func (r *Request) Answer(items []Item, reply string, now time.Time) error {
	var p fault.Problems
	fresh := slices.ContainsFunc(items, func(i Item) bool { return i.Received.After(r.Asked) })
	switch n := len([]rune(reply)); {
	case !r.Open():
		return fault.New(fault.Refused, "evidence.answered")
	case n > TextMost:
		p.Add("reply", "application.text.long", TextMost)
	case !fresh && n < shortest:
		p.Add("reply", "evidence.reply.missing", shortest)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	r.Reply, r.Answered = reply, now
	return nil
}
