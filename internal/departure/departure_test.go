package departure_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
)

var limits = departure.Limits{Freeze: 6, Cancel: 12}

func TestWhatIsDueOnEachSideOfHalfAYearAndAYear(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind  departure.Kind
		state departure.State
		on    day.Day
		today day.Day
		want  departure.Remedy
	}{
		{departure.Death, departure.Proposed, "2020-03-31", "2020-03-31", departure.Cancel}, // 办法 art. 24
		{departure.Death, departure.Proposed, "", "2020-03-31", departure.Cancel},
		{departure.Death, departure.Proposed, "2020-04-01", "2020-03-31", departure.Wait}, // a day to come is a slip of the pen
		{departure.Move, departure.Proposed, "2020-03-31", "2020-09-30", departure.Wait},  // half a year is not more than half a year (art. 23)
		{departure.Move, departure.Proposed, "2020-03-31", "2020-10-01", departure.Freeze},
		{departure.Move, departure.Proposed, "2020-08-31", "2021-02-28", departure.Wait},
		{departure.Move, departure.Proposed, "2020-08-31", "2021-03-01", departure.Freeze},
		{departure.Move, departure.Frozen, "2020-03-31", "2021-03-31", departure.Wait},
		{departure.Move, departure.Frozen, "2020-03-31", "2021-04-01", departure.Cancel},
		{departure.Move, departure.Proposed, "2020-03-31", "2021-04-01", departure.Cancel},
		{departure.Move, departure.Proposed, "2020-02-29", "2021-02-28", departure.Freeze},
		{departure.Move, departure.Proposed, "2020-02-29", "2021-03-01", departure.Cancel},
		{departure.Move, departure.Proposed, "", "2030-01-01", departure.Wait},
		{departure.Move, departure.Cancelled, "2020-03-31", "2030-01-01", departure.Wait},
		{departure.Death, departure.Dismissed, "2020-03-31", "2030-01-01", departure.Wait},
	} {
		d := departure.Departure{Certificate: "held", Kind: tt.kind, State: tt.state, On: tt.on}
		if got := d.Next(limits, tt.today); got != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
	bare := departure.Departure{Kind: departure.Death, State: departure.Proposed, On: "2020-03-31"} // of somebody who holds nothing yet
	if got := bare.Next(limits, "2020-03-31"); got != departure.End {
		t.Errorf("without a certificate: %s", got)
	}
}

// What people write between the parts of a name, and characters that are often confused, make no other name under the same number.
func TestANameIsComparedAsItIsMeant(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		list, register string
		other          bool
	}{
		{"岩罕·保明", "岩罕•保明", false}, {"岩罕·保明", "岩罕．保明", false}, {"岩罕·保明", "岩罕.保明", false}, {"岩罕·保明", "岩罕 保明", false},
		{"付丽", "傅丽", false}, {"傅丽", "付丽", false}, {"岩罕·保明", "岩罕·保", true}, {"张丽", "章丽", true},
	} {
		c := certificate.Certificate{State: certificate.Valid}
		d := departure.Departure{Certificate: "held", Kind: departure.Death, State: departure.Proposed, On: "2020-01-01", Named: x.list}
		if _, err := d.Take(&c, x.register, limits, "2020-12-01"); (err != nil) != x.other || (c.State == certificate.Cancelled) == x.other {
			t.Errorf("%s and %s: %v, %s", x.list, x.register, err, c.State)
		}
	}
}

func TestACertificateFollowsWhatWasDone(t *testing.T) {
	t.Parallel()
	c := certificate.Certificate{State: certificate.Valid}
	d := departure.Departure{Certificate: "held", Kind: departure.Move, State: departure.Proposed, On: "2020-01-01", Named: "测试人"}
	if _, err := d.Take(&c, "别人", limits, "2020-12-01"); fault.Of(err) != fault.Refused || c.State != certificate.Valid {
		t.Errorf("another name: %v", err)
	}
	if _, err := d.Take(&c, "测试人", limits, "2020-07-01"); fault.Of(err) != fault.Refused || d.State != departure.Proposed {
		t.Errorf("on the last day of half a year: %v", err)
	}
	if r, err := d.Take(&c, "测试人", limits, "2020-07-02"); err != nil || r != departure.Freeze || c.State != certificate.Frozen || d.State != departure.Frozen {
		t.Errorf("after half a year: %v %v", r, err)
	}
	back := d
	thawed := c
	if err := back.Dismiss(&thawed, "已办理迁出", "2020-08-01"); err != nil || thawed.State != certificate.Valid || back.State != departure.Dismissed {
		t.Errorf("dismissed: %v", err)
	}
	if r, err := d.Take(&c, "测试人", limits, "2021-01-02"); err != nil || r != departure.Cancel || c.State != certificate.Cancelled || c.Reason != certificate.Unmoved {
		t.Errorf("after a year: %v %v", r, err)
	}
	for _, reason := range []string{"", strings.Repeat("长", departure.ReasonMost+1)} {
		if err := d.Dismiss(&c, reason, "2021-01-03"); fault.Of(err) != fault.Invalid {
			t.Errorf("%d letters: %v", len(reason), err)
		}
	}
	if err := d.Dismiss(&c, "名单有误", "2021-01-03"); fault.Of(err) != fault.Refused {
		t.Errorf("after the cancellation: %v", err)
	}
}

func TestNoCertificateIsTouchedBeforeItsDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		on := day.Day("2016-01-01").Add(rapid.IntRange(0, 3000).Draw(t, "moved"))
		d := departure.Departure{Certificate: "held", Kind: departure.Move, State: departure.Proposed, On: on, Named: "甲"}
		c := certificate.Certificate{State: certificate.Valid}
		today := on
		for range rapid.IntRange(1, 8).Draw(t, "tries") {
			today = today.Add(rapid.IntRange(0, 150).Draw(t, "days"))
			before := c.State
			_, err := d.Take(&c, "甲", limits, today)
			if (err != nil) != (c.State == before) {
				t.Fatalf("%s → %s with %v", before, c.State, err)
			}
			if c.State == certificate.Frozen && today <= on.AddMonths(6) || c.State == certificate.Cancelled && today <= on.AddMonths(12) && before != c.State {
				t.Fatalf("moved on %s, %s on %s", on, c.State, today)
			}
		}
	})
}

func TestAListSaysWhatItIsAndWhoSentIt(t *testing.T) {
	t.Parallel()
	for _, l := range []departure.List{{}, {Kind: departure.Death}, {Kind: "x", Source: "公安局"}, {Kind: departure.Move, Source: strings.Repeat("长", departure.SourceMost+1)}} {
		if fault.Of(l.Check()) != fault.Invalid {
			t.Errorf("%+v was taken", l)
		}
	}
	if err := (departure.List{Kind: departure.Move, Source: "县公安局户政大队"}).Check(); err != nil {
		t.Error(err)
	}
}

func TestALaterListTellsMore(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		known, line departure.Departure
		learns      bool
		repeats     bool
	}{
		{departure.Departure{Certificate: "held", Kind: departure.Move, State: departure.Proposed, On: "2020-01-01"}, departure.Departure{Kind: departure.Death, On: "2020-02-01"}, true, false},
		{departure.Departure{Certificate: "held", Kind: departure.Move, State: departure.Frozen, On: "2020-01-01"}, departure.Departure{Kind: departure.Death}, true, false},
		{departure.Departure{Certificate: "held", Kind: departure.Move, State: departure.Proposed}, departure.Departure{Kind: departure.Move, On: "2020-01-01"}, true, false},
		{departure.Departure{Certificate: "held", Kind: departure.Move, State: departure.Proposed, On: "2020-01-01"}, departure.Departure{Kind: departure.Move, On: "2020-01-01"}, false, false},
		{departure.Departure{Certificate: "held", Kind: departure.Death, State: departure.Proposed, On: "2020-01-01"}, departure.Departure{Kind: departure.Move, On: "2020-02-01"}, false, false},
		{departure.Departure{Certificate: "held", Kind: departure.Death, State: departure.Dismissed, On: "2020-01-01"}, departure.Departure{Kind: departure.Death, On: "2020-01-01"}, false, true},
		{departure.Departure{Certificate: "held", Kind: departure.Death, State: departure.Dismissed}, departure.Departure{Kind: departure.Death}, false, false}, // this time it may be true
		{departure.Departure{Certificate: "held", Kind: departure.Death, State: departure.Dismissed, On: "2020-01-01"}, departure.Departure{Kind: departure.Death, On: "2020-03-01"}, false, false},
	} {
		d := tt.known
		if got := d.Learn(tt.line); got != tt.learns || got && (d.Kind != tt.line.Kind || d.On != tt.line.On || d.State != tt.known.State) {
			t.Errorf("%+v after %+v: learns %v, is %+v", tt.known, tt.line, got, d)
		}
		if got := tt.known.Repeats(tt.line); got != tt.repeats {
			t.Errorf("%+v after %+v: repeats %v", tt.known, tt.line, got)
		}
	}
}
