package look

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"hefa/internal/fault"
)

// demo makes the test write the demonstration pages to a folder, for front/look.mjs to photograph.
var demo = flag.String("demo", "", "write the demonstration pages to this folder")

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	ids    = regexp.MustCompile(`\bid="([^"]*)"`)
	places = regexp.MustCompile(`\b(?:for|aria-describedby|data-for)="([^"]*)"|href="#([^"]*)"`)
	inline = regexp.MustCompile(`(?i)<style|\sstyle=|<script>|\son[a-z]+=|javascript:`)
)

func TestEveryDemonstrationPageHangsTogether(t *testing.T) {
	t.Parallel()
	for name, c := range pages() {
		page := render(t, c)
		if *demo != "" {
			if err := os.WriteFile(filepath.Join(*demo, name+".html"), []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if strings.Contains(page, "⟦") {
			t.Errorf("%s: a word is missing from the catalogue", name)
		}
		if strings.Contains(page, `aria-describedby=""`) {
			t.Errorf("%s: a field is described by nothing", name)
		}
		if m := inline.FindString(page); m != "" {
			t.Errorf("%s: %q would be refused by the Content-Security-Policy", name, m)
		}
		known := map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(page, -1) {
			if known[m[1]] {
				t.Errorf("%s: the id %q stands twice", name, m[1])
			}
			known[m[1]] = true
		}
		for _, m := range places.FindAllStringSubmatch(page, -1) {
			for id := range strings.FieldsSeq(m[1] + " " + m[2]) {
				if !known[id] {
					t.Errorf("%s: nothing has the id %q that is pointed to", name, id)
				}
			}
		}
	}
}

func TestWhatPeopleTypeIsEscaped(t *testing.T) {
	t.Parallel()
	const evil = `"><script>alert(1)</script>`
	wrong := Problems{{Name: "n", Key: "look.today", Args: []any{evil}}}
	f := Field{Name: "n", Label: evil, Hint: evil}
	for name, c := range map[string]templ.Component{
		"text": Text(Input{Field: f, Value: evil, Suffix: evil}, wrong), "area": Textarea(Area{Field: f, Value: evil}, wrong), "summary": Summary(wrong),
		"select": Select(Choice{Field: f, Options: []Option{{Value: evil, Text: evil}}}, wrong), "page": Layout(Page{Title: evil, Flash: evil, Caption: evil}),
		"cell": List(Table{Caption: evil, Columns: []Column{{Text: evil}}, Rows: []Row{{Label: evil, Cells: []Cell{{Text: evil, Note: evil}}}}}),
		"link": Buttons(Link{Text: evil, Href: evil}, Button{Text: evil, Name: evil, Value: evil}), "details": Details([]Detail{{Key: evil, Value: evil}}),
	} {
		if out := render(t, c); strings.Contains(out, "<script>alert") {
			t.Errorf("%s lets a script through: %s", name, out)
		}
	}
	if out := render(t, Buttons(Link{Text: "x", Href: "javascript:alert(1)"})); strings.Contains(out, "javascript:") {
		t.Errorf("a script hides in an address: %s", out)
	}
}

func TestTheSummaryLinksToTheFirstButtonOfAField(t *testing.T) {
	t.Parallel()
	wrong := Problems{{Name: "findings[0].level", Key: "form.invalid"}}
	out := render(t, Summary(wrong)) + render(t, Radios(Choice{Field: Field{Name: "findings[0].level", Label: "等级"}, Options: []Option{{Value: "1", Text: "一级"}, {Value: "2", Text: "二级"}}}, wrong))
	for _, want := range []string{`href="#f-findings-0--level"`, `id="f-findings-0--level" name="findings[0].level"`, `id="f-findings-0--level-1"`, `id="f-findings-0--level-error"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing in %s", want, out)
		}
	}
}

func TestFindTellsAFaultWithoutFieldsAtTheTop(t *testing.T) {
	t.Parallel()
	var wrong fault.Problems
	wrong.Add("name", "form.invalid")
	if got := Find(wrong.Fault()); len(got) != 1 || got[0].Name != "name" || got.Of("name") == "" || got.Of("other") != "" {
		t.Errorf("Find(fields) = %v", got)
	}
	if got := Find(fault.New(fault.Refused, "record.stale")); len(got) != 1 || got[0].Name != "" {
		t.Errorf("Find(refused) = %v", got)
	}
	if got := Find(os.ErrNotExist); got != nil {
		t.Errorf("Find(defect) = %v", got)
	}
}

func TestTheTitleSaysFirstThatSomethingIsWrong(t *testing.T) {
	t.Parallel()
	out := render(t, Layout(Page{Title: "登记申请", Problems: Problems{{Name: "x", Key: "form.invalid"}}}))
	if !strings.Contains(out, "<title>错误：登记申请 - 核发</title>") {
		t.Errorf("title: %s", out[:400])
	}
}

func TestAPasswordIsNeverSentBack(t *testing.T) {
	t.Parallel()
	if out := render(t, Password(Field{Name: "p", Label: "密码"}, "current-password", nil)); strings.Contains(out, "value=") {
		t.Error(out)
	}
}

func TestProgressStopsAskingWhenItIsOver(t *testing.T) {
	t.Parallel()
	p := Progress{ID: "x", Label: "导入", Done: 7, Total: 9, Poll: "/x"}
	if out := render(t, Bar(p)); !strings.Contains(out, `data-poll="/x"`) || !strings.Contains(out, `max="9" value="7"`) {
		t.Error(out)
	}
	p.Over = true
	if out := render(t, Bar(p)); strings.Contains(out, "data-poll") {
		t.Error(out)
	}
}
