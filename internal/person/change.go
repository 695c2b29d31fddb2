package person

import (
	"slices"

	"hefa/internal/region"
)

// Change is one thing of a person that became another.
type Change struct {
	Field         string // one of facts or household.Fields, or death or move
	Before, After string // a place by its code; poor as yes or no; a death by its day
}

// Word is the key of the field's name in the catalogue.
func (c Change) Word() string { return "change." + c.Field }

// facts is what of a person can change, in the order of the form.
var facts = []struct {
	field string
	get   func(Person) string
	set   func(*Person, string)
}{
	{"name", func(p Person) string { return p.Name }, func(p *Person, s string) { p.Name = s }},
	{"region", func(p Person) string { return string(p.Region) }, func(p *Person, s string) { p.Region = region.Code(s) }},
	{"nation", func(p Person) string { return p.Nation }, func(p *Person, s string) { p.Nation = s }},
	{"address", func(p Person) string { return p.Address }, func(p *Person, s string) { p.Address = s }},
	{"phone", func(p Person) string { return p.Phone }, func(p *Person, s string) { p.Phone = s }},
	{"guardian", func(p Person) string { return p.Guardian.Name }, func(p *Person, s string) { p.Guardian.Name = s }},
	{"guardian_relation", func(p Person) string { return p.Guardian.Relation }, func(p *Person, s string) { p.Guardian.Relation = s }},
	{"guardian_phone", func(p Person) string { return p.Guardian.Phone }, func(p *Person, s string) { p.Guardian.Phone = s }},
	{"poor", func(p Person) string { return yes(p.Poor) }, func(p *Person, s string) { p.Poor = s == "yes" }},
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// Value is a changeable thing of p by its field.
func (p Person) Value(field string) string {
	for _, f := range facts {
		if f.field == field {
			return f.get(p)
		}
	}
	return ""
}

// With is p once the changes have come true.
func (p Person) With(all []Change) Person {
	for _, f := range facts {
		for _, c := range all {
			if c.Field == f.field {
				f.set(&p, c.After)
			}
		}
	}
	return p
}

// Without is p once the changes are taken back; what became something else since stays.
func (p Person) Without(all []Change) Person {
	for _, f := range facts {
		for _, c := range all {
			if c.Field == f.field && f.get(p) == c.After {
				f.set(&p, c.Before)
			}
		}
	}
	return p
}

// Overtaken is those of the changes whose field is neither as it was when they were asked for nor as it is to be: somebody corrected it since.
func (p Person) Overtaken(all []Change) []Change {
	var out []Change
	for _, f := range facts {
		i := slices.IndexFunc(all, func(c Change) bool { return c.Field == f.field })
		if i >= 0 && f.get(p) != all[i].Before && f.get(p) != all[i].After {
			out = append(out, all[i])
		}
	}
	return out
}

// Changes is what differs between a person before and after, in the order of the form.
func Changes(was, now Person) []Change {
	var out []Change
	for _, f := range facts {
		if c := (Change{f.field, f.get(was), f.get(now)}); c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}
