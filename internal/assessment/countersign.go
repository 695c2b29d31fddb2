package assessment

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/fault"
)

// CheckFirst finds every gap of a conclusion before its first signature; the second is an act of its own.
func (c Conclusion) CheckFirst(licensed []certificate.Category) error {
	p := c.flaws(licensed)
	if strings.TrimSpace(c.First) == "" {
		p.Add("first", "assessment.first.missing")
	}
	return p.Fault()
}

// Countersign is a second doctor's signature under every finding of the categories that they may assess and did not find themselves; it is what a finding
// that differs from the suggestion of the standard needs too.
func (c *Conclusion) Countersign(account, name string, licensed []certificate.Category) error {
	c.Findings = slices.Clone(c.Findings)
	signed, own := false, false
	for i := range c.Findings {
		f := &c.Findings[i]
		switch {
		case f.Confirmer != "":
		case f.Doctor == account:
			own = true
		case slices.Contains(licensed, f.Category):
			f.Confirmer, f.Confirmed, signed = account, name, true
		}
	}
	switch {
	case signed:
	case own:
		return fault.New(fault.Refused, "assessment.second.own")
	default:
		return fault.New(fault.Refused, "assessment.second.unlicensed")
	}
	var names []string
	for _, f := range c.Findings {
		if f.Confirmed != "" && !slices.Contains(names, f.Confirmed) {
			names = append(names, f.Confirmed)
		}
	}
	c.Second = strings.Join(names, "、")
	return nil
}

// Whole says whether two doctors stand by every finding.
func (c Conclusion) Whole() bool {
	return len(c.Findings) > 0 && !slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Confirmer == "" || f.Confirmer == f.Doctor })
}

// Awaits is the categories for which a second doctor has not signed yet.
func (c Conclusion) Awaits() []certificate.Category {
	var out []certificate.Category
	for _, f := range c.Findings {
		if f.Confirmer == "" {
			out = append(out, f.Category)
		}
	}
	return out
}

// Unsigned is the findings without any second doctor's signature.
func (c Conclusion) Unsigned() []Finding {
	out := slices.Clone(c.Findings)
	for i := range out {
		out[i].Confirmer, out[i].Confirmed = "", ""
	}
	return out
}

// CheckSenior refuses two signers of a finding neither of whom has one of the titles; none asked for, none refused. titles is by account.
func (c Conclusion) CheckSenior(titles map[string]string, wanted []string) error {
	for _, f := range c.Findings {
		has := func(w string) bool { return titles[f.Doctor] == w || titles[f.Confirmer] == w }
		if f.Confirmer != "" && len(wanted) > 0 && !slices.ContainsFunc(wanted, has) {
			return fault.New(fault.Refused, "assessment.second.senior", strings.Join(wanted, "、"))
		}
	}
	return nil
}
