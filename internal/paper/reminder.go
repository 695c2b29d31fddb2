package paper

import (
	"strconv"
	"strings"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/reminder"
)

// Reading is for whom a letter is set.
type Reading string

// The readings of a letter to a person.
const (
	Ordinary Reading = ""      // as the plan prints it
	Large    Reading = "large" // the plan's words in large print
	Easy     Reading = "easy"  // short sentences in large print
)

// Readings is every reading.
var Readings = []Reading{Ordinary, Large, Easy}

// Reminder is a letter with a tear-off slip: attachments 3, 5 and 6 of 宛残联〔2022〕24号. Fields that are empty are left blank to be filled in by hand.
type Reminder struct {
	Kind     reminder.Kind
	Number   string  // also the QR code of the slip; "" on a blank form, which then has neither
	Person   string  // whom it speaks to
	Issuer   string  // the federation whose seal it bears
	Rule     string  // the provincial rule that it names, with its brackets
	Quote    string  // what that rule says about expiry, for Renew; "" when nothing is quoted
	Months   int     // left until expiry, for Renew; 0 leaves it blank
	Years    int     // that a certificate is valid
	Photos   int     // wanted
	Days     int     // calendar days from the receipt, for Review
	Expires  day.Day // the last day of the certificate, for Easy
	Contact  string  // whom to ask, for Easy
	Dated    day.Day
	Year     int // printed when Dated is ""
	Reading  Reading
	Receipt  day.Day // the day on the slip, when it is printed once more after it came back
	Promised day.Day // the promise on it
}

// Words is everything that a letter says, in its order; pages and papers are made of it.
type Words struct {
	Title, To  string
	Paragraphs []string
	Issuer     string
	Date       string
	Slip       string // title of the slip
	Promise    string // what its signer states
	Sign       string
	SlipDate   string
}

// Title is the paper's name.
func (r Reminder) Title() string { return lang.T("paper.reminder." + string(r.Kind) + ".title") }

// blank is value, or a line to write on.
func blank(value string, length int) string {
	if value == "" {
		return strings.Repeat("_", length)
	}
	return value
}

func number0(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// dated is a date, or the year with room for month and day.
func dated(on day.Day, year int) string {
	switch {
	case on != "":
		return on.Chinese()
	case year == 0:
		return lang.T("paper.date.open", "________")
	}
	return lang.T("paper.date.open", year)
}

// Words is what the letter says.
func (r Reminder) Words() Words {
	key := "paper.reminder." + string(r.Kind)
	w := Words{Title: r.Title(), To: lang.T("paper.comrade", blank(r.Person, 12)), Issuer: blank(r.Issuer, 14), Date: dated(r.Dated, r.Year),
		Slip: lang.T("paper.reminder.slip", r.Title()), Sign: lang.T(key + ".sign"), SlipDate: dated(r.Receipt, r.slipYear())}
	if r.Issuer == "" {
		w.Issuer += lang.T("paper.federation")
	}
	if r.Reading == Easy {
		w.Paragraphs = r.easy(key)
	} else {
		w.Paragraphs = r.plan(key)
	}
	switch r.Kind {
	case reminder.Flow:
		month, on := blank("", 6), blank("", 6)
		if r.Promised != "" {
			t := r.Promised.Time()
			month, on = strconv.Itoa(int(t.Month())), strconv.Itoa(t.Day())
		}
		w.Promise = lang.T(key+".promise", month, on)
	default:
		w.Promise = lang.T(key + ".promise")
	}
	return w
}

// slipYear is the year that the slip's date begins with.
func (r Reminder) slipYear() int {
	if r.Dated != "" {
		return r.Dated.Year()
	}
	return r.Year
}

// plan is the paragraphs as the plan words them.
func (r Reminder) plan(key string) []string {
	switch r.Kind {
	case reminder.Flow:
		return []string{lang.T(key+".text", r.Rule, r.Photos), lang.T("paper.reminder.told")}
	case reminder.Review:
		return []string{lang.T(key+".text", r.Rule, r.Days, r.Photos)}
	}
	rule := lang.T(key+".rule", r.Rule)
	if r.Quote != "" {
		rule = lang.T(key+".quote", r.Rule, r.Quote)
	}
	return []string{lang.T(key+".text", r.Years, blank(number0(r.Months), 4), rule, r.Photos)}
}

// easy is the same in short sentences, one thing each.
func (r Reminder) easy(key string) []string {
	lines := []string{lang.T(key + ".easy.what")}
	switch r.Kind {
	case reminder.Renew:
		lines = []string{lang.T(key+".easy.what", r.Expires)}
	case reminder.Review:
		lines = append(lines, lang.T(key+".easy.when", r.Days))
	}
	lines = append(lines, lang.T(key+".easy.bring", r.Photos), lang.T("paper.reminder.easy.where"), lang.T("paper.reminder.easy.then"))
	if r.Kind == reminder.Renew {
		lines = append(lines, lang.T(key+".easy.late"))
	}
	lines = append(lines, lang.T("paper.reminder.easy.help"))
	if r.Contact != "" {
		lines = append(lines, lang.T("paper.reminder.easy.ask", r.Contact))
	}
	return lines
}

// sizes is the styles of a reading: title, text, and what stands on the slip.
func (r Reminder) sizes() (title, text, slip style) {
	title, text, slip = titleStyle, bodyStyle, bodyStyle
	if r.Reading != Ordinary {
		title.size, title.lead, text.size, text.lead, slip.size, slip.lead = 28, 42, 21, 37, 18, 30
		text.align, slip.align = left, left // even gaps between the signs are easier to read
		text.look, slip.look = song, song   // and so are strokes of some strength
	}
	if r.Reading == Easy {
		title.look, text.look, slip.look = hei, hei, hei
	}
	return title, text, slip
}

// shape is the letter without what differs from one person to the next: pages of one shape share what is fixed.
func (r Reminder) shape() Reminder {
	r.Number, r.Person, r.Expires = "", "", ""
	return r
}

type reminderPart struct {
	shape Reminder
	part  int
	y     float64
}

func (r Reminder) lay(d *document) {
	s, w := d.upright(), r.Words()
	title, text, slip := r.sizes()
	share := r.Reading == Ordinary
	s.fixed(reminderPart{r.shape(), 0, s.y}, share, func() {
		s.begin("H1", "")
		s.run(s.left, s.measure(), w.Title, title)
		s.end()
		s.space(8)
	})
	if r.Number != "" {
		s.numbered(r.Number)
	}
	to := text
	to.indent = 0
	s.para(w.To, to)
	s.fixed(reminderPart{r.shape(), 1, s.y}, share, func() { r.body(s, w, text) })
	top := r.slip(s, w, slip, share)
	if r.Number != "" {
		s.slipCode(top, r.Number)
	}
	d.endPaper(ifSeveral)
}

// body is the letter from its text to its date, with room for the seal over the office's name.
func (r Reminder) body(s *sheet, w Words, st style) {
	for _, p := range w.Paragraphs {
		s.para(p, st)
	}
	s.sealed(w.Issuer, w.Date, st)
}

// slip is the tear-off part at the foot of the page; it returns where its code goes.
func (r Reminder) slip(s *sheet, w Words, st style, share bool) float64 {
	var lines float64
	s.common(func() { lines = float64(len(s.set(w.Promise, s.measure(), st))) })
	height := 28 + 30 + lines*st.lead + 104
	if s.room() < height {
		s.turn()
	}
	s.y = s.height - s.bottom - height
	s.fixed(reminderPart{r.shape(), 2, s.y}, share, func() {
		s.slip(w.Slip, height, "")
		s.para(w.Promise, st)
		sign := st
		sign.indent, sign.align = 0, left
		x := s.left + 70*mm
		s.y += 10
		for _, t := range []string{w.Sign, w.SlipDate} {
			s.begin("P", "")
			s.run(x, s.measure()-70*mm, t, sign)
			s.end()
			s.y += 8
		}
	})
	return s.height - s.bottom - 100
}

// slipCode draws the number of a letter and its QR code at the left of its slip, so that a scan of the slip says whose it is.
func (s *sheet) slipCode(y float64, number string) {
	const size = 25 * mm
	s.figure(lang.T("paper.code.alt", number), func() { s.code(s.left, y, size, number) })
	s.begin("P", "")
	s.mark()
	s.text(s.left-6*mm, y+size, size+12*mm, number, style{look: song, size: 9, lead: 12, align: center})
	s.end()
}

// sealed sets the office and the date at the right with room for its seal, which is put over both.
func (s *sheet) sealed(office, date string, st style) {
	s.need(2*st.lead + 30)
	s.space(24)
	st.align, st.indent = right, 0
	s.right += 3 * st.size
	s.para(office, st)
	s.para(date, st)
	s.right -= 3 * st.size
}
