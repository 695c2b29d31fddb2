package internal_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestTheSecurityPageNamesTestsThatExist(t *testing.T) {
	t.Parallel()
	tr := house(t)
	report(t, unknownTests(tr, "docs/security.md"))
	met := 0
	for line := range strings.Lines(text(tr, "docs/security.md")) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 {
			continue
		}
		if state := strings.TrimSpace(cells[2]); state == "met" || state == "符合" {
			met++
			if !strings.Contains(cells[4], "`") {
				t.Errorf("nothing shows %s", strings.TrimSpace(cells[1]))
			}
		}
	}
	if met < 15 {
		t.Errorf("only %d rows are met: is the table still read?", met)
	}
}

var testForm = regexp.MustCompile("`((?:internal|cmd|test)[a-z0-9/]*)\\.((?:Test|Fuzz)[A-Za-z0-9]+)`")

// unknownTests are the tests that a paper names and nobody wrote.
func unknownTests(tr tree, paper string) []string {
	var out []string
	tests := testsIn(tr)
	for _, m := range testForm.FindAllStringSubmatch(text(tr, paper), -1) {
		if !tests[m[1]+"."+m[2]] {
			out = append(out, fmt.Sprintf("%s: there is no test %s.%s", paper, m[1], m[2]))
		}
	}
	return out
}

func TestUnknownTestsOfAPaperAreCaught(t *testing.T) {
	t.Parallel()
	tr := model(t, map[string]string{
		"internal/a/a_test.go": "package a\n\nfunc TestThere() {}\n\nfunc FuzzThere() {}\n",
		"docs/security.md":     "| x | met | y | `internal/a.TestThere`, `internal/a.FuzzThere`, `internal/a.TestGone`, `internal/b.TestThere` |\n",
	})
	got := strings.Join(unknownTests(tr, "docs/security.md"), "\n")
	if !strings.Contains(got, "internal/a.TestGone") || !strings.Contains(got, "internal/b.TestThere") || strings.Contains(got, "a.TestThere") || strings.Contains(got, "Fuzz") {
		t.Errorf("%s", got)
	}
}
