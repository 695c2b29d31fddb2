package org

import (
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Agreement is a 评残协议书 of a county with a hospital: for its term the hospital may assess the county's people (N16, N17).
type Agreement struct {
	ID         string
	Region     region.Code // the county
	Hospital   ID
	Number     string // 协议编号
	Parties    string // who signed
	From, To   day.Day
	Categories []certificate.Category
	Duties     string // rights and duties
	Doctors    string // 姓名、职称、类别, a doctor a line
	Scan       int    // number of the newest scan, 0 while there is none
	Version    int
}

// County is the tenant that answers for the agreement.
func (a Agreement) County() region.Code { return a.Region.County() }

// The longest texts of an agreement, in characters.
const (
	agreementLine = 100
	agreementText = 4000
)

// Clean is the agreement as it is kept.
func (a Agreement) Clean() Agreement {
	a.Number, a.Parties, a.Duties, a.Doctors = strings.TrimSpace(a.Number), strings.TrimSpace(a.Parties), strings.TrimSpace(a.Duties), strings.TrimSpace(a.Doctors)
	return a
}

// Check finds every wrong value as typed.
func (a Agreement) Check() error {
	var p fault.Problems
	if a.Hospital == "" {
		p.Add("hospital", "agreement.hospital.missing")
	}
	if a.Parties == "" {
		p.Add("parties", "agreement.parties.missing")
	}
	if a.From == "" {
		p.Add("from", "agreement.from.missing")
	}
	switch {
	case a.To == "":
		p.Add("to", "agreement.to.missing")
	case a.To < a.From:
		p.Add("to", "agreement.to.early")
	}
	if len(a.Categories) == 0 {
		p.Add("categories", "agreement.categories.missing")
	}
	if a.Doctors == "" {
		p.Add("doctors", "agreement.doctors.missing")
	}
	for _, t := range []struct {
		name, text string
		most       int
	}{{"number", a.Number, agreementLine}, {"parties", a.Parties, agreementLine}, {"duties", a.Duties, agreementText}, {"doctors", a.Doctors, agreementText}} {
		if len([]rune(t.text)) > t.most {
			p.Add(t.name, "agreement.long", t.most)
		}
	}
	return p.Fault()
}

// Holds says whether the agreement is in force on the day; its first and last day count.
func (a Agreement) Holds(on day.Day) bool { return a.From <= on && on <= a.To }

// Ends says whether the agreement is in force and ends within so many calendar days.
func (a Agreement) Ends(on day.Day, within int) bool { return a.Holds(on) && a.To.Sub(on) <= within }

// Agreed is the categories that a county's agreements with one hospital name for the day; without an agreement in force nothing may be assessed
// (N16).
func Agreed(all []Agreement, on day.Day) ([]certificate.Category, error) {
	var out []certificate.Category
	held := false
	for _, a := range all {
		if a.Holds(on) {
			held, out = true, append(out, a.Categories...)
		}
	}
	if !held {
		return nil, fault.New(fault.Refused, "agreement.none", on)
	}
	return out, nil
}
