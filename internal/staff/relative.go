package staff

import (
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
)

// Relation is how somebody is related to an officer or a doctor.
type Relation string

// The relations (N22: the signer, the spouse and relatives).
const (
	Oneself     Relation = "oneself"
	Spouse      Relation = "spouse"
	Parent      Relation = "parent"
	Child       Relation = "child"
	Sibling     Relation = "sibling"
	OtherKin    Relation = "other"
	kinNameMost          = 40
)

// Relations is every relation, in the order of the form.
var Relations = []Relation{Oneself, Spouse, Parent, Child, Sibling, OtherKin}

// Word is the key of r's name in the catalogue.
func (r Relation) Word() string { return "relation." + string(r) }

// Relative is somebody whom an account declared as related: their cases it neither assesses nor decides (N22).
type Relative struct {
	ID       string
	Account  ID
	Name     string
	Number   person.Number
	Relation Relation
	Declared day.Day
	Ended    day.Day // withdrawn on the day, because it was wrong; "" while it holds
}

// Check finds every wrong value of a declaration as typed.
func (r *Relative) Check() error {
	var p fault.Problems
	r.Name = strings.TrimSpace(r.Name)
	r.Number = person.Number(strings.ToUpper(strings.TrimSpace(string(r.Number))))
	if n := len([]rune(r.Name)); n == 0 {
		p.Add("name", "person.name.missing")
	} else if n > kinNameMost {
		p.Add("name", "person.name.long")
	}
	if flaw := r.Number.Check(); flaw != "" {
		p.Add("number", "person.number."+string(flaw))
	}
	if !slices.Contains(Relations, r.Relation) {
		p.Add("relation", "relative.relation.missing")
	}
	return p.Fault()
}

// Kinsman is a doctor who declared somebody as a relative.
type Kinsman struct {
	Doctor   ID
	Name     string
	Relation Relation
}

// Apart is the doctors of a hospital without those who are related.
func Apart(doctors []Practice, kin []Kinsman) []Practice {
	return slices.DeleteFunc(slices.Clone(doctors), func(p Practice) bool {
		return slices.ContainsFunc(kin, func(k Kinsman) bool { return k.Doctor == p.Doctor })
	})
}
