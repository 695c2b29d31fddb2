package reassessment

import (
	"slices"
	"testing"

	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/staff"
)

const (
	v = certificate.Vision
	l = certificate.Physical
)

func doctor(id string, of ...certificate.Category) Candidate {
	return Candidate{Name: "医师" + id, Practice: staff.Practice{Doctor: staff.ID(id), Categories: of, Standing: staff.Employed, Training: "P", Until: "2030-01-01"}}
}

func TestWhoStoodAtTheFirstMayNotBeNamed(t *testing.T) {
	t.Parallel()
	before := Earlier{Accounts: []string{"a"}, Names: []string{"医师b"}}
	for _, c := range []struct {
		name string
		who  Candidate
		kin  staff.Relation
		want string
	}{
		{"took part with the account", doctor("a", l), "", "reassessment.doctor.before"},
		{"signed with the name", doctor("b", l), "", "reassessment.doctor.before"},
		{"a relative", doctor("c", l), "parent", "relative.block.named"},
		{"another category", doctor("d", v), "", "reassessment.doctor.category"},
		{"nobody else", doctor("e", l), "", ""},
	} {
		c.who.Weigh(before, []certificate.Category{l}, c.kin, "2020-04-01")
		if key := keyOf(c.who.Bar); key != c.want {
			t.Errorf("%s: %s, want %s", c.name, key, c.want)
		}
	}
	retired := doctor("f", l)
	retired.Standing = staff.Retired
	if retired.Weigh(before, []certificate.Category{l}, "", "2020-04-01"); keyOf(retired.Bar) != "doctor.retired" {
		t.Error(retired.Bar)
	}
}

func keyOf(err error) string {
	f, ok := err.(*fault.Fault)
	if !ok {
		return ""
	}
	return f.Key
}

func TestAnOrderNamesAnotherHospitalAndTwoForEachCategory(t *testing.T) {
	t.Parallel()
	other := org.Org{ID: "other", Categories: []certificate.Category{v, l}}
	barred := doctor("x", l)
	barred.Bar = fault.New(fault.Refused, "doctor.retired")
	for _, c := range []struct {
		name     string
		hospital org.Org
		of       []Candidate
		day      string
		want     []string
	}{
		{"no hospital", org.Org{}, nil, "2020-04-01", []string{"reassessment.hospital.missing"}},
		{"the first hospital", org.Org{ID: "first", Categories: other.Categories}, []Candidate{doctor("a", v, l), doctor("b", v, l)}, "2020-04-01", []string{"appeal.hospital.same"}},
		{"yesterday", other, []Candidate{doctor("a", v, l), doctor("b", v, l)}, "2020-03-31", []string{"reassessment.day.wrong"}},
		{"one for the limbs", other, []Candidate{doctor("a", v, l), doctor("b", v)}, "2020-04-01", []string{"reassessment.doctor.two"}},
		{"one is barred", other, []Candidate{doctor("a", v, l), doctor("b", v), barred}, "2020-04-01", []string{"reassessment.doctor.barred", "reassessment.doctor.two"}},
		{"two for each", other, []Candidate{doctor("a", v), doctor("b", v), doctor("c", l), doctor("d", l)}, "2020-04-01", nil},
	} {
		r := Reassessment{Wanted: []certificate.Category{v, l}}
		r.Day = "2020-04-01"
		if c.day != "2020-04-01" {
			r.Day = "2020-03-31"
		}
		var keys []string
		for _, f := range fault.Fields(r.Name(c.hospital, c.of, Earlier{Hospitals: []org.ID{"first"}}, "2020-04-01")) {
			keys = append(keys, f.Key)
		}
		if !slices.Equal(keys, c.want) {
			t.Errorf("%s: %v, want %v", c.name, keys, c.want)
		}
	}
}

func TestTwoSignThenItIsDecided(t *testing.T) {
	t.Parallel()
	c := assessment.Conclusion{Doctor: "a", First: "甲", Findings: []assessment.Finding{{Category: l, Doctor: "a", Name: "甲"}, {Category: v, Doctor: "b", Name: "乙"}}}
	r := Reassessment{State: Ordered}
	if r.Decide() == nil || r.Countersign("b", "乙", []certificate.Category{l}) == nil || r.SendBack("b", "不清") == nil {
		t.Error("something is decided before anybody signed")
	}
	if err := r.Sign(c); err != nil {
		t.Fatal(err)
	}
	if r.Keep(c) == nil || r.SendBack("a", "不清") == nil || fault.Of(r.SendBack("b", " ")) != fault.Invalid {
		t.Error("a signed conclusion was changed, or sent back by its signer or without a reason")
	}
	if err := r.SendBack("b", "右上肢写反了"); err != nil || r.State != Ordered || r.Reason == "" || r.Conclusion.Doctor != "" {
		t.Fatal(err, r)
	}
	_ = r.Sign(c)
	if err := r.Countersign("a", "甲", []certificate.Category{l}); keyOf(err) != "assessment.second.own" {
		t.Error(err)
	}
	if err := r.Countersign("c", "丙", []certificate.Category{certificate.Mental}); keyOf(err) != "assessment.second.unlicensed" {
		t.Error(err)
	}
	if err := r.Countersign("b", "乙", []certificate.Category{l, v}); err != nil || r.State != Signed || !slices.Equal(r.Conclusion.Awaits(), []certificate.Category{v}) {
		t.Error(err, r)
	}
	if err := r.Countersign("c", "丙", []certificate.Category{v}); err != nil || r.State != Done || r.Conclusion.Second != "乙、丙" {
		t.Error(err, r)
	}
	if err := r.Decide(); err != nil || r.State.Open() || r.Drop("晚了") == nil {
		t.Error(err, r)
	}
}
