package internal_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mostModules is how many Go modules may be used directly.
const mostModules = 31

func TestEveryDependencyHasItsReason(t *testing.T) {
	t.Parallel()
	tr := house(t)
	report(t, unreasoned(tr))
	if used := usedModules(tr); len(used) == 0 || len(used) > mostModules {
		t.Errorf("%d Go modules are used directly, at most %d may be: %v", len(used), mostModules, used)
	}
}

var (
	requireLine = regexp.MustCompile(`(?m)^(?:\t|require )(\S+) v\S+( // indirect)?$`)
	toolLine    = regexp.MustCompile(`(?m)^(?:\t|tool )([\w.-]+\.[\w./-]+)$`)
	reasonLine  = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$")
)

// licences are those that may be linked into the program or served by it.
var licences = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "0BSD", "MPL-2.0", "OFL-1.1"}

// text is a file of the tree, "" when there is none.
func text(tr tree, name string) string {
	b, _ := fs.ReadFile(tr.fsys, name)
	return string(b)
}

// required are the modules in go.mod; true for those that go.mod calls direct.
func required(tr tree) map[string]bool {
	out := map[string]bool{}
	for _, m := range requireLine.FindAllStringSubmatch(text(tr, "go.mod"), -1) {
		out[m[1]] = m[2] == ""
	}
	return out
}

// usedModules are the modules that our own files import, or that go.mod keeps as tools.
func usedModules(tr tree) []string {
	required := required(tr)
	used := map[string]bool{}
	use := func(imp string) {
		if m := moduleOf(imp, required); m != "" {
			used[m] = true
		}
	}
	for _, s := range sourcesOf(tr) {
		for _, imp := range s.imports() {
			use(imp)
		}
	}
	for _, m := range toolLine.FindAllStringSubmatch(text(tr, "go.mod"), -1) {
		use(m[1])
	}
	return slices.Sorted(maps.Keys(used))
}

// moduleOf is the longest module that imp lies in.
func moduleOf(imp string, modules map[string]bool) string {
	best := ""
	for m := range modules {
		if len(m) > len(best) && under(imp, []string{m}) {
			best = m
		}
	}
	return best
}

// packages are what package.json asks for.
func packages(tr tree) []string {
	var p struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(text(tr, "package.json")), &p); err != nil {
		return nil
	}
	return append(slices.Sorted(maps.Keys(p.Dependencies)), slices.Sorted(maps.Keys(p.DevDependencies))...)
}

// unreasoned are the dependencies without a reason, and the reasons without a dependency.
func unreasoned(tr tree) []string {
	var out []string
	required, used := required(tr), append(usedModules(tr), packages(tr)...)
	reasons := map[string]bool{}
	for _, m := range reasonLine.FindAllStringSubmatch(text(tr, "docs/dependencies.md"), -1) {
		name := m[1]
		if reasons[name] {
			out = append(out, fmt.Sprintf("docs/dependencies.md: %s stands twice", name))
		}
		reasons[name] = true
		if !slices.Contains(licences, strings.TrimSpace(m[2])) {
			out = append(out, fmt.Sprintf("docs/dependencies.md: %s: the licence %s is not in the list of this test", name, m[2]))
		}
		if _, known := required[name]; !slices.Contains(used, name) && !(known && !tidied(required)) {
			out = append(out, fmt.Sprintf("docs/dependencies.md: nothing uses %s", name))
		}
	}
	for _, name := range used {
		if !reasons[name] {
			out = append(out, fmt.Sprintf("docs/dependencies.md has no reason for %s", name))
		}
	}
	return out
}

// tidied says whether go.mod tells direct modules from the rest; before its first tidying it calls every module indirect.
func tidied(required map[string]bool) bool {
	return slices.Contains(slices.Collect(maps.Values(required)), true)
}

func TestUnreasonedDependenciesAreCaught(t *testing.T) {
	t.Parallel()
	const mod = "module hefa\n\nrequire (\n\texample.org/a/v2 v2.0.0\n\texample.org/b v1.0.0 // indirect\n\texample.org/lint v1.0.0\n)\n\ntool example.org/lint/cmd/lint\n"
	const doc = "| `example.org/a/v2` | MIT | x | y |\n| `example.org/lint` | MIT | x | y |\n| `left-pad` | MIT | x | y |\n"
	files := func(doc string, imports ...string) map[string]string {
		body := "package web\n"
		for _, i := range imports {
			body += "\nimport _ \"" + i + "\"\n"
		}
		return map[string]string{
			"go.mod": mod, "docs/dependencies.md": doc, "internal/web/a.go": body,
			"package.json": `{"devDependencies": {"left-pad": "1.0.0"}}`,
		}
	}
	caught(t, unreasoned, []broken{
		{"all in step", files(doc, "fmt", "example.org/a/v2/deep"), ""},
		{"an import without a reason", files(doc, "example.org/a/v2", "example.org/b/deep"), "no reason for example.org/b"},
		{"a tool without a reason", files("", "fmt"), "no reason for example.org/lint"},
		{"a package without a reason", files("", "fmt"), "no reason for left-pad"},
		{"a reason for nothing", files(doc, "fmt"), "nothing uses example.org/a/v2"},
		{"a reason for an unknown module", files(doc+"| `example.org/c` | MIT | x | y |\n", "example.org/a/v2"), "nothing uses example.org/c"},
		{"a reason twice", files(doc+doc, "example.org/a/v2"), "stands twice"},
		{"a licence that binds the program", files(strings.Replace(doc, "MIT", "GPL-3.0", 1), "example.org/a/v2"), "the licence GPL-3.0"},
	})
}
