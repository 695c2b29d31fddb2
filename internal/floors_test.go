package internal_test

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestStairsLeadOnlyDown(t *testing.T) {
	t.Parallel()
	tr := house(t)
	if len(tr.sources) < 10 {
		t.Fatalf("only %d files were read", len(tr.sources))
	}
	report(t, climbs(tr))
	report(t, strangers(tr))
	report(t, impurities(tr))
}

// find is the place of a room in the list, -1 when there is none.
func find(name string) int {
	return slices.IndexFunc(rooms, func(r room) bool { return r.name == name })
}

// under says whether the import path imp is one of list or lies below one.
func under(imp string, list []string) bool {
	return slices.ContainsFunc(list, func(l string) bool { return imp == l || strings.HasPrefix(imp, l+"/") })
}

// strangers are the packages and names that the list of rooms does not know.
func strangers(tr tree) []string {
	var out []string
	for _, dir := range tr.folders {
		name, inside := strings.CutPrefix(dir, "internal/")
		if inside && !strings.Contains(name, "/") && find(name) < 0 {
			out = append(out, dir+" is not in the list of rooms (internal/rooms_test.go)")
		}
		if slices.Contains(noNames, path.Base(dir)) {
			out = append(out, dir+" has a name that says nothing")
		}
	}
	for _, s := range sourcesOf(tr) {
		parts := strings.Split(s.dir(), "/")
		name := strings.TrimSuffix(s.file.Name.Name, "_test")
		switch {
		case s.tool:
		case len(parts) == 2 && parts[0] == "cmd" && name == "main":
		case len(parts) > 1 && parts[0] == "tools" && (name == "main" || name == path.Base(s.dir())):
		case len(parts) == 2 && parts[0] == "internal" && name == parts[1]:
		case s.dir() == "internal" && s.test:
		case (s.dir() == "e2e" || s.dir() == "test/faults") && s.test:
		default:
			out = append(out, fmt.Sprintf("%s: package %s may not stand here; a room is internal/<room>, a program cmd/<name>, a generator tools/<name>", s.path, name))
		}
	}
	return out
}

// climbs are the imports that break a rule of the floors.
func climbs(tr tree) []string {
	var out []string
	for _, s := range sourcesOf(tr) {
		for _, imp := range s.imports() {
			if why := forbidden(s, imp); why != "" {
				out = append(out, fmt.Sprintf("%s imports %s: %s", s.path, imp, why))
			}
		}
	}
	return out
}

// forbidden says why s may not import imp, "" when it may.
func forbidden(s source, imp string) string {
	from := strings.TrimPrefix(s.dir(), "internal/")
	to, own := strings.CutPrefix(imp, module+"/internal/")
	switch {
	case under(imp, databases) && from != "store" && from != "tools/bare" && from != "tools/statements":
		return "only store speaks to a database"
	case under(imp, []string{module + "/cmd"}), under(imp, []string{module + "/tools"}) && !strings.HasPrefix(from, "tools/"):
		return "nothing imports a program"
	case imp == module+"/e2e" && !s.test:
		return "only tests import it"
	case !own || s.tool:
		return ""
	case to == "testbed" && !s.test && from != "testbed":
		return "only tests import it"
	case s.test || strings.HasPrefix(from, "cmd/") || strings.HasPrefix(from, "tools/") || from == "testbed":
		return ""
	}
	return steep(from, to)
}

// steep says why the room from may not use the room to, "" when the stairs lead down.
func steep(from, to string) string {
	f, t := find(from), find(to)
	if f < 0 || t < 0 {
		return "it is not in the list of rooms"
	}
	a, b := rooms[f], rooms[t]
	switch {
	case from == to:
		return ""
	case b.floor == beside:
		return "only programs and tests import it"
	case a.floor == nouns && b.floor == nouns && t < f:
		return ""
	case a.floor == b.floor && a.floor == nouns:
		return "a noun uses only nouns earlier in the list"
	case a.floor == b.floor:
		return "rooms of one floor do not use each other"
	case a.floor < b.floor:
		return "stairs lead only down"
	case a.floor == doors && to == "store":
		return "no door imports store"
	case a.floor != beside && (to == "gate" || to == "look") && !slices.Contains(httpDoors, from):
		return "only a door that speaks HTTP uses it"
	}
	return ""
}

// impurities are the places where a noun reaches for the world, the clock or chance.
func impurities(tr tree) []string {
	var out []string
	for _, s := range sourcesOf(tr) {
		i := find(strings.TrimPrefix(s.dir(), "internal/"))
		if i < 0 || rooms[i].floor != nouns || s.test || s.tool {
			continue
		}
		for _, imp := range s.imports() {
			if under(imp, impure) {
				out = append(out, fmt.Sprintf("%s imports %s: nouns are pure", s.path, imp))
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if call := selector(n); slices.Contains(clocks, call) {
				out = append(out, fmt.Sprintf("%s:%d: %s: time and chance are handed in", s.path, s.line(n.Pos()), call))
			}
			return true
		})
	}
	return out
}

// selector is "package.Name" when n is such an expression.
func selector(n ast.Node) string {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	x, ok := sel.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return x.Name + "." + sel.Sel.Name
}

func TestRoomsAreListedFromTheBottomUp(t *testing.T) {
	t.Parallel()
	for i, r := range rooms {
		if find(r.name) != i {
			t.Errorf("%s is listed twice", r.name)
		}
		if i > 0 && r.floor < rooms[i-1].floor {
			t.Errorf("%s stands above a higher floor", r.name)
		}
		if r.purpose == "" || slices.Contains(noNames, r.name) {
			t.Errorf("%s does not say what it is for", r.name)
		}
	}
}
