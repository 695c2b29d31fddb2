package staff

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Standing says whether a doctor still works at the hospital.
type Standing string

// The standings of a doctor.
const (
	Employed Standing = "employed" // 在职
	Retired  Standing = "retired"  // 离/退休
	Left     Standing = "left"     // 调离
)

// Standings is every standing, in the order of the form.
var Standings = []Standing{Employed, Retired, Left}

// Word is the key of s's name in the catalogue.
func (s Standing) Word() string { return "doctor.standing." + string(s) }

// Practice is what lets a doctor assess beside the account: the papers that the health commission keeps (N19, N20, N45).
type Practice struct {
	Doctor     ID
	Region     region.Code // of the account
	Title      string      // 职称
	Categories []certificate.Category
	Licence    string  // number of the qualification certificate
	Training   string  // number of the training certificate (培训资格证)
	Until      day.Day // the last day on which the training certificate holds
	Standing   Standing
	Version    int // 0 when nothing was entered yet
}

// paperMost is the longest number of a certificate or title, in characters.
const paperMost = 40

// Clean is the practice as it is kept.
func (p Practice) Clean() Practice {
	p.Title, p.Licence, p.Training = strings.TrimSpace(p.Title), strings.TrimSpace(p.Licence), strings.TrimSpace(p.Training)
	return p
}

// Check finds every wrong value as typed. A doctor without a training certificate can be entered, but not assess.
func (p Practice) Check() error {
	var out fault.Problems
	if len(p.Categories) == 0 {
		out.Add("categories", "staff.categories.missing")
	}
	if p.Licence == "" {
		out.Add("licence", "doctor.licence.missing")
	}
	if !slices.Contains(Standings, p.Standing) {
		out.Add("standing", "doctor.standing.missing")
	}
	if p.Training != "" && p.Until == "" {
		out.Add("until", "doctor.until.missing")
	}
	if p.Until != "" && p.Training == "" {
		out.Add("training", "doctor.training.missing")
	}
	for name, text := range map[string]string{"title": p.Title, "licence": p.Licence, "training": p.Training} {
		if len([]rune(text)) > paperMost {
			out.Add(name, "doctor.long", paperMost)
		}
	}
	return out.Fault()
}

// Uncovered is the wanted categories that none of a hospital's doctors may assess on the day (N18, N19, N20).
func Uncovered(doctors []Practice, wanted []certificate.Category, on day.Day) []certificate.Category {
	var out []certificate.Category
	for _, w := range wanted {
		covers := func(p Practice) bool { return slices.Contains(p.Categories, w) && p.MayAssess(on) == nil }
		if w != certificate.Multiple && !slices.ContainsFunc(doctors, covers) {
			out = append(out, w)
		}
	}
	return out
}

// MayAssess refuses a doctor who has retired or left (N20) or holds no training certificate on the day (N19).
func (p Practice) MayAssess(on day.Day) error {
	switch {
	case p.Standing == Retired:
		return fault.New(fault.Refused, "doctor.retired")
	case p.Standing == Left:
		return fault.New(fault.Refused, "doctor.left")
	case p.Training == "" || p.Until == "":
		return fault.New(fault.Refused, "doctor.untrained")
	case p.Until < on:
		return fault.New(fault.Refused, "doctor.training.over", p.Until)
	}
	return nil
}
