package registry_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// departures is a list as public security sends one.
func departures(kind departure.Kind, lines ...string) registry.DepartureFile {
	head := map[departure.Kind]string{departure.Death: "姓名,身份证号,死亡日期\n", departure.Move: "姓名,身份证号,迁出日期,迁往地址\n"}[kind]
	text := head + strings.Join(lines, "\n") + "\n"
	return registry.DepartureFile{Region: testbed.County, Kind: kind, Source: "县公安局户政大队", Name: `C:\上报\死亡名单.csv`, File: strings.NewReader(text), Size: int64(len(text))}
}

func line(p person.Person, more ...string) string {
	return strings.Join(append([]string{p.Name, string(p.Number)}, more...), ",")
}

// proposed is the open departures of the county.
func proposed(t *testing.T, desk *registry.Desk, f registry.DepartureFilter) registry.DepartureList {
	t.Helper()
	f.Region, f.Limit = testbed.County, 9
	l, err := desk.Departures(t.Context(), testbed.As(access.Clerk), f)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheDeadOfAListLoseTheirCertificates(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk, approver := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.As(access.Approver)
		dead, other, busy, none := named(t, o, "测试亡者", 1), named(t, o, "测试同号", 2), named(t, o, "测试在办", 3), named(t, o, "测试无证", 4)
		held := o.Certificate(t, dead, "2030-01-01")
		o.Certificate(t, other, "2030-01-01")
		o.Certificate(t, busy, "2030-01-01")
		o.Case(t, busy, application.Submitted)
		list := departures(departure.Death, line(dead, "2020-01-05"), line(person.Person{Name: "别的名字", Number: other.Number}, "2020-01-05"), line(busy, "2020年1月6日"), line(none, ""),
			line(person.Person{Name: "外县人", Number: person.MakeNumber("533199", day.Day("1950-01-01"), 77)}, "2020-01-05"), "坏号,53319919500101")
		r, err := desk.TakeDepartures(t.Context(), clerk, list)
		if err != nil || r.Rows != 6 || r.Matched != 3 || r.Idle != 1 || r.Unknown != 1 || r.Rejected != 1 || len(r.Lines) != 1 || r.Name != "死亡名单.csv" {
			t.Fatalf("taken: %+v %v", r, err)
		}
		if r, err = desk.TakeDepartures(t.Context(), clerk, list); err != nil || r.Matched != 0 || r.Idle != 4 {
			t.Errorf("the same list again: %+v %v", r, err)
		}
		l := proposed(t, desk, registry.DepartureFilter{Kind: departure.Death})
		if len(l.Departed) != 3 || len(l.Lists) != 2 || l.Limits != (departure.Limits{Freeze: 6, Cancel: 12}) {
			t.Fatalf("proposed: %+v", l)
		}
		ids := map[string]departure.ID{}
		var all []departure.ID
		for _, x := range l.Departed {
			ids[x.Person.Name] = x.Departure.ID
			all = append(all, x.Departure.ID)
		}
		if _, err := desk.ApplyDepartures(t.Context(), clerk, all); fault.Of(err) != fault.Forbidden {
			t.Errorf("a clerk cancels: %v", err)
		}
		if _, err := desk.ApplyDepartures(t.Context(), approver, nil); fault.Of(err) != fault.Invalid {
			t.Errorf("nobody: %v", err)
		}
		outcomes, err := desk.ApplyDepartures(t.Context(), approver, all)
		if err != nil || len(outcomes) != 3 {
			t.Fatal(outcomes, err)
		}
		for _, x := range outcomes {
			if want := x.Name == dead.Name; want != (x.Err == nil) || want != (x.Remedy == departure.Cancel && x.Err == nil) {
				t.Errorf("%+v", x)
			}
		}
		f, err := desk.Certificate(t.Context(), clerk, held.ID)
		if err != nil || f.Certificate.State != certificate.Cancelled || f.Certificate.Reason != certificate.Death {
			t.Errorf("the dead: %+v %v", f.Certificate, err)
		}
		if err := desk.DismissDepartures(t.Context(), clerk, nil, "名单有误"); fault.Of(err) != fault.Invalid {
			t.Errorf("nobody: %v", err)
		}
		if err := desk.DismissDepartures(t.Context(), clerk, []departure.ID{ids[other.Name], ids[dead.Name]}, "名单有误"); fault.Of(err) != fault.Refused {
			t.Errorf("one that is over among them: %v", err)
		}
		if err := desk.DismissDepartures(t.Context(), clerk, []departure.ID{ids[other.Name]}, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := desk.DismissDepartures(t.Context(), clerk, []departure.ID{ids[other.Name]}, "经入户核实本人健在"); err != nil {
			t.Error(err)
		}
		if r, err = desk.TakeDepartures(t.Context(), clerk, departures(departure.Death, line(other, "2020-01-05"))); err != nil || r.Matched != 0 {
			t.Errorf("what was dismissed came back: %+v %v", r, err)
		}
		var b bytes.Buffer
		if err := desk.ExportDepartures(t.Context(), clerk, registry.DepartureFilter{}, sheet.Out{To: &b, As: sheet.XLSX}); err != nil || b.Len() == 0 {
			t.Error(err)
		}
	})
}

func TestAMovesCertificateIsFrozenAndCancelledInItsTime(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk, approver := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.As(access.Approver)
		stays, back := named(t, o, "测试迁出", 1), named(t, o, "测试办回", 2)
		held, thawed := o.Certificate(t, stays, "2035-01-01"), o.Certificate(t, back, "2035-01-01")
		moved := o.Today()
		if _, err := desk.TakeDepartures(t.Context(), clerk, departures(departure.Move, line(stays, string(moved), "邻县城关镇"), line(back, string(moved), "邻县"))); err != nil {
			t.Fatal(err)
		}
		ids := map[string]departure.ID{}
		for _, x := range proposed(t, desk, registry.DepartureFilter{State: departure.Proposed}).Departed {
			ids[x.Person.Name] = x.Departure.ID
			if x.Departure.Whither == "" || x.Departure.On != moved {
				t.Errorf("%+v", x.Departure)
			}
		}
		try := func(name string) registry.DepartureOutcome {
			t.Helper()
			out, err := desk.ApplyDepartures(t.Context(), approver, []departure.ID{ids[name]})
			if err != nil {
				t.Fatal(err)
			}
			return out[0]
		}
		o.Until(moved.AddMonths(6))
		if x := try(stays.Name); fault.Of(x.Err) != fault.Refused {
			t.Errorf("on the last day of half a year: %+v", x)
		}
		o.Until(moved.AddMonths(6).Add(1))
		for _, name := range []string{stays.Name, back.Name} {
			if x := try(name); x.Err != nil || x.Remedy != departure.Freeze {
				t.Errorf("after half a year: %+v", x)
			}
		}
		if x := try(stays.Name); fault.Of(x.Err) != fault.Refused {
			t.Errorf("frozen twice: %+v", x)
		}
		if err := desk.DismissDepartures(t.Context(), clerk, []departure.ID{ids[back.Name]}, "已办理迁出手续"); err != nil {
			t.Fatal(err)
		}
		o.Until(moved.AddMonths(12).Add(1))
		if x := try(stays.Name); x.Err != nil || x.Remedy != departure.Cancel {
			t.Errorf("after a year: %+v", x)
		}
		for id, want := range map[certificate.ID]certificate.State{held.ID: certificate.Cancelled, thawed.ID: certificate.Valid} {
			if f, err := desk.Certificate(t.Context(), clerk, id); err != nil || f.Certificate.State != want {
				t.Errorf("%s, want %s: %v", f.Certificate.State, want, err)
			}
		}
	})
}

func TestALaterListSaysTheDayOrThatSomebodyDied(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := registry.New(o.DB, o.Files), testbed.As(access.Clerk)
		p := named(t, o, "测试迁出", 1)
		held := o.Certificate(t, p, "2035-01-01")
		for i, list := range []registry.DepartureFile{departures(departure.Move, line(p, "", "")), departures(departure.Move, line(p, "2019-12-01", "邻县")), departures(departure.Death, line(p, "2020-01-05"))} {
			if r, err := desk.TakeDepartures(t.Context(), clerk, list); err != nil || r.Matched != 1 {
				t.Fatalf("list %d: %+v %v", i, r, err)
			}
		}
		l := proposed(t, desk, registry.DepartureFilter{})
		if len(l.Departed) != 1 || l.Departed[0].Departure.Kind != departure.Death || l.Departed[0].Departure.On != "2020-01-05" {
			t.Fatalf("proposed: %+v", l.Departed)
		}
		out, err := desk.ApplyDepartures(t.Context(), testbed.As(access.Approver), []departure.ID{l.Departed[0].Departure.ID})
		if err != nil || out[0].Err != nil {
			t.Fatal(out, err)
		}
		if f, err := desk.Certificate(t.Context(), clerk, held.ID); err != nil || f.Certificate.Reason != certificate.Death {
			t.Errorf("%+v %v", f.Certificate, err)
		}
	})
}

func TestAListThatCannotBeReadSaysWhy(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB, o.Files)
		p := o.Person(t)
		long := make([]string, 5001)
		for i := range long {
			long[i] = fmt.Sprintf("测试,%s,2020-01-01", person.MakeNumber("533199", day.Day("1930-01-01").Add(i), i%999))
		}
		good := departures(departure.Death, line(p, "2020-01-05"))
		for name, f := range map[string]registry.DepartureFile{
			"no kind":   {Region: testbed.County, Source: "公安局", File: good.File, Size: good.Size},
			"no source": {Region: testbed.County, Kind: departure.Death, File: good.File, Size: good.Size},
			"no file":   {Region: testbed.County, Kind: departure.Death, Source: "公安局"},
			"empty":     {Region: testbed.County, Kind: departure.Death, Source: "公安局", File: strings.NewReader(""), Size: 0},
			"no header": {Region: testbed.County, Kind: departure.Death, Source: "公安局", File: strings.NewReader("一,二\n三,四\n"), Size: 16},
			"township":  {Region: testbed.Township, Kind: departure.Death, Source: "公安局", File: good.File, Size: good.Size},
			"too long":  departures(departure.Death, long...),
		} {
			if _, err := desk.TakeDepartures(t.Context(), testbed.As(access.Clerk), f); fault.Of(err) != fault.Invalid || len(fault.Fields(err)) == 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
		if l := proposed(t, desk, registry.DepartureFilter{}); len(l.Lists) != 0 {
			t.Errorf("something was kept: %+v", l.Lists)
		}
	})
}

// firstDeparture is what the first list proposes; an office without one ends the test.
func firstDeparture(ctx context.Context, d *registry.Desk) departure.ID {
	l, err := d.Departures(ctx, testbed.As(access.Clerk), registry.DepartureFilter{Limit: 1})
	if err != nil || len(l.Departed) == 0 {
		panic(fmt.Sprint("no departure: ", err))
	}
	return l.Departed[0].Departure.ID
}

// A new card that came while the list lay does not keep the dead valid: what the list asks is done to the certificate that its holder has now.
func TestADeathFollowsTheHolderToANewCard(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk, dead := registry.New(o.DB, o.Files), testbed.As(access.Clerk), named(t, o, "测试亡者", 1)
		old := o.Certificate(t, dead, "2030-01-01")
		if _, err := desk.TakeDepartures(t.Context(), clerk, departures(departure.Death, line(dead, "2020-01-05"))); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if err := old.Take(certificate.Replace, tx.Today()); err != nil {
				return err
			}
			return tx.SaveCertificate(access.ApplicationDeliver, old)
		})
		now := o.Certificate(t, dead, "2030-03-01")
		of := proposed(t, desk, registry.DepartureFilter{Kind: departure.Death}).Departed[0].Departure.ID
		done, err := desk.ApplyDepartures(t.Context(), testbed.As(access.Approver), []departure.ID{of})
		if err != nil || len(done) != 1 || done[0].Err != nil {
			t.Fatal(done, err)
		}
		f, err := desk.Certificate(t.Context(), clerk, now.ID)
		if err != nil || f.Certificate.State != certificate.Cancelled || f.Certificate.Reason != certificate.Death {
			t.Errorf("the new card: %+v %v", f.Certificate, err)
		}
		if l := proposed(t, desk, registry.DepartureFilter{State: departure.Cancelled}); len(l.Departed) != 1 || l.Departed[0].Departure.Certificate != now.ID {
			t.Errorf("the list says %+v", l.Departed)
		}
	})
}
