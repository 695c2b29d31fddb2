// Package org is the organisations whose staff use Hefa: federations, hospitals, departments.
package org

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// ID names an organisation; it is never derived from a region's code.
type ID string

// Kind is what an organisation is.
type Kind string

// The kinds of organisation.
const (
	Federation Kind = "federation" // 残联, from province to township
	Village    Kind = "village"    // 村（社区）残协
	Hospital   Kind = "hospital"   // 评定机构
	Department Kind = "department" // 卫健、乡村振兴、纪检等部门
)

// Kinds is every kind, in the order of the form.
var Kinds = []Kind{Federation, Village, Hospital, Department}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "org.kind." + string(k) }

// Org is one organisation.
type Org struct {
	ID         ID
	Region     region.Code // the area that it serves
	Kind       Kind
	Name       string
	Address    string
	Phone      string
	Categories []certificate.Category // for a hospital: what it may assess
	Practice                          // of a hospital
	Version    int
}

// Check finds every wrong value as typed.
func (o *Org) Check() error {
	var p fault.Problems
	if strings.TrimSpace(o.Name) == "" {
		p.Add("name", "org.name.missing")
	}
	if !slices.Contains(Kinds, o.Kind) {
		p.Add("kind", "org.kind.missing")
	}
	if !o.Region.Valid() {
		p.Add("region", "org.region.wrong")
	}
	o.check(&p)
	return p.Fault()
}
