package archive_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/region"
)

const county region.Code = "533103"

func rules(values ...policy.Value) policy.Set { return policy.Book(values).At(county, "2020-04-01") }

// TestNumbersAreMadeByTheRuleOfThePlace is DA/T 13: the parts are configured, and no two files of a series get one number.
func TestNumbersAreMadeByTheRuleOfThePlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, fonds, term, want string
	}{
		{"", "", "", "533103-CJ·2020-D30-0007"},
		{"", "X012", "Y", "X012-CJ·2020-Y-0007"},
		{"{年度}/{件号}", "", "", "2020/0007"},
		{"卷{期限}", "", "D10", "卷D10-0007"},
	} {
		var book []policy.Value
		for k, v := range map[policy.Key]string{policy.FileNumber: c.pattern, policy.FileFonds: c.fonds, policy.FileTerm: c.term} {
			if v != "" {
				book = append(book, policy.Value{Key: k, Region: "53", Effective: "2020-01-01", Value: v})
			}
		}
		if got := archive.Number(archive.Series(rules(book...), county, 2020), 7); got != c.want {
			t.Errorf("%q: %s, want %s", c.pattern, got, c.want)
		}
	}
}

func TestAPaperWithAMarkIsLacking(t *testing.T) {
	t.Parallel()
	items := []archive.Item{{Application: "a", Kind: archive.Form, Title: "申请表", Origin: archive.Scan, Hash: "11"}, {Application: "a", Kind: archive.Form, Title: "申请表", Origin: archive.Scan, Hash: "11"},
		{Application: "a", Kind: archive.Decision, Title: "决定书", Day: "2020-04-01", Number: "1", Origin: archive.Born}}
	names := archive.Names(items)
	if names[0] == names[1] || names[2] == "" {
		t.Fatalf("names %q", names)
	}
	m := archive.Mark{Application: "a", Paper: names[1], Flaw: archive.Unreadable, Reason: "下半页全黑"}
	if err := m.Check(items); err != nil || m.Kind != archive.Form || m.Title != "申请表" {
		t.Fatalf("%+v %v", m, err)
	}
	for what, bad := range map[string]archive.Mark{"no such paper": {Application: "b", Paper: names[0], Flaw: archive.Wrong, Reason: "x"}, "no flaw": {Application: "a", Paper: names[0], Reason: "x"},
		"no reason": {Application: "a", Paper: names[0], Flaw: archive.Wrong}} {
		if err := bad.Check(items); fault.Of(err) != fault.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	archive.Marked(items, []archive.Mark{m})
	lacking := archive.Lacking([]archive.Kind{archive.Form, archive.Notice}, items)
	if !slices.Equal(lacking, []archive.Lack{"form:unreadable", "notice"}) || archive.Words(lacking) != "申请表（无法辨认）、公示" {
		t.Errorf("lacking %v: %s", lacking, archive.Words(lacking))
	}
	if err := m.Lift(" ", "某某", "2020-04-02"); fault.Of(err) != fault.Invalid {
		t.Errorf("lifted without a reason: %v", err)
	}
	if err := m.Lift("已重新扫描", "某某", "2020-04-02"); err != nil || m.Lifter != "某某" {
		t.Error(err)
	}
	if err := m.Lift("再来", "某某", "2020-04-02"); fault.Of(err) != fault.Refused {
		t.Errorf("lifted twice: %v", err)
	}
}

func TestWhatIsLackingIsNamed(t *testing.T) {
	t.Parallel()
	must := []archive.Kind{archive.Receipt, archive.Form, archive.Assessment}
	lacking := archive.Lacking(must, []archive.Item{{Kind: archive.Assessment}, {Kind: archive.Notice}})
	if !slices.Equal(lacking, []archive.Lack{"form", "receipt"}) {
		t.Errorf("lacking %v", lacking)
	}
	if err := (archive.Filing{}).Check(lacking); fault.Of(err) != fault.Invalid {
		t.Errorf("filed without a reason: %v", err)
	}
	if err := (archive.Filing{Reason: "原件遗失"}).Check(lacking); err != nil {
		t.Error(err)
	}
	if err := (archive.Filing{}).Check(nil); err != nil {
		t.Error(err)
	}
}

func TestABoxTakesFilesInOrderUntilItIsFull(t *testing.T) {
	t.Parallel()
	b := archive.Box{ID: "b", Term: archive.Thirty, Holds: 2}
	var d [3]archive.Dossier
	for i := range d {
		d[i].Term = archive.Thirty
		err := b.Put(&d[i])
		if i < 2 && (err != nil || d[i].Order != i+1 || d[i].Box != "b") || i == 2 && fault.Of(err) != fault.Refused {
			t.Errorf("file %d: %+v %v", i, d[i], err)
		}
	}
	other := archive.Dossier{Term: archive.Forever}
	if err := (&archive.Box{Term: archive.Thirty, Holds: 9}).Put(&other); fault.Of(err) != fault.Refused {
		t.Errorf("another term: %v", err)
	}
}

func TestFilesAreKeptAsLongAsTheirTermSays(t *testing.T) {
	t.Parallel()
	for term, want := range map[archive.Term]day.Day{archive.Forever: "", archive.Thirty: "2050-02-28", archive.Ten: "2030-02-28"} {
		d := archive.Dossier{Term: term, Closed: "2020-02-29"}
		if got := d.Ends(); got != want {
			t.Errorf("%s: %s, want %s", term, got, want)
		}
	}
}

// TestALoanHasOneWayOutAndBack drives a loan and its file with random steps: a file is out exactly while one loan of it is lent, and nobody grants what
// he asked for.
func TestALoanHasOneWayOutAndBack(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		l, d := archive.Loan{State: archive.Asked, AskedBy: "a"}, archive.Dossier{State: archive.Shelved}
		for range 8 {
			was := l
			var err error
			switch r.IntN(4) {
			case 0:
				err = l.Decide([]string{"a", "b"}[r.IntN(2)], "乙", r.IntN(2) == 0, []string{"", "不宜外借"}[r.IntN(2)])
			case 1:
				err = l.Take(&d, "2020-04-01", day.Calendar{}, rules())
			case 2:
				err = l.Return(&d, "2020-04-02")
			case 3:
				err = l.Decide("a", "甲", true, "")
				if err == nil {
					t.Fatal("granted by whoever asked")
				}
			}
			if err != nil && l.State != was.State {
				t.Fatalf("refused and moved from %s to %s", was.State, l.State)
			}
			if (l.State == archive.Lent) != (d.State == archive.Out) {
				t.Fatalf("loan %s, file %s", l.State, d.State)
			}
			if l.State == archive.Denied && l.Answer == "" {
				t.Fatal("denied without a reason")
			}
		}
	}
}

func TestALoanIsLateAfterItsLastDay(t *testing.T) {
	t.Parallel()
	l, d := archive.Loan{State: archive.Granted}, archive.Dossier{State: archive.Shelved}
	if err := l.Take(&d, "2020-04-01", day.Calendar{}, rules()); err != nil {
		t.Fatal(err)
	}
	if l.Due != "2020-04-15" || l.Late(l.Due) || !l.Late(l.Due.Add(1)) {
		t.Errorf("due %s", l.Due)
	}
}

// TestACountFindsWhatIsMissingAndWhatIsStrange: files that are lent are not missed; a number read twice counts once.
func TestACountFindsWhatIsMissingAndWhatIsStrange(t *testing.T) {
	t.Parallel()
	box := []archive.Dossier{{No: "1", State: archive.Shelved}, {No: "2", State: archive.Shelved}, {No: "3", State: archive.Out}}
	s := archive.Count(box, strings.Fields("1 1 9 9"))
	if s.Found != 1 || !slices.Equal(s.Missing, []string{"2"}) || !slices.Equal(s.Strange, []string{"9"}) {
		t.Errorf("%+v", s)
	}
}

func TestPapersAndPlacesAreChecked(t *testing.T) {
	t.Parallel()
	good := archive.Item{Kind: archive.Form, Title: "申请表", Day: "2020-04-01", Pages: 2}
	for name, change := range map[string]func(*archive.Item){
		"kind": func(i *archive.Item) { i.Kind = "x" }, "title": func(i *archive.Item) { i.Title = " " }, "day": func(i *archive.Item) { i.Day = "2020-04-02" },
		"pages": func(i *archive.Item) { i.Pages = 0 }, "author": func(i *archive.Item) { i.Author = strings.Repeat("长", 41) },
	} {
		i := good
		change(&i)
		if err := i.Check("2020-04-01"); fault.Of(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := good.Check("2020-04-01"); err != nil {
		t.Error(err)
	}
	var b archive.Box
	if err := b.Stand("1 号库", " ", "2 层"); fault.Of(err) != fault.Invalid {
		t.Errorf("a box without a rack: %v", err)
	}
	if err := b.Stand("1 号库", "3 架", "2 层"); err != nil || b.Place() != "1 号库 3 架 2 层" {
		t.Errorf("%q, %v", b.Place(), err)
	}
}
