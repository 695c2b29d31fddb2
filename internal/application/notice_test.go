package application_test

import (
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
)

// An objection, dismissed on any day, never shortens the notice, and the case never leaves it on its last day or before.
func TestNoticeRunsToItsLastDayWhateverIsObjected(t *testing.T) {
	t.Parallel()
	calendar := day.NewCalendar(map[day.Day]bool{"2020-05-01": true})
	rapid.Check(t, func(t *rapid.T) {
		book := policy.Book{}
		at := func(d day.Day) application.Office {
			return application.Office{Today: d, Calendar: calendar, Policy: book.At("533103105201", d)}
		}
		today := day.Day("2020-04-01").Add(rapid.IntRange(0, 60).Draw(t, "start"))
		ends := calendar.After(today, 5)
		a := application.Application{State: application.Assessed, Region: "533103105201"}
		if err := a.Announce("n", ends, at(today)); err != nil {
			t.Fatal(err)
		}
		for _, wait := range rapid.SliceOfN(rapid.IntRange(0, 10), 0, 4).Draw(t, "waits") {
			today = today.Add(wait)
			if err := a.Object(at(today)); err != nil {
				t.Fatal(err)
			}
			if err := a.Close(a.Due, at(today.Add(400))); fault.Of(err) != fault.Refused {
				t.Fatalf("a disputed case was closed: %v", err)
			}
			if err := a.Resolve(application.Dismissed, "无误", ends, at(today)); err != nil {
				t.Fatal(err)
			}
			if a.Due < ends || a.Due < today {
				t.Fatalf("the notice ends on %s, not on %s or %s", a.Due, ends, today)
			}
		}
		if err := a.Close(a.Due, at(max(today, a.Due))); fault.Of(err) != fault.Refused {
			t.Fatalf("closed on its last day: %v", err)
		}
		if err := a.Close(a.Due, at(max(today, a.Due).Add(1))); err != nil || a.State != application.Review {
			t.Fatalf("%s after the last day: %v", a.State, err)
		}
	})
}

func TestSecondObjectionLeavesTheFirstClock(t *testing.T) {
	t.Parallel()
	o := application.Office{Today: "2020-04-01"}
	a := application.Application{State: application.Announced}
	if err := a.Object(o); err != nil {
		t.Fatal(err)
	}
	due, since := a.Due, a.Since
	o.Today = "2020-04-03"
	if err := a.Object(o); err != nil || a.Due != due || a.Since != since || due == "" {
		t.Errorf("since %s until %s, not since %s until %s: %v", a.Since, a.Due, since, due, err)
	}
}

func TestWhoIsNotPublished(t *testing.T) {
	t.Parallel()
	set := func(key policy.Key, value string) policy.Book {
		return policy.Book{{Key: key, Effective: "2020-01-01", Value: value}}
	}
	for name, try := range map[string]struct {
		book policy.Book
		born day.Day
		met  []certificate.Category
		want bool
	}{
		"an adult":                          {nil, "1961-05-04", []certificate.Category{certificate.Physical}, false},
		"the day before 18":                 {nil, "2002-04-02", []certificate.Category{certificate.Physical}, true},
		"on the day of 18":                  {nil, "2002-04-01", []certificate.Category{certificate.Physical}, false},
		"a child where minors are":          {set(policy.AnnounceMinors, "yes"), "2010-01-01", []certificate.Category{certificate.Physical}, false},
		"mental, exempt":                    {set(policy.AnnounceExempt, "5,6"), "1961-05-04", []certificate.Category{certificate.Mental}, true},
		"mental beside physical, exempt":    {set(policy.AnnounceExempt, "5,6"), "1961-05-04", []certificate.Category{certificate.Physical, certificate.Mental}, true},
		"physical where mental is exempt":   {set(policy.AnnounceExempt, "5,6"), "1961-05-04", []certificate.Category{certificate.Physical}, false},
		"mental where nothing is exempted":  {nil, "1961-05-04", []certificate.Category{certificate.Mental}, false},
		"no conclusion at hand, an adult":   {nil, "1961-05-04", nil, false},
		"no conclusion at hand, not yet 18": {nil, "2010-01-01", nil, true},
	} {
		var c assessment.Conclusion
		for _, k := range try.met {
			c.Findings = append(c.Findings, assessment.Finding{Category: k, Meets: true, Level: certificate.Second})
		}
		a := application.Application{}
		a.Category, a.Level, _ = c.Result()
		if got := a.Unpublished(c, try.born, application.Office{Today: "2020-04-01", Policy: try.book.At("533103105201", "2020-04-01")}); got != try.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
