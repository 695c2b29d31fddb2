package application_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/policy"
)

// walk is a case on its way, with the office that it is worked on in.
type walk struct {
	a      application.Application
	p      person.Person
	office application.Office
}

// try is one step as an officer might take it, rightly or wrongly; clocked says that the step begins the new state's limit anew.
type try struct {
	act     access.Act
	clocked bool
	run     func(t *rapid.T, w *walk) error
}

func texts(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", " ", "材料不齐"}).Draw(t, "text")
}

func officers(t *rapid.T) string {
	return rapid.SampledFrom([]string{"chen", "dao"}).Draw(t, "officer")
}

func findings(t *rapid.T, w *walk) assessment.Conclusion {
	f := assessment.Finding{Category: rapid.SampledFrom(certificate.Categories[:6]).Draw(t, "category"), Meets: rapid.Bool().Draw(t, "meets"), Findings: "所见"}
	if f.Meets {
		f.Level = rapid.SampledFrom(certificate.Levels).Draw(t, "level")
	}
	return assessment.Conclusion{Findings: []assessment.Finding{f}, First: "甲", Second: "乙", On: w.office.Today.Add(rapid.IntRange(-2, 1).Draw(t, "on"))}
}

// tries is every step of the noun.
var tries = []try{
	{access.ApplicationSubmit, true, func(_ *rapid.T, w *walk) error { return w.a.Submit(w.p, w.office) }},
	{access.ApplicationAccept, true, func(t *rapid.T, w *walk) error {
		missing := rapid.SampledFrom([][]string{nil, {"photo"}}).Draw(t, "missing")
		return w.a.Accept("533103-2020-000001", missing, w.office)
	}},
	{access.ApplicationReturn, false, func(t *rapid.T, w *walk) error { return w.a.Return(nil, texts(t), w.office) }},
	{access.ApplicationDecline, false, func(t *rapid.T, w *walk) error { return w.a.Decline(texts(t), w.office) }},
	{access.ApplicationSchedule, false, func(_ *rapid.T, w *walk) error { return w.a.Schedule("session", w.office.Today.Add(3), w.office) }},
	{access.ApplicationMiss, true, func(t *rapid.T, w *walk) error {
		why := rapid.SampledFrom(append(slices.Clone(application.Absences), "")).Draw(t, "why")
		return w.a.Miss(w.office.Today.Add(rapid.IntRange(-1, 1).Draw(t, "ahead")), why, texts(t), w.office)
	}},
	{access.ApplicationAssess, true, func(t *rapid.T, w *walk) error { return w.a.Assess(findings(t, w), w.p.Birth, w.office) }},
	{access.ApplicationAnnounce, false, func(_ *rapid.T, w *walk) error {
		return w.a.Announce("notice", w.office.Calendar.After(w.office.Today, 5), w.office)
	}},
	{access.ApplicationAnnounce, true, func(_ *rapid.T, w *walk) error { return w.a.Skip(w.office) }},
	{access.ApplicationObject, false, func(_ *rapid.T, w *walk) error { return w.a.Object(w.office) }},
	{access.ApplicationResolve, false, func(t *rapid.T, w *walk) error {
		d := rapid.SampledFrom(append(slices.Clone(application.Decisions), "")).Draw(t, "decision")
		return w.a.Resolve(d, texts(t), w.office.Today.Add(2), w.office)
	}},
	{access.ApplicationClose, true, func(t *rapid.T, w *walk) error {
		return w.a.Close(w.office.Today.Add(rapid.IntRange(-1, 1).Draw(t, "ends")), w.office)
	}},
	{access.ApplicationReview, false, func(t *rapid.T, w *walk) error { return w.a.Review(officers(t), w.office) }},
	{access.ApplicationRereview, false, func(_ *rapid.T, w *walk) error { return w.a.Rereview(nil, w.office) }},
	{access.ApplicationApprove, true, func(t *rapid.T, w *walk) error { return w.a.Approve(officers(t), nil, w.office) }},
	{access.ApplicationRefuse, false, func(t *rapid.T, w *walk) error { return w.a.Refuse(texts(t), w.office) }},
	{access.ApplicationPrint, false, func(_ *rapid.T, w *walk) error { return w.a.Freeze("batch", w.office) }},
	{access.ApplicationPrint, false, func(_ *rapid.T, w *walk) error { return w.a.Print(w.office) }},
	{access.ApplicationSpoil, false, func(_ *rapid.T, w *walk) error { return w.a.Spoil(w.office) }},
	{access.ApplicationDispatch, true, func(_ *rapid.T, w *walk) error { return w.a.Dispatch(w.office) }},
	{access.ApplicationDeliver, true, func(_ *rapid.T, w *walk) error { return w.a.Deliver(w.office) }},
	{access.ApplicationFile, true, func(_ *rapid.T, w *walk) error { return w.a.File(w.office) }},
	{access.ApplicationReprint, true, func(_ *rapid.T, w *walk) error { return w.a.Reprint(w.office) }},
	{access.ApplicationUnbatch, false, func(t *rapid.T, w *walk) error { return w.a.Unbatch(texts(t), w.office) }},
	{access.ApplicationVoid, false, func(t *rapid.T, w *walk) error {
		cause := rapid.SampledFrom(append(slices.Clone(application.VoidCauses), "")).Draw(t, "cause")
		return w.a.Void(application.Void{Cause: cause, Reason: texts(t)}, w.office)
	}},
	{access.ApplicationWithdraw, false, func(t *rapid.T, w *walk) error { return w.a.Withdraw(texts(t), w.office) }},
}

// begin is a complete draft of an adult or a child, in an office with or without re-review, somewhere in a year with holidays.
func begin(t *rapid.T) *walk {
	birth := rapid.SampledFrom([]day.Day{"1961-05-04", "2012-02-03"}).Draw(t, "birth")
	w := &walk{p: person.Person{ID: "p", Region: "533103105201", Name: "岩小罕", Number: person.MakeNumber("533199", birth, 1),
		Guardian: person.Guardian{Name: "岩大罕", Phone: "13900000010"}}}
	w.p.Fill()
	book := policy.Book{{Key: policy.RereviewOn, Region: "533103", Effective: "2018-01-01", Value: rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "rereview")},
		{Key: policy.AcceptDays, Region: "533103", Effective: "2018-01-01", Value: rapid.SampledFrom([]string{"0", "3", "5"}).Draw(t, "days")}}
	today := day.Day("2020-01-02").Add(rapid.IntRange(0, 300).Draw(t, "today"))
	w.office = application.Office{Today: today, Calendar: day.Statutory(), Policy: book.At("533103105201", today)}
	w.a = application.Application{ID: "a", Region: w.p.Region, Person: "p", Matter: application.New, State: application.Draft, Since: today, Opened: today,
		Wanted: []certificate.Category{certificate.Physical}}
	return w
}

// limit is the last of n working days, counted one by one.
func limit(c day.Calendar, from day.Day, n int) day.Day {
	for n > 0 {
		if from = from.Add(1); c.Working(from) {
			n--
		}
	}
	return from
}

func TestNoStepLeavesTheCourse(t *testing.T) {
	t.Parallel()
	visited := map[application.State]bool{}
	rapid.Check(t, func(t *rapid.T) {
		w := begin(t)
		if w.a.State = rapid.SampledFrom(application.Course).Draw(t, "from").State; w.a.State == application.Reviewed {
			w.a.Reviewer = "chen"
		}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.office.Today = w.office.Today.Add(rapid.IntRange(0, 3).Draw(t, "days"))
			step := rapid.SampledFrom(likely(w.a.State)).Draw(t, "step")
			before := w.a
			err := step.run(t, w)
			if err != nil {
				if d := cmp.Diff(before, w.a); d != "" {
					t.Fatalf("%s was refused in %s and still changed the case:\n%s", step.act, before.State, d)
				}
				continue
			}
			visited[w.a.State] = true
			follows(t, before, step, w)
		}
	})
	if len(visited) < 14 { // of 18; which ones a run meets is chance
		t.Errorf("the walks came to %d states only: %v", len(visited), visited)
	}
}

// likely is the steps that are possible, mostly, and all the others too, so that walks come far and still try what is wrong.
func likely(s application.State) []try {
	out := slices.Clone(tries)
	for _, t := range tries {
		if slices.Contains(s.Steps(), t.act) && t.act != access.ApplicationWithdraw && t.act != access.ApplicationVoid && t.act != access.ApplicationDecline {
			for range 12 {
				out = append(out, t)
			}
		}
	}
	return out
}

// follows checks a step that was taken: on the course, dated today, with the limit that policy sets.
func follows(t *rapid.T, before application.Application, step try, w *walk) {
	stage := before.State.Stage()
	i := slices.IndexFunc(stage.Steps, func(s application.Step) bool { return s.Act == step.act })
	if i < 0 || !slices.Contains(stage.Steps[i].To, w.a.State) {
		t.Fatalf("%s led from %s to %s", step.act, before.State, w.a.State)
	}
	if !before.State.Open() && w.a.State != before.State { // what ended otherwise than by its card is filed as it is
		t.Fatalf("%s is an end and was left by %s", before.State, step.act)
	}
	if w.a.State != before.State && w.a.Since != w.office.Today {
		t.Fatalf("%s: since %s, today %s", step.act, w.a.Since, w.office.Today)
	}
	if key := w.a.State.Stage().Limit; step.clocked && key != "" {
		if want := limit(w.office.Calendar, w.office.Today, w.office.Policy.Count(key)); w.a.Due != want {
			t.Fatalf("%s on %s: due %s, want %s", step.act, w.office.Today, w.a.Due, want)
		}
	}
	if !w.a.State.Open() && w.a.Due != "" {
		t.Fatalf("%s is over and due on %s", w.a.State, w.a.Due)
	}
	if step.act == access.ApplicationApprove && w.a.Reviewer == "" {
		t.Fatalf("approved without a review")
	}
}

// An ended case is filed at most, and that leaves it as it is.
func TestAnEndedCaseTakesNoStep(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := begin(t)
		w.a.State = rapid.SampledFrom(ends).Draw(t, "end")
		before := w.a
		step := rapid.SampledFrom(tries).Draw(t, "step")
		if err := step.run(t, w); err == nil && step.act != access.ApplicationFile || !cmp.Equal(before, w.a) {
			t.Fatalf("%s was taken in %s: %v", step.act, before.State, err)
		}
	})
}
