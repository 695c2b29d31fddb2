package roster

import (
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/person"
)

// Defect is why a line is sent back: the first defect that decides, as a short code.
type Defect string

// The reasons, in the order in which they are looked for.
const (
	Missing       Defect = "missing"    // no name, no number, or no expiry where the list has that column
	Scientific    Defect = "scientific" // the spreadsheet cut a long number
	Length        Defect = "length"     // 18 positions for an identity number, 20 for a certificate number
	Digits        Defect = "digits"     // something in the number that is no digit
	BadDate       Defect = "date"       // the birth date in the number, the expiry or the birth column is no date
	Checksum      Defect = "checksum"   // the check character is wrong
	OtherPerson   Defect = "identity"   // the identity number is not the one inside the certificate number
	WrongCategory Defect = "category"   // the 19th position is no category or not the one in the column
	WrongLevel    Defect = "level"      // the 20th position is no level or not the one in the column
	WrongSuffix   Defect = "suffix"     // what follows the 20 positions is not B and a count
	WrongSex      Defect = "sex"        // not the sex in the number
	WrongBirth    Defect = "birth"      // not the birth date in the number
)

// Rejection is one line sent back; Message says what is wrong and what to do.
type Rejection struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Reason  Defect `json:"reason"`
	Message string `json:"message"`
}

// Duplicate is a line about a person whom a good line above is about.
type Duplicate struct {
	Row    int `json:"row"`
	SameAs int `json:"same_as"`
}

// Verdict is what became of one row; Entry is set when the row is data and neither rejected nor a duplicate.
type Verdict struct {
	Data      bool // false: a blank, a repeated header, a sum, a signature
	Entry     Entry
	Rejected  *Rejection
	Duplicate *Duplicate
}

// Checker reads the lines of one list in their order; it remembers whom it has seen.
type Checker struct {
	kind   Kind
	header Header
	seen   map[person.Number]int // the row of each good person
	rules  []func(Row, *Entry) *problem
}

// NewChecker is a checker for the lines below h.
func NewChecker(kind Kind, h Header) *Checker {
	c := &Checker{kind: kind, header: h, seen: map[person.Number]int{}}
	c.rules = []func(Row, *Entry) *problem{c.present, c.whole, c.identity}
	if kind.Held() {
		c.rules = []func(Row, *Entry) *problem{c.present, c.whole, c.certificate, c.other, c.graded}
	}
	c.rules = append(c.rules, c.sex, c.birth, c.expiry, c.phone)
	if kind == Register {
		c.rules = append(c.rules, c.issue)
	}
	return c
}

// problem is a defect before it is put into words.
type problem struct {
	reason Defect
	column int
	key    string
	more   any
}

// Take judges one row. The cells may be reused afterwards.
func (c *Checker) Take(row Row) Verdict {
	if row.Number <= c.header.Last || !c.data(row) {
		return Verdict{}
	}
	e := Entry{Row: row.Number}
	for _, rule := range c.rules {
		if p := rule(row, &e); p != nil {
			column, value := c.header.title(p.column), row.cell(p.column).Text
			return Verdict{Data: true, Rejected: &Rejection{row.Number, column, value, p.reason, lang.T(p.key, column, value, p.more)}}
		}
	}
	c.fill(row, &e)
	if !e.Standing.Live() { // a person may have had one before the one that they hold, and may be about to have another
		return Verdict{Data: true, Entry: e}
	}
	if first, ok := c.seen[e.Number]; ok {
		return Verdict{Data: true, Duplicate: &Duplicate{row.Number, first}}
	}
	c.seen[e.Number] = row.Number
	return Verdict{Data: true, Entry: e}
}

// text is the raw text of the cell that means m.
func (c *Checker) text(row Row, m Meaning) string { return row.cell(c.header.column(m)).Text }

// mainNumber is the column whose number makes the line: the certificate's for the expired, the identity number for the suspected.
func (c *Checker) mainNumber() Meaning {
	order := [...]Meaning{Certificate, AnyNumber, Identity}
	if c.kind == Suspected {
		order = [...]Meaning{Identity, AnyNumber, Certificate}
	}
	for _, m := range order {
		if c.header.has(m) {
			return m
		}
	}
	return None
}

// otherNumber is the column with the identity number beside that of the certificate; None when there is none.
func (c *Checker) otherNumber() Meaning {
	for _, m := range [...]Meaning{Identity, AnyNumber} {
		if c.kind.Held() && c.header.has(m) && m != c.mainNumber() {
			return m
		}
	}
	return None
}

// present refuses a line without name or number, and without expiry in a list of the expired that has that column. What the number tells too
// (sex, category, level, an identity number beside it) may be left out.
func (c *Checker) present(row Row, e *Entry) *problem {
	e.Name = cleanName(c.text(row, Name))
	if blank(e.Name) || !named(e.Name) {
		return &problem{Missing, c.header.column(Name), "roster.missing.name", nil}
	}
	number := c.text(row, c.mainNumber())
	if blank(number) || digits(number) == 0 {
		return &problem{Missing, c.header.column(c.mainNumber()), "roster.missing.number", nil}
	}
	if c.kind.Held() && c.header.has(Expires) && blank(c.text(row, Expires)) {
		return &problem{Missing, c.header.column(Expires), "roster.missing.expiry", nil}
	}
	return nil
}

// whole refuses numbers that a spreadsheet cut.
func (c *Checker) whole(row Row, _ *Entry) *problem {
	for _, m := range [...]Meaning{c.mainNumber(), c.otherNumber()} {
		if m == None {
			continue
		}
		i := c.header.column(m)
		if cell := row.cell(i); cut(cell, plainNumber(cell.Text)) {
			return &problem{Scientific, i, "roster.scientific", nil}
		}
	}
	return nil
}

// identity reads the number of the suspected.
func (c *Checker) identity(row Row, e *Entry) *problem {
	m := c.mainNumber()
	e.Number = person.Number(plainNumber(c.text(row, m)))
	return c.flaw(e.Number.Check(), m, "roster.length.identity")
}

// certificate reads the number of the expired, or makes it of the identity number, category and level when the list has only these.
func (c *Checker) certificate(row Row, e *Entry) *problem {
	m := c.mainNumber()
	plain := plainNumber(c.text(row, m))
	if m != Certificate && len(plain) == 18 && c.canBuild() {
		e.Number = person.Number(plain)
		return c.flaw(e.Number.Check(), m, "roster.length.identity")
	}
	e.Certificate = certificate.Number(plain)
	e.Number = e.Certificate.Person()
	switch f := flawOf(e.Certificate); f {
	case certificate.WrongCategory, certificate.WrongLevel, certificate.WrongSuffix:
		return nil // the identity number beside it comes first
	default:
		return c.flaw(f, m, "roster.length.certificate")
	}
}

// canBuild says whether the columns give all that a certificate number adds to the identity number.
func (c *Checker) canBuild() bool {
	return c.header.has(Grade) || c.header.has(CategoryColumn) && c.header.has(LevelColumn)
}

// flaw puts a number's flaw into the terms of the list.
func (c *Checker) flaw(f person.Flaw, m Meaning, length string) *problem {
	i := c.header.column(m)
	switch f {
	case "":
		return nil
	case person.Length:
		return &problem{Length, i, length, nil}
	case person.Digits:
		return &problem{Digits, i, "roster.digits", nil}
	case person.Born:
		return &problem{BadDate, i, "roster.date.born", nil}
	case person.Checksum:
		return &problem{Checksum, i, "roster.checksum", nil}
	case certificate.WrongCategory:
		return &problem{WrongCategory, i, "roster.category.number", nil}
	case certificate.WrongLevel:
		return &problem{WrongLevel, i, "roster.level.number", nil}
	}
	return &problem{WrongSuffix, i, "roster.suffix", nil}
}

// other compares the identity number beside the certificate number, then looks at what the certificate number adds.
func (c *Checker) other(row Row, e *Entry) *problem {
	if m := c.otherNumber(); m != None && !blank(c.text(row, m)) {
		n := person.Number(plainNumber(c.text(row, m)))
		if long := certificate.Number(n); flawOf(long) == "" {
			n = long.Person()
		}
		if p := c.flaw(n.Check(), m, "roster.length.identity"); p != nil {
			return p
		}
		if n != e.Number {
			return &problem{OtherPerson, c.header.column(m), "roster.identity", c.header.title(c.header.column(c.mainNumber()))}
		}
	}
	if e.Certificate == "" {
		return nil
	}
	return c.flaw(flawOf(e.Certificate), c.mainNumber(), "")
}

func (c *Checker) sex(row Row, e *Entry) *problem {
	e.Sex = e.Number.Sex()
	i := c.header.column(Sex)
	if cell := row.cell(i); cell.blank() || sexOf(cell.Text) == e.Sex {
		return nil
	}
	return &problem{WrongSex, i, "roster.sex", lang.T("roster.sex." + string(e.Sex))}
}

func (c *Checker) birth(row Row, e *Entry) *problem {
	i := c.header.column(Birth)
	cell := row.cell(i)
	if cell.blank() {
		return nil
	}
	switch agrees, readable := birthAgrees(cell, row.Shift, e.Number.Birth()); {
	case agrees:
		return nil
	case !readable:
		return &problem{BadDate, i, "roster.date.unreadable", nil}
	}
	return &problem{WrongBirth, i, "roster.birth", e.Number.Birth()}
}

func (c *Checker) expiry(row Row, e *Entry) *problem {
	i := c.header.column(Expires)
	cell := row.cell(i)
	if cell.blank() {
		return nil
	}
	var ok bool
	if e.Expires, ok = expiry(cell, row.Shift); ok {
		return nil
	}
	e.Expires = day.Day("")
	if c.kind == Suspected {
		return nil
	}
	return &problem{BadDate, i, "roster.date.unreadable", nil}
}

// issue reads the day on which a certificate was issued, and refuses one after its last day.
func (c *Checker) issue(row Row, e *Entry) *problem {
	i := c.header.column(Issued)
	cell := row.cell(i)
	if cell.blank() {
		return nil
	}
	var ok bool
	if e.Issued, ok = date(cell, row.Shift); !ok {
		return &problem{BadDate, i, "roster.date.unreadable", nil}
	}
	if e.Expires != "" && e.Issued > e.Expires {
		return &problem{BadDate, i, "roster.date.issued", e.Expires}
	}
	return nil
}

// phone refuses a phone number that the spreadsheet cut; other phones are taken as they are.
func (c *Checker) phone(row Row, _ *Entry) *problem {
	i := c.header.column(Phone)
	if cell := row.cell(i); !cell.Number && scientific(cell.Text) {
		return &problem{Scientific, i, "roster.scientific", nil}
	}
	return nil
}
