// Package message is a text message to a person's phone: its approved wording, when it may go out, how often it is tried, and what became of it
// (N26, N40; 通信短信息服务管理规定第十八条: nobody is sent what they do not want).
package message

import (
	"strings"
	"time"
	"unicode/utf16"

	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a message.
type ID string

// Kind is what a message is about.
type Kind string

// The kinds of messages.
const (
	Renew    Kind = "renew"    // the certificate ends soon; beside the letter with its slip
	Card     Kind = "card"     // the card can be fetched
	Campaign Kind = "campaign" // how assessment goes, to everybody of a place (N26)
)

// Kinds is every kind, in the order of the form.
var Kinds = []Kind{Renew, Card, Campaign}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "message.kind." + string(k) }

// State says what became of a message.
type State string

// The states of a message.
const (
	Queued    State = "queued"    // waits for its turn, for the hours in which it may go out, or for another try
	Sent      State = "sent"      // the gateway has taken it
	Delivered State = "delivered" // the phone has it, by the gateway's report
	Failed    State = "failed"    // given up, or reported as not delivered
	Dropped   State = "dropped"   // no longer wanted: the person takes no messages, or came before it went out
)

// States is every state, in the order of the course.
var States = []State{Queued, Sent, Delivered, Failed, Dropped}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "message.state." + string(s) }

// Message is one message to one phone.
type Message struct {
	ID      ID
	Region  region.Code
	Person  person.ID
	Kind    Kind
	About   string // the letter, the case or the day of the campaign; one message of a kind about it to a person
	Phone   string // personal: kept sealed
	Text    string // personal: kept sealed; with its signature
	Parts   int    // that the carriers count
	State   State
	Tries   int
	Next    time.Time // not before; while the gateway has it, when it is taken for lost
	Made    time.Time
	Given   time.Time // since when the carrier has it without an answer, zero when it has not
	Sent    time.Time // when the gateway took it, zero before
	Ref     string    // the gateway's name for it
	Fault   string    // what the gateway said last, without the number
	Version int
}

// County is the tenant that answers for the message.
func (m Message) County() region.Code { return m.Region.County() }

// Mobile says whether s is a mobile number of the mainland: 11 digits, 13 to 19 first (YD/T 1258).
func Mobile(s string) bool {
	if len(s) != 11 || s[0] != '1' || s[1] < '3' {
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}

// Phone is the mobile number by which a person can be reached, their own or the guardian's; "" for none.
func Phone(p person.Person) string {
	for _, phone := range []string{p.Phone, p.Guardian.Phone} {
		if phone = strings.ReplaceAll(phone, "-", ""); Mobile(phone) {
			return phone
		}
	}
	return ""
}

// The characters (UTF-16 units) of a message of one part, and of each part of a longer one.
const (
	OnePart  = 70
	EachPart = 67
	most     = 10 * EachPart
)

// Split is the parts that a text is sent in, none of which cuts a character in two (GSM 03.40, UCS-2).
func Split(text string) []string {
	if len(utf16.Encode([]rune(text))) <= OnePart {
		return []string{text}
	}
	var out []string
	from, n := 0, 0
	for i, r := range text {
		wide := utf16.RuneLen(r)
		if n+wide > EachPart {
			out, from, n = append(out, text[from:i]), i, 0
		}
		n += wide
	}
	return append(out, text[from:])
}

// Parts is how many parts the carriers count.
func Parts(text string) int { return len(Split(text)) }

// Compose puts values into an approved wording, where they are named in braces, behind the signature. A name that nobody gave a value for, or a text
// beyond ten parts, is refused: what people read must be whole.
func Compose(signature, wording string, values map[string]string) (string, error) {
	text := wording
	for name, v := range values {
		text = strings.ReplaceAll(text, "{"+name+"}", v)
	}
	text = "【" + signature + "】" + text
	switch {
	case strings.TrimSpace(wording) == "" || strings.TrimSpace(signature) == "":
		return "", fault.New(fault.Refused, "message.wording.missing")
	case strings.ContainsAny(text, "{}"):
		return "", fault.New(fault.Refused, "message.wording.wrong")
	case len(utf16.Encode([]rune(text))) > most:
		return "", fault.New(fault.Refused, "message.wording.long", most)
	}
	return text, nil
}

// Hours is when messages may go out: from the hour on, before the other. Nobody is woken.
type Hours struct{ From, Until int }

// Open says whether messages may go out at an instant in a zone.
func (h Hours) Open(at time.Time) bool { return at.Hour() >= h.From && at.Hour() < h.Until }

// Next is the first moment from at on at which messages may go out; at itself while they may, or when the hours make no sense.
func (h Hours) Next(at time.Time) time.Time {
	if h.Open(at) || h.From >= h.Until || h.Until < 1 || h.From > 23 {
		return at
	}
	next := time.Date(at.Year(), at.Month(), at.Day(), h.From, 0, 0, 0, at.Location())
	if !next.After(at) {
		next = next.AddDate(0, 0, 1)
	}
	return next
}

// lost is how long after a message was given to the gateway without an answer it is tried again: the program died, or the line did.
const lost = 10 * time.Minute

// Give marks a message as being with the gateway: should the program die now, it is tried again once it is taken for lost, under the same id, by which
// a gateway knows it.
func (m *Message) Give(now time.Time) error {
	if m.State != Queued {
		return m.no()
	}
	m.Tries++
	m.Given, m.Next = now, now.Add(lost)
	return nil
}

// Unsure gives a message up of which nobody knows whether the carrier has it: sent again, it might arrive twice. A report may still decide, and an officer.
func (m *Message) Unsure(why string) error {
	if m.State != Queued || m.Given.IsZero() {
		return m.no()
	}
	m.State, m.Fault = Failed, why
	return nil
}

// Postpone puts a message off because the carrier takes nothing for now; no try is used up.
func (m *Message) Postpone(why string, until time.Time) error {
	if m.State != Queued {
		return m.no()
	}
	m.Tries = max(0, m.Tries-1)
	m.Given, m.Next, m.Fault = time.Time{}, until, why
	return nil
}

// Taken notes that the gateway took the message under a name of its own.
func (m *Message) Taken(ref string, now time.Time) error {
	if m.State != Queued {
		return m.no()
	}
	m.State, m.Ref, m.Sent, m.Given, m.Fault = Sent, ref, now, time.Time{}, ""
	return nil
}

// Refused notes that the gateway did not take the message; it is tried again after a wait that grows fourfold from a minute, tries times in all.
func (m *Message) Refused(why string, tries int, now time.Time) error {
	if m.State != Queued {
		return m.no()
	}
	m.Given, m.Fault = time.Time{}, why
	if m.Tries >= tries {
		m.State = Failed
		return nil
	}
	m.Next = now.Add(min(time.Minute<<(2*min(m.Tries-1, 5)), 6*time.Hour))
	return nil
}

// Report notes what the gateway says became of a message that it took, or of one that nobody knew it took.
func (m *Message) Report(delivered bool, why string) error {
	if m.State != Sent && (m.State != Failed || m.Given.IsZero()) {
		return m.no()
	}
	m.Given = time.Time{}
	m.State, m.Fault = Failed, why
	if delivered {
		m.State, m.Fault = Delivered, ""
	}
	return nil
}

// Again queues a message that failed once more.
func (m *Message) Again(now time.Time) error {
	if m.State != Failed {
		return m.no()
	}
	m.State, m.Tries, m.Given, m.Next = Queued, 0, time.Time{}, now
	return nil
}

// Drop ends a message that is no longer wanted.
func (m *Message) Drop(why string) error {
	if m.State != Queued {
		return m.no()
	}
	m.State, m.Fault = Dropped, why
	return nil
}

func (m *Message) no() error { return fault.New(fault.Refused, "message.step.wrong", m.State) }

// PartState says what became of a part that a carrier took.
type PartState string

// The states of a part.
const (
	PartTaken     PartState = "taken"
	PartDelivered PartState = "delivered"
	PartFailed    PartState = "failed"
)

// Part is one of the parts that a carrier took, under its own name for it.
type Part struct {
	No    int // from 1
	Ref   string
	State PartState
}

// Arrived says whether all n parts of a message are delivered.
func Arrived(parts []Part, n int) bool {
	for _, p := range parts {
		if p.State == PartDelivered {
			n--
		}
	}
	return n <= 0
}
