package person

import "hefa/internal/region"

// Change is one thing of a person that became another.
type Change struct {
	Field         string // name, region, nation, address, phone, guardian, guardian_relation, guardian_phone, poor
	Before, After string // a place by its code; poor as yes or no
}

// Word is the key of the field's name in the catalogue.
func (c Change) Word() string { return "change." + c.Field }

// With is p once the changes have come true.
func (p Person) With(all []Change) Person {
	for _, c := range all {
		switch c.Field {
		case "name":
			p.Name = c.After
		case "region":
			p.Region = region.Code(c.After)
		case "nation":
			p.Nation = c.After
		case "address":
			p.Address = c.After
		case "phone":
			p.Phone = c.After
		case "guardian":
			p.Guardian.Name = c.After
		case "guardian_relation":
			p.Guardian.Relation = c.After
		case "guardian_phone":
			p.Guardian.Phone = c.After
		case "poor":
			p.Poor = c.After == "yes"
		}
	}
	return p
}

// Changes is what differs between a person before and after, in the order of the form.
func Changes(was, now Person) []Change {
	var out []Change
	yes := func(b bool) string {
		if b {
			return "yes"
		}
		return "no"
	}
	for _, c := range []Change{{"name", was.Name, now.Name}, {"region", string(was.Region), string(now.Region)}, {"nation", was.Nation, now.Nation}, {"address", was.Address, now.Address},
		{"phone", was.Phone, now.Phone}, {"guardian", was.Guardian.Name, now.Guardian.Name}, {"guardian_relation", was.Guardian.Relation, now.Guardian.Relation},
		{"guardian_phone", was.Guardian.Phone, now.Guardian.Phone}, {"poor", yes(was.Poor), yes(now.Poor)}} {
		if c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}
