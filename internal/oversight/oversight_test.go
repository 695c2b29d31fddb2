package oversight_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"reflect"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/org"
	"hefa/internal/oversight"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/watch"
)

// grades is n findings of one doctor of a hospital on a day, all of a level.
type grades struct {
	n        int
	hospital org.ID
	level    certificate.Level
	on       day.Day
	before   certificate.Level
	where    region.Code
}

func (g grades) enter(t *testing.T, o *testbed.Office) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		for i := range g.n {
			a := application.Application{ID: application.ID(fmt.Sprintf("case-%s-%s-%s-%d", g.hospital, g.level, g.on, i)), Region: g.where}
			f := assessment.Finding{Category: certificate.Physical, Level: g.level, Meets: g.level != "", Doctor: testbed.As(access.Doctor).Account, Suggested: certificate.Third,
				Outcome: grading.Outcome("met")}
			graded := store.Graded{Assessment: string(a.ID), Hospital: g.hospital}
			if g.before != "" {
				graded.Before = []certificate.Grade{{Category: certificate.Physical, Level: g.before}}
			}
			if err := tx.AddGrades(a, graded, assessment.Conclusion{Findings: []assessment.Finding{f}, On: g.on}); err != nil {
				return err
			}
		}
		return nil
	})
}

var (
	own   = org.ID(testbed.As(access.Doctor).Org)
	other = org.ID(testbed.Stranger(access.Doctor).Org)
)

func TestAHospitalThatGradesMoreSeverelyStandsOutWithItsCases(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := oversight.New(o.DB), testbed.As(access.Approver)
		if g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{}); err != nil || len(g.Units) != 0 || g.Dimension != watch.Hospital || g.From != "2019-04-02" || g.To != "2020-04-01" {
			t.Fatalf("of nothing: %+v, %v", g, err)
		}
		for _, g := range []grades{{40, own, "3", "2020-03-02", "4", testbed.Village}, {40, own, "4", "2020-03-03", "", testbed.Village}, {20, own, "2", "2020-03-03", "", testbed.Village},
			{60, other, "1", "2020-03-02", "2", testbed.Village}, {10, other, "3", "2020-03-02", "3", testbed.Village}, {5, other, "", "2020-03-04", "", testbed.Village},
			{7, other, "1", "2018-03-04", "", testbed.Village}} {
			g.enter(t, o)
		}
		g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{})
		if err != nil || len(g.Units) != 2 {
			t.Fatalf("%+v, %v", g, err)
		}
		severe, mild := g.Units[0], g.Units[1]
		if severe.Key != string(other) {
			severe, mild = mild, severe
		}
		if severe.Mark != watch.FarHigh || mild.Mark != watch.FarLow || severe.Base != 70 || severe.Events != 60 || severe.Found != 75 || mild.Levels != [4]int{0, 20, 40, 40} ||
			severe.Busiest != 70 || mild.Busiest != 60 || g.Base != 170 || g.Events != 80 || g.Names[severe.Key] == "" {
			t.Errorf("%+v\n%+v\n%+v", g.Funnel, severe, mild)
		}
		for m, want := range map[watch.Measure][2]int{watch.Met: {175, 170}, watch.Upgraded: {110, 100}, watch.Differs: {175, 125}} {
			g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{Measure: m})
			if err != nil || g.Base != want[0] || g.Events != want[1] {
				t.Errorf("%s: %d of %d, %v", m, g.Events, g.Base, err)
			}
		}
		for d, want := range map[watch.Dimension]string{watch.Doctor: testbed.As(access.Doctor).Name, watch.Category: "肢体", watch.County: "芒市", watch.Township: "风平镇"} {
			g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{Dimension: d})
			if err != nil || len(g.Units) != 1 || g.Names[g.Units[0].Key] != want {
				t.Errorf("by %s: %+v, %v", d, g.Names, err)
			}
		}
		cases, err := desk.GradeCases(t.Context(), by, oversight.GradeFilter{}, string(other))
		if err != nil || len(cases.Cases) != 60 || cases.Cases[0].Level != "1" || cases.Cases[0].Before != "2" || cases.Name == "" || cases.Places[string(testbed.Township)] != "风平镇" {
			t.Errorf("%d cases, %+v, %v", len(cases.Cases), cases.Name, err)
		}
		if none, err := desk.GradeCases(t.Context(), by, oversight.GradeFilter{}, "' OR 1=1 --"); err != nil || len(none.Cases) != 0 {
			t.Errorf("of nobody: %+v, %v", none, err)
		}
		var book bytes.Buffer
		if err := desk.ExportGrades(t.Context(), by, oversight.GradeFilter{}, sheet.Out{To: &book, As: sheet.XLSX}); err != nil {
			t.Fatal(err)
		}
		read, err := excelize.OpenReader(&book)
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := read.GetRows(read.GetSheetName(0)); err != nil || len(rows) != 4 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
}

func TestShortAssessmentsStandOutWithTheirMedianAndTheirCases(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			for i := range 60 {
				hospital, doctor, took := own, testbed.As(access.Doctor).Account, time.Duration(10+i%3)*time.Minute // 10, 11, 12, 10, …
				if i%2 == 0 {
					hospital, doctor, took = other, testbed.Stranger(access.Doctor).Account, time.Duration(i%4+59)*time.Second // 59, 61, 59, …
				}
				g := store.Graded{Assessment: fmt.Sprint("a-", i), Hospital: hospital, Spent: map[string]time.Duration{doctor: took}}
				if i > 55 {
					g.Spent = nil
				}
				f := assessment.Finding{Category: certificate.Physical, Level: "3", Meets: true, Doctor: doctor}
				if err := tx.AddGrades(application.Application{ID: application.ID(g.Assessment), Region: testbed.Village}, g, assessment.Conclusion{Findings: []assessment.Finding{f}, On: "2020-03-02"}); err != nil {
					return err
				}
			}
			return nil
		})
		desk, by := oversight.New(o.DB), testbed.As(access.Approver)
		g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{Measure: watch.Quick})
		if err != nil || g.Quick != 5 || g.Base != 56 || g.Events != 28 || len(g.Units) != 2 {
			t.Fatalf("%+v, %v", g, err)
		}
		for _, u := range g.Units {
			want, mark := watch.Tally{Timed: 28, Quick: 28, Median: 60}, watch.FarHigh
			if u.Key == string(own) {
				want, mark = watch.Tally{Timed: 28, Median: 660}, watch.FarLow
			}
			if u.Timed != want.Timed || u.Tally.Quick != want.Quick || u.Median != want.Median || u.Mark != mark {
				t.Errorf("%s: %+v", u.Key, u)
			}
		}
		if c, err := desk.GradeCases(t.Context(), by, oversight.GradeFilter{Measure: watch.Quick}, string(other)); err != nil || len(c.Cases) != 28 || c.Cases[0].Seconds >= 300 {
			t.Errorf("%d cases behind it, %v", len(c.Cases), err)
		}
		o.Policy(t, policy.ExamQuick, "1")
		if g, err = desk.Grades(t.Context(), by, oversight.GradeFilter{Measure: watch.Quick, Dimension: watch.Doctor}); err != nil || g.Quick != 1 || g.Events != 14 {
			t.Errorf("below a minute: %d, %v", g.Events, err)
		}
	})
}

func TestClustersOfADayAndRelativesAreCountedWithTheirCases(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for _, g := range []grades{{11, own, "3", "2020-03-02", "", testbed.Village}, {9, own, "3", "2020-03-03", "", testbed.Village}, {10, own, "", "2020-03-04", "", testbed.Village},
			{5, other, "1", "2020-03-02", "", testbed.Village}, {5, other, "2", "2020-03-02", "", testbed.Village}} {
			g.enter(t, o)
		}
		kin := o.Case(t, o.Person(t), application.Assessed)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			f := assessment.Finding{Category: certificate.Hearing, Level: "2", Meets: true, Doctor: testbed.As(access.Doctor).Account}
			return tx.AddGrades(kin, store.Graded{Assessment: "kin", Hospital: own}, assessment.Conclusion{Findings: []assessment.Finding{f}, On: "2020-03-05"})
		})
		desk, by := oversight.New(o.DB), testbed.As(access.Approver)
		if g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{Measure: watch.Kin}); err != nil || g.Base != 41 || g.Events != 0 {
			t.Errorf("nobody declared: %d of %d, %v", g.Events, g.Base, err)
		}
		o.Declare(t, testbed.As(access.Reviewer), kin.Person)
		for m, want := range map[watch.Measure][3]int{watch.Alike: {31, 11, 11}, watch.Kin: {41, 1, 1}} {
			g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{Measure: m})
			if err != nil || g.Base != want[0] || g.Events != want[1] {
				t.Errorf("%s: %d of %d, %v", m, g.Events, g.Base, err)
			}
			if c, err := desk.GradeCases(t.Context(), by, oversight.GradeFilter{Measure: m}, string(own)); err != nil || len(c.Cases) != want[2] {
				t.Errorf("%s: %d cases, %v", m, len(c.Cases), err)
			}
			if c, err := desk.GradeCases(t.Context(), by, oversight.GradeFilter{Measure: m}, string(other)); err != nil || len(c.Cases) != 0 {
				t.Errorf("%s: %d cases of the other, %v", m, len(c.Cases), err)
			}
		}
		o.Policy(t, policy.ExamAlike, "5")
		for _, d := range watch.Dimensions {
			if g, err := desk.Grades(t.Context(), by, oversight.GradeFilter{Measure: watch.Alike, Dimension: d}); err != nil || g.Events != 30 {
				t.Errorf("five of a day by %s: %d, %v", d, g.Events, err)
			}
		}
	})
}

func TestTheCityComparesItsCountiesAndNobodyElses(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		grades{10, own, "3", "2020-03-02", "", testbed.Village}.enter(t, o)
		grades{10, other, "1", "2020-03-02", "", testbed.Elsewhere + "001001"}.enter(t, o)
		desk := oversight.New(o.DB)
		city, err := desk.Grades(t.Context(), testbed.As(access.City), oversight.GradeFilter{Dimension: watch.County})
		if err != nil {
			t.Fatal(err)
		}
		want := 1
		if testbed.As(access.City).Region.Contains(testbed.Elsewhere) {
			want = 2
		}
		if len(city.Units) != want {
			t.Errorf("the city sees %+v", city.Units)
		}
		county, err := desk.Grades(t.Context(), testbed.As(access.Approver), oversight.GradeFilter{Dimension: watch.County})
		if err != nil || len(county.Units) != 1 || county.Units[0].Key != string(testbed.County) {
			t.Errorf("the county sees %+v, %v", county.Units, err)
		}
	})
}

func TestWrongConditionsAreSaid(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := oversight.New(o.DB)
		for field, f := range map[string]oversight.GradeFilter{"by": {Dimension: "x"}, "share": {Measure: "x"}, "from": {From: "2020-04-01", To: "2020-03-01"}} {
			_, err := desk.Grades(t.Context(), testbed.As(access.Approver), f)
			if found := fault.Fields(err); len(found) != 1 || found[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := desk.Grades(t.Context(), testbed.As(access.Clerk), oversight.GradeFilter{}); fault.Of(err) != fault.Forbidden {
			t.Errorf("a clerk watches: %v", err)
		}
		if err := desk.ExportGrades(t.Context(), testbed.As(access.Health), oversight.GradeFilter{}, sheet.Out{To: io.Discard, As: sheet.XLSX}); fault.Of(err) != fault.Forbidden {
			t.Errorf("lists are taken out: %v", err)
		}
	})
}

// borders tries each method of the desk on 芒市 as an approver of the neighbour county.
var borders = map[string]func(ctx context.Context, d *oversight.Desk, by access.Actor) error{
	"Grades": func(ctx context.Context, d *oversight.Desk, by access.Actor) error {
		_, err := d.Grades(ctx, by, oversight.GradeFilter{Region: testbed.County})
		return err
	},
	"GradeCases": func(ctx context.Context, d *oversight.Desk, by access.Actor) error {
		_, err := d.GradeCases(ctx, by, oversight.GradeFilter{Region: testbed.Township}, "x")
		return err
	},
	"ExportGrades": func(ctx context.Context, d *oversight.Desk, by access.Actor) error {
		return d.ExportGrades(ctx, by, oversight.GradeFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for m := range reflect.TypeFor[*oversight.Desk]().Methods() {
			try, ok := borders[m.Name]
			if !ok {
				t.Errorf("%s is not tried as a stranger", m.Name)
			} else if err := try(t.Context(), oversight.New(o.DB), testbed.Stranger(access.Approver)); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", m.Name, err)
			}
		}
	})
}
