package look

import "hefa/internal/day"

// Field is what every form field has. Label and Hint come from the catalogue; the problem beside the field is looked up by Name.
type Field struct {
	Name     string
	Label    string
	Hint     string
	Optional bool // says （选填） after the label; fields are needed unless they say so
	Heading  bool // the label is the heading of a page with one question
}

// Width is how wide a one-line input is, in letters.
type Width string

// The widths of inputs; Wide, the zero value, fills the column.
const (
	Wide Width = ""
	W4   Width = "4"
	W5   Width = "5"
	W10  Width = "10"
	W20  Width = "20"
	W30  Width = "30"
)

// Input is one line of text.
type Input struct {
	Field
	Value    string
	Width    Width
	Kind     string // HTML type: "" is text; tel, search, email
	Numeric  bool   // show the number keys on a phone; the value stays text
	Complete string // HTML autocomplete: name, username, off …
	Suffix   string // a unit after the input, such as 岁
	Fill     string // for an identity number: fields of the same form to be filled while typing, see IdentityFill
}

// IdentityFill makes an identity-number input fill its neighbours while somebody types: the names of the fields for sex (radios or select with
// values male and female), birth date and age; "" for one that is not there. The server computes them again.
func IdentityFill(sex, birth, age string) string { return sex + " " + birth + " " + age }

// Area is text of several lines.
type Area struct {
	Field
	Value string
	Rows  int // 0 is 4
	Max   int // letters, shown below the field; 0 is no limit
}

// Option is one choice.
type Option struct {
	Value    string
	Text     string
	Hint     string
	Disabled bool
}

// Choice is one out of several, as a drop-down list (Select) or as round buttons (Radios).
type Choice struct {
	Field
	Value   string
	Options []Option
	Empty   string // the text of a first, empty option in a drop-down list; "" is none
	Inline  bool   // round buttons side by side, for two or three short ones
}

// Choices is any number out of several, as check boxes.
type Choices struct {
	Field
	Values  []string
	Options []Option
}

func (c Choices) has(v string) bool {
	for _, x := range c.Values {
		if x == v {
			return true
		}
	}
	return false
}

// Date is one calendar day, typed as text; read it back with ReadDay. Typed, when not empty, is what somebody typed that was no date.
type Date struct {
	Field
	Value day.Day
	Typed string
}

func (d Date) text() string {
	if d.Typed != "" {
		return d.Typed
	}
	return string(d.Value)
}

// File is one file, or several.
type File struct {
	Field
	Accept string // such as .xlsx or image/jpeg,image/png,application/pdf
	Many   bool
	Max    int64 // bytes, checked in the browser too when JavaScript runs; 0 is no check
}

// Button sends a form, or is a link that looks like a button when Href is set.
type Button struct {
	Text  string
	Kind  ButtonKind
	Name  string
	Value string
	Href  string
}

// ButtonKind is the weight of a button.
type ButtonKind string

// The weights: one Primary a page, Secondary beside it, Warning for what cannot be undone.
const (
	Primary   ButtonKind = ""
	Secondary ButtonKind = "secondary"
	Warning   ButtonKind = "warning"
)

func (f Field) described(p Problems, more ...string) string {
	ids := ""
	add := func(s string) {
		if ids != "" {
			ids += " "
		}
		ids += s
	}
	if f.Hint != "" {
		add(ID(f.Name) + "-hint")
	}
	for _, m := range more {
		if m != "" {
			add(m)
		}
	}
	if p.Of(f.Name) != "" {
		add(ID(f.Name) + "-error")
	}
	return ids
}
