package org_test

import (
	"slices"
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
)

// Clause N16: no agreement in force on the day, no assessment; N17: the agreement names the categories.
func TestAHospitalAssessesWhileAnAgreementHolds(t *testing.T) {
	t.Parallel()
	sight := org.Agreement{From: "2020-01-01", To: "2020-06-30", Categories: []certificate.Category{certificate.Vision}}
	limbs := org.Agreement{From: "2020-06-30", To: "2020-12-31", Categories: []certificate.Category{certificate.Physical}}
	for _, c := range []struct {
		clause string
		on     day.Day
		want   string // "" for refused
	}{
		{"N16", "2019-12-31", ""}, {"N17", "2020-01-01", "1"}, {"N17", "2020-06-30", "14"}, {"N17", "2020-07-01", "4"}, {"N16", "2021-01-01", ""},
	} {
		got, err := org.Agreed([]org.Agreement{sight, limbs}, c.on)
		text := ""
		for _, k := range got {
			text += string(k)
		}
		if text != c.want || (fault.Of(err) == fault.Refused) != (c.want == "") {
			t.Errorf("%s on %s: %q %v, want %q", c.clause, c.on, text, err, c.want)
		}
	}
	for on, want := range map[day.Day]bool{"2019-12-31": false, "2020-04-30": false, "2020-05-01": true, "2020-06-30": true, "2020-07-01": false} {
		if sight.Ends(on, 60) != want {
			t.Errorf("warned on %s: %t", on, !want)
		}
	}
}

func TestAnAgreementIsChecked(t *testing.T) {
	t.Parallel()
	var names []string
	for _, f := range fault.Fields(org.Agreement{}.Check()) {
		names = append(names, f.Name)
	}
	if want := []string{"hospital", "parties", "from", "to", "categories", "doctors"}; !slices.Equal(names, want) {
		t.Errorf("an empty one lacks %v, want %v", names, want)
	}
	good := org.Agreement{Hospital: "h", Parties: "甲、乙", From: "2020-01-01", To: "2020-12-31", Categories: certificate.Categories[:6], Doctors: "甲 主治医师"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	good.To = "2019-12-31"
	if f := fault.Fields(good.Check()); len(f) != 1 || f[0].Key != "agreement.to.early" {
		t.Errorf("ends before it begins: %v", f)
	}
}
