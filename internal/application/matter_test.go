package application_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
)

// holder is an invented adult with a certificate in the state.
func holder(s certificate.State) (person.Person, certificate.Certificate) {
	p := person.Person{ID: "p", Region: "533103105201", Name: "岩小罕", Number: person.MakeNumber("533199", "1961-05-04", 1)}
	p.Fill()
	return p, certificate.Certificate{ID: "c", Region: p.Region, Person: p.ID, Number: certificate.MakeNumber(p.Number, "4", "3"), Category: "4", Level: "3", State: s,
		Issued: "2016-05-08", Expires: "2026-05-07", Grades: []certificate.Grade{{Category: "4", Level: "3"}}}
}

func at(today day.Day, values ...policy.Value) application.Office {
	for i := range values {
		values[i].Region, values[i].Effective = "533103", "2010-01-01"
	}
	return application.Office{Today: today, Calendar: day.Statutory(), Policy: policy.Book(values).At("533103105201", today)}
}

// asking is a request for the matter with all that it states.
func asking(m application.Matter) application.Request {
	return application.Request{Matter: m, Cause: certificate.Wish, Stated: "情况说明", Target: "533102"}
}

func TestEachMatterBeginsOnlyWhereItsTableSays(t *testing.T) {
	t.Parallel()
	for _, r := range application.Rules() {
		for _, s := range certificate.States {
			p, c := holder(s)
			_, err := application.Open("a", p, asking(r.Matter), []certificate.Certificate{c}, at("2020-04-01"))
			want := r.Matter == application.New && !s.Live()
			for _, from := range r.From {
				want = want || from == s
			}
			if (err == nil) != want || err != nil && fault.Of(err) != fault.Invalid {
				t.Errorf("%s of a certificate that is %s: %v", r.Matter, s, err)
			}
		}
	}
}

// Whether an exchange at expiry needs a new assessment is policy, as Henan's rule says and others need not; every other matter is settled by its table (N82).
func TestAnExchangeIsExaminedWhereItsPlaceSaysSo(t *testing.T) {
	t.Parallel()
	for _, m := range application.Matters {
		always := m == application.New || m == application.Regrade || m == application.Check
		for value, want := range map[string]bool{"yes": always || m == application.Renew, "no": always} {
			if got := m.Examined(at("2020-04-01", policy.Value{Key: policy.RenewAssess, Value: value}).Policy); got != want {
				t.Errorf("%s where the switch is %s: %v", m, value, got)
			}
		}
	}
	if !application.Renew.Examined(at("2020-04-01").Policy) {
		t.Error("where nothing was decided, an exchange is not examined")
	}
}

func TestLimitsOfAPlaceEndOnTheirDay(t *testing.T) {
	t.Parallel()
	p, valid := holder(certificate.Valid)
	_, expired := holder(certificate.Valid)
	expired.Expires = "2020-03-31"
	_, cancelled := holder(certificate.Cancelled)
	cancelled.Since, cancelled.Reason = "2019-02-28", certificate.Wish
	mistaken, dead := cancelled, cancelled
	mistaken.Reason, dead.Reason = certificate.Twice, certificate.Fraud
	for name, try := range map[string]struct {
		matter application.Matter
		held   certificate.Certificate
		on     day.Day
		rule   policy.Value
		want   string
	}{
		"a year and less after a cancellation": {application.New, cancelled, "2020-02-27", policy.Value{}, "application.new.barred"},
		"on the day of the year":               {application.New, cancelled, "2020-02-28", policy.Value{}, ""},
		"after fraud":                          {application.New, dead, "2020-02-27", policy.Value{}, "application.new.barred"},
		"after a mistaken entry":               {application.New, mistaken, "2019-03-01", policy.Value{}, ""},
		"where nothing bars":                   {application.New, cancelled, "2019-03-01", policy.Value{Key: policy.ReapplyMonths, Value: "0"}, ""},
		"exchange a day early":                 {application.Renew, valid, "2025-05-06", policy.Value{Key: policy.RenewEarly, Value: "12"}, "application.renew.early"},
		"exchange on the day":                  {application.Renew, valid, "2025-05-07", policy.Value{Key: policy.RenewEarly, Value: "12"}, ""},
		"exchange of an expired one":           {application.Renew, expired, "2020-04-01", policy.Value{Key: policy.RenewEarly, Value: "12"}, ""},
		"change before a year":                 {application.Regrade, valid, "2017-05-07", policy.Value{Key: policy.RegradeMonths, Value: "12"}, "application.regrade.soon"},
		"change after a year":                  {application.Regrade, valid, "2017-05-08", policy.Value{Key: policy.RegradeMonths, Value: "12"}, ""},
		"reissue of an expired one":            {application.Reissue, expired, "2020-04-01", policy.Value{}, "application.matter.expired"},
		"replacement of an expired one":        {application.Replace, expired, "2020-04-01", policy.Value{}, "application.matter.expired"},
		"replacement on the last day":          {application.Replace, expired, "2020-03-31", policy.Value{}, ""},
	} {
		_, err := application.Open("a", p, asking(try.matter), []certificate.Certificate{try.held}, at(try.on, try.rule))
		got := ""
		if all := fault.Fields(err); len(all) > 0 {
			got = all[0].Key
		}
		if got != try.want {
			t.Errorf("%s: %q, want %q", name, got, try.want)
		}
	}
}

// A reissue is of the day on which it came into the hand. What became of it since (a review that was settled, an exchange that keeps the number) is none.
func TestAReissueCountsFromItsOwnDay(t *testing.T) {
	t.Parallel()
	p, lost := holder(certificate.Replaced)
	lost.Since = "2019-06-01"
	again := lost
	again.ID, again.Previous, again.Number, again.State, again.Since = "d", "c", lost.Number.Reissue(), certificate.Valid, "2019-06-01"
	settled, renewed := again, again
	settled.Since = "2020-05-01"
	renewed.ID, renewed.Previous, renewed.Issued, renewed.Since = "e", "d", "2020-05-01", "2020-05-01"
	exchanged := again
	exchanged.State, exchanged.Since = certificate.Replaced, "2020-05-01"
	alone := settled // its lost one is in the register of another county
	second := again
	second.ID, second.Previous, second.Number, second.Since = "f", "d", again.Number.Reissue(), "2020-01-01"
	for name, try := range map[string]struct {
		held []certificate.Certificate
		from day.Day
	}{
		"itself": {[]certificate.Certificate{again, lost}, "2020-06-01"}, "a settled review": {[]certificate.Certificate{lost, settled}, "2020-06-01"},
		"an exchange": {[]certificate.Certificate{renewed, exchanged, lost}, "2020-06-01"}, "one that came from elsewhere": {[]certificate.Certificate{alone}, ""},
		"the second": {[]certificate.Certificate{lost, func() certificate.Certificate { c := exchanged; c.Since = "2020-01-01"; return c }(), second}, "2021-01-01"},
	} {
		rule := policy.Value{Key: policy.ReissueMonths, Value: "12"}
		open := func(on day.Day) bool {
			_, err := application.Open("a", p, asking(application.Reissue), try.held, at(on, rule))
			return err == nil
		}
		if try.from == "" {
			if !open("2020-05-02") {
				t.Errorf("%s bars", name)
			}
			continue
		}
		if open(try.from.Add(-1)) || !open(try.from) {
			t.Errorf("%s: the first day is not %s", name, try.from)
		}
	}
}

func TestWhatAMatterMustState(t *testing.T) {
	t.Parallel()
	p, c := holder(certificate.Valid)
	for name, try := range map[string]struct {
		change func(*application.Request)
		matter application.Matter
		field  string
	}{
		"a cancellation without a cause": {func(r *application.Request) { r.Cause = "" }, application.Cancel, "cause"},
		"a cause that nobody knows":      {func(r *application.Request) { r.Cause = "bored" }, application.Cancel, "cause"},
		"a move to nowhere":              {func(r *application.Request) { r.Target = "" }, application.Move, "target"},
		"a move to a whole province":     {func(r *application.Request) { r.Target = "53" }, application.Move, "target"},
		"a move inside the county":       {func(r *application.Request) { r.Target = "533103106" }, application.Move, "target"},
		"a matter that nobody knows":     {func(r *application.Request) { r.Matter = "lend" }, application.Cancel, "matter"},
	} {
		r := asking(try.matter)
		try.change(&r)
		_, err := application.Open("a", p, r, []certificate.Certificate{c}, at("2020-04-01"))
		if all := fault.Fields(err); len(all) != 1 || all[0].Name != try.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, r := range application.Rules() {
		a := application.Application{Matter: r.Matter, Wanted: []certificate.Category{"4"}}
		if got := len(fault.Fields(a.Check(p, at("2020-04-01")))) > 0; got != r.Stated {
			t.Errorf("%s without a statement: a gap %v, want %v", r.Matter, got, r.Stated)
		}
	}
}

func TestAnApprovalComesToWhatTheMatterSays(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]struct {
		a       application.Application
		from    certificate.State
		outcome application.Outcome
		state   certificate.State
		reason  certificate.Reason
	}{
		"exchange":             {application.Application{Matter: application.Renew, Category: "4", Level: "3"}, certificate.Valid, application.Carded, certificate.Valid, ""},
		"reissue":              {application.Application{Matter: application.Reissue}, certificate.Lost, application.Carded, certificate.Lost, ""},
		"move":                 {application.Application{Matter: application.Move}, certificate.Frozen, application.Leaving, certificate.Moving, ""},
		"cancellation":         {application.Application{Matter: application.Cancel, Cause: certificate.Death}, certificate.Lost, application.Ended, certificate.Cancelled, certificate.Death},
		"review as before":     {application.Application{Matter: application.Check, Category: "4", Level: "3"}, certificate.Doubted, application.Kept, certificate.Valid, ""},
		"review not met":       {application.Application{Matter: application.Check}, certificate.Doubted, application.Ended, certificate.Cancelled, certificate.Recovered},
		"review less severe":   {application.Application{Matter: application.Check, Category: "4", Level: "4"}, certificate.Doubted, application.Carded, certificate.Doubted, ""},
		"review, other branch": {application.Application{Matter: application.Check, Category: "1", Level: "3"}, certificate.Doubted, application.Carded, certificate.Doubted, ""},
	} {
		_, c := holder(try.from)
		if got := try.a.Outcome(&c); got != try.outcome {
			t.Errorf("%s comes to %s, want %s", name, got, try.outcome)
		}
		if err := try.a.Conclude(&c, "2020-04-01"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if c.State != try.state || c.Reason != try.reason {
			t.Errorf("%s: the certificate is %s %s, want %s %s", name, c.State, c.Reason, try.state, try.reason)
		}
	}
}

func TestAMoreSevereLevelWantsTheCity(t *testing.T) {
	t.Parallel()
	_, held := holder(certificate.Valid)
	for name, try := range map[string]struct {
		a    application.Application
		want bool
	}{
		"2 after 3 is an upgrade":       {application.Application{Matter: application.Regrade, Category: "4", Level: "2"}, true},
		"4 after 3 is none":             {application.Application{Matter: application.Regrade, Category: "4", Level: "4"}, false},
		"the same level":                {application.Application{Matter: application.Renew, Category: "4", Level: "3"}, false},
		"an upgrade at the exchange":    {application.Application{Matter: application.Renew, Category: "4", Level: "1"}, true},
		"another category, more severe": {application.Application{Matter: application.Check, Category: "1", Level: "2"}, true},
		"nothing was assessed":          {application.Application{Matter: application.Replace}, false},
	} {
		a, o := try.a, at("2020-04-01")
		a.State, a.Reviewer = application.Reviewed, "li"
		if a.Upgrade(&held) != try.want {
			t.Errorf("%s: %v", name, !try.want)
		}
		err := a.Approve("wang", &held, o)
		if (fault.Of(err) == fault.Refused) != try.want {
			t.Errorf("%s: approved without the city: %v", name, err)
		}
		if !try.want {
			continue
		}
		if err := a.Rereview(&held, o); err != nil {
			t.Errorf("%s: the city may not review: %v", name, err)
		}
		if err := a.Approve("wang", &held, o); err != nil {
			t.Errorf("%s: not approved after the city: %v", name, err)
		}
	}
}

func TestALossIsDeclaredForItsDaysBeforeTheApproval(t *testing.T) {
	t.Parallel()
	_, held := holder(certificate.Lost)
	rule := policy.Value{Key: policy.ReissueWait, Value: "10"}
	a := application.Application{Matter: application.Reissue, State: application.Reviewed, Reviewer: "li", Accepted: "2020-04-01"}
	if err := a.Approve("wang", &held, at("2020-04-10", rule)); fault.Of(err) != fault.Refused || a.State != application.Reviewed {
		t.Errorf("approved a day early: %v", err)
	}
	if err := a.Approve("wang", &held, at("2020-04-11", rule)); err != nil {
		t.Errorf("not approved on the day: %v", err)
	}
}

func TestTheNextCertificateHasItsMattersNumberAndTerm(t *testing.T) {
	t.Parallel()
	p, held := holder(certificate.Valid)
	for m, want := range map[application.Matter]certificate.Certificate{
		application.Replace: {Number: held.Number, Issued: "2016-05-08", Expires: "2026-05-07"},
		application.Update:  {Number: held.Number, Issued: "2016-05-08", Expires: "2026-05-07"},
		application.Reissue: {Number: held.Number + "B1", Issued: "2016-05-08", Expires: "2026-05-07"},
		application.Renew:   {Number: held.Number, Issued: "2020-04-01", Expires: "2030-03-31"},
		application.Regrade: {Number: certificate.MakeNumber(p.Number, "4", "2"), Issued: "2020-04-01", Expires: "2030-03-31"},
	} {
		level := certificate.Third
		if m == application.Regrade {
			level = certificate.Second
		}
		a := application.Application{Matter: m, Approved: "2020-04-01"}
		got := a.Follow(certificate.Certificate{Number: held.Number.Exchange(p.Number, "4", level)}, &held, at("2020-04-01"))
		if got.Number != want.Number || got.Issued != want.Issued || got.Expires != want.Expires {
			t.Errorf("%s: %s from %s to %s, want %s from %s to %s", m, got.Number, got.Issued, got.Expires, want.Number, want.Issued, want.Expires)
		}
	}
}

func TestPapersDependOnTheCause(t *testing.T) {
	t.Parallel()
	for cause, want := range map[certificate.Reason][]string{certificate.Death: {"death"}, certificate.Recovered: {"identity", "conclusion", "old"},
		certificate.Wish: {"identity", "request", "old"}, certificate.Gone: nil} {
		a := application.Application{Matter: application.Cancel, Cause: cause}
		got := a.Checklist("1961-05-04", at("2020-04-01"))
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", cause, got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %v, want %v", cause, got, want)
			}
		}
	}
}

// Whatever happens to a certificate, it never leaves a last state, and what is refused leaves it as it was.
func TestNothingBringsAnEndedCertificateBack(t *testing.T) {
	t.Parallel()
	var steps []certificate.Step
	for _, m := range certificate.Life {
		steps = append(steps, m.Step)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := certificate.Certificate{State: certificate.Pending}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			before := c.State
			err := c.Take(rapid.SampledFrom(steps).Draw(t, "step"), "2020-04-01")
			ended := before == certificate.Cancelled || before == certificate.Replaced
			if err == nil && ended || err != nil && c.State != before {
				t.Fatalf("%s became %s: %v", before, c.State, err)
			}
		}
	})
}

func TestOneCategoryOfAMultipleCertificateThatIsMoreSevereWantsTheCity(t *testing.T) {
	t.Parallel()
	_, held := holder(certificate.Valid)
	held.Category, held.Level, held.Grades = certificate.Multiple, "2", []certificate.Grade{{Category: "1", Level: "2"}, {Category: "4", Level: "3"}}
	for name, try := range map[string]struct {
		level certificate.Level
		found []certificate.Grade
		want  string
	}{
		"one inside":          {"2", []certificate.Grade{{Category: "1", Level: "2"}, {Category: "4", Level: "2"}}, "[{4 3}]"},
		"the whole":           {"1", []certificate.Grade{{Category: "1", Level: "1"}, {Category: "4", Level: "3"}}, "[{7 2} {1 2}]"},
		"a new one":           {"2", []certificate.Grade{{Category: "1", Level: "2"}, {Category: "2", Level: "4"}}, "[]"},
		"one less severe":     {"3", []certificate.Grade{{Category: "1", Level: "3"}, {Category: "4", Level: "3"}}, "[]"},
		"on paper, severer":   {"1", nil, "[{7 2}]"},
		"on paper, as it was": {"2", nil, "[]"},
	} {
		a := application.Application{Matter: application.Regrade, Category: certificate.Multiple, Level: try.level, Found: try.found, State: application.Reviewed, Reviewer: "li"}
		if got := fmt.Sprint(a.Worsened(&held)); got != try.want {
			t.Errorf("%s: %s", name, got)
		}
		if err := a.Approve("wang", &held, at("2020-04-01")); (fault.Of(err) == fault.Refused) != (try.want != "[]") {
			t.Errorf("%s: approved: %v", name, err)
		}
	}
}
