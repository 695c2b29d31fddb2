package office_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/testbed"
)

func TestAValueHoldsInItsPlaceFromItsDay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sys := office.New(o.DB), testbed.As(access.Sysadmin)
		set := func(by access.Actor, v policy.Value, correct bool) error {
			return desk.SetPolicy(t.Context(), by, office.PolicyChange{Value: v, Correct: correct})
		}
		v := policy.Value{Key: policy.ReviewDays, Region: testbed.County, Effective: "2020-04-10", Value: "8", Basis: "测试文件〔2020〕1号"}
		if err := set(sys, v, false); err != nil {
			t.Fatal(err)
		}
		inForce := func(where region.Code) string {
			f, err := desk.Policy(t.Context(), testbed.As(access.City), policy.ReviewDays, where)
			if err != nil {
				t.Fatal(err)
			}
			return f.Now.Value
		}
		if got := inForce(testbed.County); got != "10" {
			t.Errorf("before its day: %s", got)
		}
		o.Until("2020-04-10")
		if got := inForce(testbed.Village); got != "8" {
			t.Errorf("in a village of the county: %s", got)
		}
		if got := inForce(testbed.Elsewhere); got != "10" {
			t.Errorf("in the neighbour county: %s", got)
		}
		if err := set(sys, v, false); err == nil || !strings.HasSuffix(err.Error(), "effective=policy.effective.taken") {
			t.Errorf("the same day twice: %v", err)
		}
		v.Value = "7"
		if err := set(sys, v, true); err != nil {
			t.Error(err)
		}
		f, err := desk.Policy(t.Context(), sys, policy.ReviewDays, "")
		if err != nil || f.Now.Value != "7" || len(f.History) != 1 || f.History[0].Author != sys.Name {
			t.Errorf("corrected: %+v %v", f, err)
		}
		v.Value, v.Basis, v.Effective = "ten", " ", ""
		if err := set(sys, v, false); len(fault.Fields(err)) != 3 {
			t.Errorf("three wrong values: %v", err)
		}
		v.Region = testbed.Elsewhere
		if err := set(sys, v, false); fault.Of(err) != fault.Missing {
			t.Errorf("set in the neighbour county: %v", err)
		}
		if err := set(testbed.As(access.Approver), policy.Value{Key: policy.ReviewDays, Region: testbed.County}, false); fault.Of(err) != fault.Forbidden {
			t.Errorf("set by an approver: %v", err)
		}
	})
}

func TestTheCalendarIsKeptByTheWidestAdministrator(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sys := office.New(o.DB), testbed.As(access.Sysadmin)
		before, err := desk.Reckon(t.Context(), testbed.As(access.Township), "2020-04-28", 5)
		if err != nil || before.Last != "2020-05-08" || !before.Known || len(before.Free) != 5 {
			t.Errorf("five days over Labour Day: %+v %v", before, err)
		}
		if err := desk.SetDay(t.Context(), sys, office.Holiday{Day: "2020-04-29", Name: "测试节"}); err != nil {
			t.Fatal(err)
		}
		if after, err := desk.Reckon(t.Context(), sys, "2020-04-28", 5); err != nil || after.Last != "2020-05-09" {
			t.Errorf("with a day more off: %+v %v", after, err)
		}
		if err := desk.DropDay(t.Context(), sys, "2020-04-29"); err != nil {
			t.Error(err)
		}
		if far, err := desk.Reckon(t.Context(), sys, "2030-01-01", 5); err != nil || far.Known {
			t.Errorf("a year without data: %+v %v", far, err)
		}
		for want, h := range map[string]office.Holiday{
			"working=calendar.working.weekday": {Day: "2020-04-29", Working: true, Name: "x"}, "name=calendar.name.missing": {Day: "2020-04-29"},
			"day=calendar.day.missing": {Name: "x"},
		} {
			if err := desk.SetDay(t.Context(), sys, h); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
		above := newcomer("sys.above")
		above.Role, above.Region, above.Org = access.Sysadmin, "5331", "federation-5331"
		if _, _, err := desk.AddAccount(t.Context(), access.Program(), above); err != nil {
			t.Fatal(err)
		}
		if err := desk.SetDay(t.Context(), sys, office.Holiday{Day: "2020-04-29", Name: "x"}); fault.Of(err) != fault.Refused {
			t.Errorf("the county changed the prefecture's calendar: %v", err)
		}
	})
}

func TestAPlaceWithoutOfficialCodeGetsALocalOne(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sys := office.New(o.DB), testbed.As(access.Sysadmin)
		code, err := desk.AddRegion(t.Context(), sys, testbed.County, region.Region{Name: "测试工区"})
		if err != nil || code != "533103901" {
			t.Fatalf("%s %v", code, err)
		}
		if code, err := desk.AddRegion(t.Context(), sys, code, region.Region{Name: "测试村"}); err != nil || code != "533103901901" {
			t.Errorf("a village in it: %s %v", code, err)
		}
		found, err := desk.FindRegions(t.Context(), sys, "测试工", 9)
		if err != nil || len(found) != 1 || found[0].Path != "云南省德宏傣族景颇族自治州芒市测试工区" || !found[0].Local {
			t.Errorf("found %+v %v", found, err)
		}
		if at, err := desk.Regions(t.Context(), sys, code); err != nil || len(at.Above) != 3 || len(at.Below) != 1 {
			t.Errorf("at %+v %v", at, err)
		}
		if _, err := desk.AddRegion(t.Context(), sys, testbed.County, region.Region{Name: "测试工区"}); fault.Of(err) != fault.Invalid {
			t.Errorf("the same name twice: %v", err)
		}
		if _, err := desk.AddRegion(t.Context(), sys, "5331", region.Region{Name: "别处工区"}); fault.Of(err) != fault.Missing {
			t.Errorf("outside the area: %v", err)
		}
	})
}

func TestOrganisationsAreAddedAndEdited(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, sys := office.New(o.DB), testbed.As(access.Sysadmin)
		h := org.Org{Region: testbed.County, Kind: org.Hospital, Name: "测试中医院"}
		if _, err := desk.AddOrg(t.Context(), sys, h); err == nil || err.Error() != "invalid: form.invalid categories=org.categories.missing" {
			t.Errorf("a hospital without categories: %v", err)
		}
		h.Categories = certificate.Categories[:2]
		id, err := desk.AddOrg(t.Context(), sys, h)
		if err != nil {
			t.Fatal(err)
		}
		h.ID, h.Version, h.Phone = id, 1, "0692-1"
		if err := desk.EditOrg(t.Context(), sys, h); err != nil {
			t.Error(err)
		}
		if err := desk.EditOrg(t.Context(), sys, h); fault.Of(err) != fault.Stale {
			t.Errorf("an old form: %v", err)
		}
		if l, err := desk.Orgs(t.Context(), sys, office.OrgFilter{Kind: org.Hospital, Q: "中医", Limit: 9}); err != nil || len(l.Orgs) != 1 || l.Orgs[0].Phone != "0692-1" {
			t.Errorf("list: %+v %v", l, err)
		}
	})
}
