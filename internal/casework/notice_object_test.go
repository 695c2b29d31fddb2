package casework_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

var doubt = announcement.Objection{Name: "测试邻居", Phone: "13900000002", Text: "此人行走正常，请再核实。"}

func TestObjectionStopsTheNoticeUntilItIsDismissed(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		id, a, _ := hung(t, o, desk) // until 2020-04-09
		n, err := desk.PublicNotice(t.Context(), access.Anybody("192.0.2.7"), id)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"533103-2020-Y0001", "533103-2020-Y0002"} { // several people may object to one case
			no, err := desk.ObjectNotice(t.Context(), access.Anybody("192.0.2.7"), id, n.Rows[0].Key, doubt)
			if no != want || err != nil {
				t.Errorf("receipt %d is %q: %v", i, no, err)
			}
		}
		due := read(t, o, a.ID).Due
		o.Wait(1)
		if err := desk.ObjectApplication(t.Context(), testbed.As(access.Township), a.ID, doubt); err != nil {
			t.Error(err)
		}
		if got := read(t, o, a.ID); got.State != application.Disputed || got.Due != due {
			t.Errorf("%s until %s, not %s", got.State, got.Due, due)
		}
		o.Until("2020-04-20")
		if n, err := desk.CloseNotices(t.Context(), access.Program()); n != 0 || err != nil {
			t.Errorf("the round closed %d disputed cases: %v", n, err)
		}
		if err := desk.ResolveObjection(t.Context(), testbed.As(access.Reviewer), a.ID, application.Dismissed, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("decided without a reason: %v", err)
		}
		if err := desk.ResolveObjection(t.Context(), testbed.As(access.Reviewer), a.ID, application.Dismissed, "经复核无误"); err != nil {
			t.Fatal(err)
		}
		if got := read(t, o, a.ID); got.State != application.Announced || got.Due != "2020-04-20" {
			t.Errorf("dismissed into %s until %s", got.State, got.Due)
		}
		f, err := desk.Application(t.Context(), testbed.As(access.Reviewer), a.ID)
		if err != nil || len(f.Objections) != 3 {
			t.Fatalf("%d objections: %v", len(f.Objections), err)
		}
		for _, k := range f.Objections {
			if k.Decision != "dismissed" || k.Decided != "2020-04-20" || k.Reason != "经复核无误" {
				t.Errorf("left undecided: %+v", k)
			}
		}
		o.Wait(1)
		if n, err := desk.CloseNotices(t.Context(), access.Program()); n != 1 || err != nil {
			t.Errorf("the round closed %d: %v", n, err)
		}
	})
}

func TestDismissedObjectionLeavesTheLastDay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		_, a, _ := hung(t, o, desk)
		if err := desk.ObjectApplication(t.Context(), testbed.As(access.Clerk), a.ID, doubt); err != nil {
			t.Fatal(err)
		}
		if err := desk.ResolveObjection(t.Context(), testbed.As(access.Approver), a.ID, application.Dismissed, "经复核无误"); err != nil {
			t.Fatal(err)
		}
		if got := read(t, o, a.ID); got.Due != "2020-04-09" {
			t.Errorf("the notice ends on %s", got.Due)
		}
	})
}

func TestObjectionThatHoldsRefusesWithALetter(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		id, a, _ := hung(t, o, desk)
		if err := desk.ObjectApplication(t.Context(), testbed.As(access.Clerk), a.ID, doubt); err != nil {
			t.Fatal(err)
		}
		if err := desk.ResolveObjection(t.Context(), testbed.As(access.Reviewer), a.ID, application.Upheld, "经复核不符合标准"); err != nil {
			t.Fatal(err)
		}
		f, err := desk.Application(t.Context(), testbed.As(access.Reviewer), a.ID)
		if err != nil || f.Case.Application.State != application.Refused || len(f.Letters) != 1 || f.Letters[0].Reason != "经复核不符合标准" || f.Letters[0].No == "" {
			t.Errorf("%s with letters %+v: %v", f.Case.Application.State, f.Letters, err)
		}
		if n, err := desk.PublicNotice(t.Context(), access.Anybody(""), id); err != nil || len(n.Rows) != 0 {
			t.Errorf("still published: %+v, %v", n.Rows, err)
		}
	})
}

func TestDoubtfulCaseIsExaminedAgain(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		id, a, _ := hung(t, o, desk)
		if err := desk.ObjectApplication(t.Context(), testbed.As(access.Clerk), a.ID, doubt); err != nil {
			t.Fatal(err)
		}
		if err := desk.ResolveObjection(t.Context(), testbed.As(access.Reviewer), a.ID, application.Reassess, "请再评定"); err != nil {
			t.Fatal(err)
		}
		if got := read(t, o, a.ID); got.State != application.Accepted || got.Notice != "" || got.Category != "" {
			t.Errorf("%+v", got)
		}
		if n, err := desk.Notice(t.Context(), testbed.As(access.Clerk), id); err != nil || len(n.Rows) != 0 {
			t.Errorf("stands in the list: %+v, %v", n.Rows, err)
		}
	})
}

func TestObjectionNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		id, a, _ := hung(t, o, desk)
		_, err := desk.ObjectNotice(t.Context(), access.Anybody(""), id, "nobody", announcement.Objection{Text: "不对", Phone: "12", Name: strings.Repeat("长", 41)})
		var names []string
		for _, f := range fault.Fields(err) {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != "row text name phone" {
			t.Errorf("wrong are %q: %v", got, err)
		}
		if got := state(t, o, a.ID); got != application.Announced {
			t.Errorf("a wrong objection moved the case to %s", got)
		}
		o.Until("2020-04-10")
		if _, err := desk.ObjectNotice(t.Context(), access.Anybody(""), id, "nobody", doubt); fault.Of(err) != fault.Missing {
			t.Errorf("objected after the last day: %v", err)
		}
	})
}

func TestObjectorIsKnownOnlyToThoseWhoDecide(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		_, a, _ := hung(t, o, desk)
		if err := desk.ObjectApplication(t.Context(), testbed.As(access.Clerk), a.ID, doubt); err != nil {
			t.Fatal(err)
		}
		for role, want := range map[access.Role][2]string{
			access.Reviewer: {doubt.Name, doubt.Text}, access.Township: {"测**居", doubt.Text}, access.Village: {"", ""},
		} {
			f, err := desk.Application(t.Context(), testbed.As(role), a.ID)
			if err != nil || len(f.Objections) != 1 {
				t.Fatalf("%s: %v", role, err)
			}
			if got := [2]string{f.Objections[0].Name, f.Objections[0].Text}; got != want {
				t.Errorf("%s sees %q, not %q", role, got, want)
			}
		}
	})
}

// The office stood still for twenty days: one round does what was missed, in portions, and a second one finds nothing.
func TestRoundCatchesUpAfterAnOutage(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		var ids []application.ID
		for range 3 {
			_, a, _ := hung(t, o, desk)
			ids = append(ids, a.ID)
		}
		o.Wait(20)
		_, running, _ := hung(t, o, desk)
		if n, err := desk.CloseNotices(t.Context(), access.Program()); n != len(ids) || err != nil {
			t.Errorf("the round closed %d of %d: %v", n, len(ids), err)
		}
		for _, id := range ids {
			if got := state(t, o, id); got != application.Review {
				t.Errorf("a case was left as %s", got)
			}
		}
		if got := state(t, o, running.ID); got != application.Announced {
			t.Errorf("the running one is %s", got)
		}
		if n, err := desk.CloseNotices(t.Context(), access.Program()); n != 0 || err != nil {
			t.Errorf("a second round closed %d: %v", n, err)
		}
	})
}

// One round takes more cases than one transaction holds.
func TestRoundGoesOnAfterAFullPortion(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		o.Update(t, access.Township, func(tx *store.Tx) error {
			for i := range 201 {
				p := person.Person{ID: person.ID(id.New()), Region: testbed.Village, Name: "测试", Number: person.MakeNumber("533199", day.Day("1961-05-04").Add(i), 1)}
				p.Fill()
				if err := tx.AddPerson(access.ApplicationOpen, p); err != nil {
					return err
				}
				if err := tx.AddApplication(application.Application{ID: application.ID(id.New()), Region: p.Region, Person: p.ID, Matter: application.New,
					Origin: application.Counter, State: application.Announced, Since: o.Today(), Due: o.Today(), Opened: o.Today()}); err != nil {
					return err
				}
			}
			return nil
		})
		o.Wait(1)
		if n, err := desk.CloseNotices(t.Context(), access.Program()); n != 201 || err != nil {
			t.Errorf("the round closed %d: %v", n, err)
		}
	})
}

func TestPublicGuideSpeaksOfThePlace(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		if g, err := desk.Guide(t.Context(), access.Anybody(""), ""); err != nil || g.Region != "" {
			t.Errorf("an office without cases guides to %q: %v", g.Region, err)
		}
		assessed(t, o, o.Person(t), certificate.Physical)
		if g, err := desk.Guide(t.Context(), access.Anybody(""), ""); err != nil || g.Region != testbed.County || g.Office.Name == "" {
			t.Errorf("guides to %q, %q: %v", g.Region, g.Office.Name, err)
		}
		b, err := desk.PublicNotices(t.Context(), access.Anybody(""), "")
		if err != nil || b.Region != testbed.County || len(b.Notices) != 0 {
			t.Errorf("an empty board: %+v, %v", b, err)
		}
		hung(t, o, desk)
		if b, err = desk.PublicNotices(t.Context(), access.Anybody(""), testbed.Township); err != nil || len(b.Notices) != 1 {
			t.Errorf("%d notices: %v", len(b.Notices), err)
		}
	})
}
