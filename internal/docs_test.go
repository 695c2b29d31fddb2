package internal_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestPapersLeadSomewhereAndDecisionsAreWhole(t *testing.T) {
	t.Parallel()
	tr := house(t)
	report(t, deadLinks(tr))
	report(t, halfDecisions(tr))
}

var linkForm = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)

// papers are the Markdown files at the root and below docs.
func papers(tr tree) []string {
	var out []string
	for _, glob := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		names, _ := fs.Glob(tr.fsys, glob)
		out = append(out, names...)
	}
	return out
}

// deadLinks are the links between our papers, pictures and files that lead nowhere.
func deadLinks(tr tree) []string {
	var out []string
	for _, name := range papers(tr) {
		for _, m := range linkForm.FindAllStringSubmatch(text(tr, name), -1) {
			if strings.Contains(m[1], ":") {
				continue
			}
			if _, err := fs.Stat(tr.fsys, path.Join(path.Dir(name), m[1])); err != nil {
				out = append(out, fmt.Sprintf("%s: the link %s leads nowhere", name, m[1]))
			}
		}
	}
	return out
}

// halfDecisions are the decision records that leave out one of their four parts.
func halfDecisions(tr tree) []string {
	var out []string
	names, _ := fs.Glob(tr.fsys, "docs/adr/*.md")
	for _, name := range names {
		for _, part := range []string{"\nStatus: ", "\n## Context\n", "\n## Decision\n", "\n## Consequences\n"} {
			if !strings.Contains(text(tr, name), part) {
				out = append(out, fmt.Sprintf("%s has no %s", name, strings.Trim(part, "\n#: ")))
			}
		}
	}
	return out
}

func TestDeadLinksAndHalfDecisionsAreCaught(t *testing.T) {
	t.Parallel()
	caught(t, deadLinks, []broken{
		{"a neighbour", map[string]string{"README.md": "[a](docs/a.md#b), [c](https://example.org/x)", "docs/a.md": "[up](../README.md)"}, ""},
		{"a page that is gone", map[string]string{"docs/a.md": "[a](b.md)"}, "b.md leads nowhere"},
		{"a picture that is gone", map[string]string{"docs/a.md": "![a](img/b.png \"title\")"}, "img/b.png leads nowhere"},
	})
	caught(t, halfDecisions, []broken{
		{"a whole one", map[string]string{"docs/adr/1.md": "# A\n\nStatus: accepted\n\n## Context\n\n## Decision\n\n## Consequences\n"}, ""},
		{"no context", map[string]string{"docs/adr/1.md": "# A\n\nStatus: accepted\n\n## Decision\n\n## Consequences\n"}, "has no Context"},
		{"no status", map[string]string{"docs/adr/1.md": "# A\n\n## Context\n\n## Decision\n\n## Consequences\n"}, "has no Status"},
	})
}
