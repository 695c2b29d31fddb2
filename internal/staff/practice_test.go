package staff_test

import (
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/staff"
)

func TestOnlyATrainedDoctorInServiceMayAssess(t *testing.T) {
	t.Parallel()
	const on day.Day = "2020-05-07"
	for _, c := range []struct {
		clause   string
		standing staff.Standing
		training string
		until    day.Day
		want     string
	}{
		{"N19", staff.Employed, "P1", on, ""},
		{"N19", staff.Employed, "P1", on.Add(-1), "doctor.training.over"},
		{"N19", staff.Employed, "", "", "doctor.untrained"},
		{"N19", "", "", "", "doctor.untrained"}, // nothing was entered yet
		{"N20", staff.Retired, "P1", on, "doctor.retired"},
		{"N20", staff.Left, "P1", on, "doctor.left"},
	} {
		err := staff.Practice{Standing: c.standing, Training: c.training, Until: c.until}.MayAssess(on)
		key := ""
		if f, ok := err.(*fault.Fault); ok {
			key = f.Key
		}
		if key != c.want {
			t.Errorf("%s: %s, trained until %q: %v, want %q", c.clause, c.standing, c.until, err, c.want)
		}
	}
}

func TestPapersOfADoctorAreChecked(t *testing.T) {
	t.Parallel()
	good := staff.Practice{Categories: []certificate.Category{certificate.Physical}, Licence: "Z1", Standing: staff.Employed, Training: "P1", Until: "2021-01-01"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*staff.Practice){
		"categories": func(p *staff.Practice) { p.Categories = nil },
		"licence":    func(p *staff.Practice) { p.Licence = "" },
		"standing":   func(p *staff.Practice) { p.Standing = "ill" },
		"until":      func(p *staff.Practice) { p.Until = "" },
		"training":   func(p *staff.Practice) { p.Training = "" },
	} {
		bad := good
		spoil(&bad)
		if f := fault.Fields(bad.Check()); len(f) != 1 || f[0].Name != name {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func TestADayNeedsADoctorForEveryWantedCategory(t *testing.T) {
	t.Parallel()
	const on day.Day = "2020-05-07"
	sight := staff.Practice{Categories: []certificate.Category{certificate.Vision}, Standing: staff.Employed, Training: "P1", Until: on}
	late, old := sight, sight
	late.Categories, late.Until = []certificate.Category{certificate.Physical}, on.Add(-1)
	old.Categories, old.Standing = []certificate.Category{certificate.Hearing}, staff.Retired
	for _, c := range []struct {
		clause string
		wanted certificate.Category
		want   int
	}{{"N18", certificate.Vision, 0}, {"N18", certificate.Mental, 1}, {"N19", certificate.Physical, 1}, {"N20", certificate.Hearing, 1}, {"N18", certificate.Multiple, 0}} {
		if got := staff.Uncovered([]staff.Practice{sight, late, old}, []certificate.Category{c.wanted}, on); len(got) != c.want {
			t.Errorf("%s: %v is left, want %d", c.clause, got, c.want)
		}
	}
}
