package region_test

import (
	"testing"

	"hefa/internal/fault"
	"hefa/internal/region"
)

func TestNoOfficialPlaceHasALocalCode(t *testing.T) {
	t.Parallel()
	for r, err := range region.All() {
		if err != nil {
			t.Fatal(err)
		}
		if r.Local || r.Code.Level() < region.County {
			continue
		}
		last := string(r.Code[len(r.Code.Parent()):])
		if len(last) == 2 && last >= "91" || len(last) == 3 && last >= "901" {
			t.Errorf("%s %s lies among the local codes", r.Code, r.Name)
		}
	}
}

func TestALocalPlaceIsChecked(t *testing.T) {
	t.Parallel()
	there := []region.Region{{Code: "411391", Name: "官庄工区"}}
	if got := region.NextLocal("4113", there); got != "411392" {
		t.Errorf("next: %s", got)
	}
	for _, x := range []struct {
		parent region.Code
		r      region.Region
		want   string
	}{
		{"4113", region.Region{Code: "411392", Name: "鸭河工区"}, ""}, {"4113", region.Region{Code: "411391", Name: "鸭河工区"}, "region.code.taken"},
		{"4113", region.Region{Code: "411392", Name: "官庄工区"}, "region.name.taken"}, {"4113", region.Region{Code: "411303", Name: "鸭河工区"}, "region.local.range"},
		{"4113", region.Region{Code: "4113920", Name: "鸭河工区"}, "region.local.form"}, {"41", region.Region{Code: "4191", Name: "鸭河工区"}, "region.local.level"},
		{"411391", region.Region{Code: "411391901", Name: " "}, "region.local.name"}, {"411391", region.Region{Code: "411391901", Name: "测试镇"}, ""},
	} {
		fields := fault.Fields(region.CheckLocal(x.parent, x.r, there))
		got := ""
		if len(fields) > 0 {
			got = fields[0].Key
		}
		if got != x.want || len(fields) > 1 {
			t.Errorf("%+v below %s: %v, want %q", x.r, x.parent, fields, x.want)
		}
	}
}
