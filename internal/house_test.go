// Package internal_test holds the rules of the house itself: which room may lean on which, how big things may grow, which words exist, why each
// dependency is there and which clauses are shown working. It reads the source files; nothing here runs the program.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// module is the name in go.mod, the beginning of every import path of our own.
const module = "hefa"

// source is one file of the tree; Go files are parsed.
type source struct {
	path      string // from the root of the tree, with slashes
	text      string
	lines     int
	file      *ast.File // nil unless it is Go
	fset      *token.FileSet
	test      bool // a _test.go file
	generated bool
	tool      bool // built by nothing but "go run": it carries an ignore constraint
}

// dir is the folder that s stands in.
func (s source) dir() string { return path.Dir(s.path) }

// line is the line of s at which pos lies.
func (s source) line(pos token.Pos) int { return s.fset.Position(pos).Line }

// tree is what the house is made of.
type tree struct {
	fsys    fs.FS
	sources []source
	folders []string // every folder, those without sources too
}

var (
	skipped   = regexp.MustCompile(`^(\.git|\.cache|bin|data|test-results|internal/look/assets|internal/paper/fonts)$|(^|/)(node_modules|testdata)$`)
	kept      = regexp.MustCompile(`\.(go|templ|ts|mjs|scss|sh)$`)
	written   = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)
	ignored   = regexp.MustCompile(`(?m)^//go:build ignore$`)
	readHouse = sync.OnceValues(func() (tree, error) { return read(os.DirFS("..")) })
)

// house is the tree of this very program.
func house(t *testing.T) tree {
	t.Helper()
	tr, err := readHouse()
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// model is a small tree in memory, for showing that a rule catches what breaks it.
func model(t *testing.T, files map[string]string) tree {
	t.Helper()
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tr, err := read(m)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func read(fsys fs.FS) (tree, error) {
	tr := tree{fsys: fsys}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped.MatchString(name):
			return fs.SkipDir
		case d.IsDir():
			tr.folders = append(tr.folders, name)
			return nil
		case !kept.MatchString(name):
			return nil
		}
		s, err := readSource(fsys, name)
		tr.sources = append(tr.sources, s)
		return err
	})
	return tr, err
}

func readSource(fsys fs.FS, name string) (source, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return source{}, err
	}
	s := source{path: name, text: string(text), lines: strings.Count(string(text), "\n")}
	s.generated = strings.HasSuffix(name, "_templ.go") || written.MatchString(s.text)
	if path.Ext(name) == ".go" {
		s.test, s.tool, s.fset = strings.HasSuffix(name, "_test.go"), ignored.MatchString(s.text), token.NewFileSet()
		s.file, err = parser.ParseFile(s.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	}
	return s, err
}

// sourcesOf are the Go files of tr.
func sourcesOf(tr tree) []source {
	return slices.DeleteFunc(slices.Clone(tr.sources), func(s source) bool { return s.file == nil })
}

// imports are the import paths of s.
func (s source) imports() []string {
	var out []string
	for _, i := range s.file.Imports {
		out = append(out, strings.Trim(i.Path.Value, `"`))
	}
	return out
}

// report fails t with every problem on a line of its own.
func report(t *testing.T, problems []string) {
	t.Helper()
	for _, p := range problems {
		t.Error(p)
	}
}

// broken is one way to break a rule: the files of a small tree and a part of what the rule must say about it, "" when it must keep silent.
type broken struct {
	name  string
	files map[string]string
	says  string
}

// caught tries rule on each small tree.
func caught(t *testing.T, rule func(tree) []string, cases []broken) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(rule(model(t, c.files)), "\n")
			if c.says == "" && got != "" || !strings.Contains(got, c.says) {
				t.Errorf("the rule says %q, want %q", got, c.says)
			}
		})
	}
}
