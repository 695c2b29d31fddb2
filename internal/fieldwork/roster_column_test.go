package fieldwork_test

import (
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/roster"
	"hefa/internal/testbed"
)

// oddList is a list whose words only its source knows, with one right and one wrong number.
func oddList() *strings.Reader {
	return strings.NewReader("某系统导出,,\nXM,ZJHM,CM\n岩温,533199195001010013,风平村\n玉罕,53319919500101001,风平村\n")
}

func TestColumnsAreToldOnceForTheirSource(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, id := hand(t, o, roster.Suspected, oddList())
		town := testbed.As(access.Township)
		check := func(id roster.ID) fieldwork.Handed {
			t.Helper()
			if err := desk.CheckRoster(t.Context(), access.Program(), id); err != nil {
				t.Fatal(err)
			}
			h, _, err := desk.Roster(t.Context(), town, id, 0, 9)
			if err != nil {
				t.Fatal(err)
			}
			return h
		}
		if h := check(id); h.State != roster.Unreadable {
			t.Fatalf("%s: %+v", h.State, h)
		}
		c, err := desk.RosterColumns(t.Context(), town, id, roster.Span{})
		if err != nil || c.At != (roster.Span{Row: 2, Last: 2}) || !c.Two || !slices.Equal(c.Titles, []string{"XM", "ZJHM", "CM"}) || c.Examples[0][0] != "岩温" || c.Known.Source != "" {
			t.Fatalf("%+v %v", c, err)
		}
		if err := desk.TellColumns(t.Context(), town, id, roster.Span{Row: 2, Last: 2}, []string{"name", "", "village"}); fault.Of(err) != fault.Invalid {
			t.Errorf("without a number: %v", err)
		}
		if err := desk.TellColumns(t.Context(), town, id, roster.Span{Row: 7, Last: 7}, []string{"name", "identity"}); fault.Of(err) != fault.Invalid {
			t.Errorf("a row that is none: %v", err)
		}
		if err := desk.TellColumns(t.Context(), testbed.As(access.Poverty), id, roster.Span{Row: 2, Last: 2}, []string{"name", "identity"}); fault.Of(err) != fault.Forbidden {
			t.Errorf("by whoever hands in no lists: %v", err)
		}
		if err := desk.TellColumns(t.Context(), town, id, roster.Span{Row: 2, Last: 2}, []string{"name", "identity", "village"}); err != nil {
			t.Fatal(err)
		}
		if h := check(id); h.State != roster.Ready || h.Header != 2 || h.Rows != 2 || h.Good != 1 || h.Sample[0].Name != "岩温" {
			t.Fatalf("%+v", h)
		}
		_, again := hand(t, o, roster.Suspected, oddList())
		if h := check(again); h.State != roster.Ready || h.Good != 1 {
			t.Errorf("the same source again: %+v", h)
		}
		if c, err = desk.RosterColumns(t.Context(), town, again, roster.Span{}); err != nil || c.Known.Source == "" || !slices.Equal(c.Means, []string{"name", "identity", "village"}) {
			t.Errorf("%+v %v", c, err)
		}
		if err := desk.TellColumns(t.Context(), town, again, roster.Span{Row: 2, Last: 2}, []string{"remark", "identity", "name"}); err != nil { // told otherwise between judging and entering
			t.Fatal(err)
		}
		if err := desk.ConfirmRoster(t.Context(), town, id); err != nil {
			t.Fatal(err)
		}
		if err := desk.StoreRoster(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		if all := people(t, desk, roster.Suspected); len(all) != 1 || all[0].Holder.Name != "岩温" {
			t.Errorf("entered: %+v", all)
		}
		if _, err := desk.RosterColumns(t.Context(), town, id, roster.Span{}); fault.Of(err) != fault.Refused {
			t.Errorf("the columns of a list that is entered: %v", err)
		}
	})
}

// A list whose header has two lines is told as one, judged and entered below both; the next list of that source is read alike.
func TestAHeaderOfTwoLinesIsToldAndEntered(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		list := func() *strings.Reader {
			return strings.NewReader("某系统导出,,\nRY,RY,CM\nXM,ZJHM,\n岩温,533199195001010013,风平村\n玉罕,53319919500101001,风平村\n")
		}
		desk, id := hand(t, o, roster.Suspected, list())
		town, at := testbed.As(access.Township), roster.Span{Row: 2, Last: 3}
		judge := func(id roster.ID) roster.Upload {
			t.Helper()
			if err := desk.CheckRoster(t.Context(), access.Program(), id); err != nil {
				t.Fatal(err)
			}
			h, _, err := desk.Roster(t.Context(), town, id, 0, 9)
			if err != nil {
				t.Fatal(err)
			}
			return h.Upload
		}
		judge(id)
		c, err := desk.RosterColumns(t.Context(), town, id, at)
		if err != nil || c.At != at || !slices.Equal(c.Titles, []string{"RYXM", "RYZJHM", "CM"}) || c.Examples[0][0] != "岩温" {
			t.Fatalf("%+v %v", c, err)
		}
		if err := desk.TellColumns(t.Context(), town, id, at, []string{"name", "identity", "village"}); err != nil {
			t.Fatal(err)
		}
		if u := judge(id); u.State != roster.Ready || u.Header != 2 || u.Rows != 2 || u.Good != 1 {
			t.Fatalf("%+v", u)
		}
		if c, err := desk.RosterColumns(t.Context(), town, id, roster.Span{}); err != nil || c.At != at || c.Known.Source == "" {
			t.Errorf("opened again: %+v %v", c, err)
		}
		if err := desk.ConfirmRoster(t.Context(), town, id); err != nil {
			t.Fatal(err)
		}
		if err := desk.StoreRoster(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		if all := people(t, desk, roster.Suspected); len(all) != 1 || all[0].Holder.Name != "岩温" {
			t.Errorf("entered: %+v", all)
		}
		if _, again := hand(t, o, roster.Suspected, list()); judge(again).Good != 1 {
			t.Error("the same source again is not read")
		}
	})
}
