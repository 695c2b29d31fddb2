package look

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"hefa/internal/lang"
)

// fullTitle says first that something is wrong, for those who hear the title only.
func (p Page) fullTitle() string {
	t := p.Title + " - " + lang.T("look.name")
	if len(p.Problems) > 0 {
		return lang.T("look.error") + t
	}
	return t
}

func current(l Link) templ.Attributes {
	if l.Current {
		return templ.Attributes{"aria-current": "page"}
	}
	if l.Inside {
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

// nth is the id of the i-th button of a field; the first has the field's own id, so that the error summary reaches it.
func nth(name string, i int) string {
	if i == 0 {
		return ID(name)
	}
	return ID(name) + "-" + strconv.Itoa(i)
}

func (f Field) label() string {
	if f.Optional {
		return f.Label + lang.T("look.optional")
	}
	return f.Label
}

// aria joins an input to its hint and its problem.
func (f Field) aria(p Problems, more ...string) templ.Attributes {
	a := templ.Attributes{}
	if ids := f.described(p, more...); ids != "" {
		a["aria-describedby"] = ids
	}
	if p.Of(f.Name) != "" {
		a["aria-invalid"] = "true"
	}
	return a
}

// about is aria for a group of buttons, which cannot itself be invalid.
func (f Field) about(p Problems) templ.Attributes {
	a := f.aria(p)
	delete(a, "aria-invalid")
	return a
}

func (o Option) aria(id string) templ.Attributes {
	if o.Hint == "" {
		return nil
	}
	return templ.Attributes{"aria-describedby": id + "-item-hint"}
}

func (i Input) kind() string {
	if i.Kind == "" {
		return "text"
	}
	return i.Kind
}

func (i Input) width() string {
	if i.Width == Wide {
		return ""
	}
	return "govuk-input--width-" + string(i.Width)
}

func (i Input) attributes(p Problems) templ.Attributes {
	a := i.aria(p)
	if i.Numeric {
		a["inputmode"] = "numeric"
	}
	if i.Complete != "" {
		a["autocomplete"] = i.Complete
	}
	if i.Fill != "" {
		a["data-fill"] = i.Fill
	}
	if i.Numeric || i.Fill != "" {
		a["spellcheck"] = "false"
	}
	return a
}

func (a Area) rows() int {
	if a.Rows == 0 {
		return 4
	}
	return a.Rows
}

func (a Area) attributes(p Problems) templ.Attributes {
	if a.Max == 0 {
		return a.aria(p)
	}
	t := a.aria(p, ID(a.Name)+"-max")
	t["data-max"] = strconv.Itoa(a.Max)
	return t
}

func (f File) attributes(p Problems) templ.Attributes {
	a := f.aria(p)
	if f.Accept != "" {
		a["accept"] = f.Accept
	}
	if f.Max > 0 {
		a["data-max"] = strconv.FormatInt(f.Max, 10)
	}
	if f.Many {
		a["multiple"] = true
	}
	return a
}

func (d Date) input() Input {
	i := Input{Field: d.Field, Value: d.text(), Width: W10, Complete: "off"}
	if i.Hint == "" {
		i.Hint = lang.T("look.date.hint")
	}
	return i
}

func (b Button) class() string {
	if b.Kind == Primary {
		return ""
	}
	return "govuk-button--" + string(b.Kind)
}

func (t Tag) class() string {
	if t.Colour == "" || t.Colour == Blue {
		return ""
	}
	return "govuk-tag--" + string(t.Colour)
}

func number(c Column) string {
	switch {
	case c.Number:
		return "hf-number"
	case c.Tight:
		return "hf-tight"
	}
	return ""
}

func (t Table) class(i int) string {
	if i < len(t.Columns) {
		return number(t.Columns[i])
	}
	return ""
}

func (t Table) head(i int) string {
	if i < len(t.Columns) {
		return t.Columns[i].Text
	}
	return ""
}

func (t Table) empty() string {
	if t.Empty == "" {
		return lang.T("look.empty")
	}
	return t.Empty
}

func (f Filter) title() string {
	if f.Title == "" {
		return lang.T("look.filter")
	}
	return f.Title
}

func (d Detail) value() string {
	if strings.TrimSpace(d.Value) == "" {
		return lang.T("look.none")
	}
	return d.Value
}

func (e Event) stamp() string { return e.At.Format(time.RFC3339) }

func (p Progress) poll() templ.Attributes {
	if p.Over || p.Poll == "" {
		return nil
	}
	return templ.Attributes{"data-poll": p.Poll}
}
