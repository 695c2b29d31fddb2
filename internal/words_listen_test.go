package internal_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// pattern is a key as the code writes it: a literal, or literals around a value such as "state." + string(s).
type pattern struct {
	prefix, suffix string
	value          bool // something unknown stands between prefix and suffix
}

func (p pattern) dynamic() bool { return p.value }

// exact is the whole key, "" when part of it is unknown.
func (p pattern) exact() string {
	if p.value {
		return ""
	}
	return p.prefix
}

// covers says whether key can come out of p.
func (p pattern) covers(key string) bool {
	return len(key) > len(p.prefix)+len(p.suffix) && strings.HasPrefix(key, p.prefix) && strings.HasSuffix(key, p.suffix)
}

// key says whether p can be meant as a key of the catalogue.
func (p pattern) key() bool {
	if p.value {
		return keyForm.MatchString(p.prefix + "x")
	}
	return keyForm.MatchString(p.prefix)
}

// ask is a place in the code where a key is looked up.
type ask struct {
	at   string
	key  pattern
	args int // the values given for its gaps; -1 when that cannot be counted
}

// heard is what the code says.
type heard struct {
	literals map[string]bool
	places   map[string]string // literals of the form of a key → where one stands; columns, constants and kinds of jobs do not count
	dynamic  []pattern
	asked    []ask
	filled   map[string]bool // keys whose gaps a script fills: a template puts the bare sentence into a data attribute
}

var attribute = regexp.MustCompile(`\bdata-[\w-]+=\{ lang\.T\("([^"]+)"\) \}`)

var quoted = regexp.MustCompile("[\"'`]([^\"'`\n]*)[\"'`]")

// listen collects the keys that the program says; tests do not count.
func listen(tr tree) heard {
	h := heard{literals: map[string]bool{}, places: map[string]string{}, filled: map[string]bool{}}
	for _, s := range tr.sources {
		switch {
		case s.test || s.tool:
		case s.file != nil:
			h.listenGo(s)
		case path.Ext(s.path) == ".ts":
			for _, m := range quoted.FindAllStringSubmatch(s.text, -1) {
				h.literals[m[1]] = true
			}
		case path.Ext(s.path) == ".templ":
			for _, m := range attribute.FindAllStringSubmatch(s.text, -1) {
				h.filled[m[1]] = true
			}
		}
	}
	return h
}

func (h *heard) listenGo(s source) {
	within := map[ast.Expr]bool{} // the left parts of sums, heard with the whole
	constant := false             // within constants, such as acts and kinds of jobs
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.GenDecl:
			constant = n.Tok == token.CONST
		case *ast.FuncDecl:
			constant = false
		case *ast.BasicLit:
			if p, ok := spelt(n); ok {
				h.literals[p.prefix] = true
				if p.key() && !constant && s.dir() != "internal/store" && s.dir() != "internal/job" {
					h.places[p.prefix] = fmt.Sprintf("%s:%d", s.path, s.line(n.Pos()))
				}
			}
		case *ast.BinaryExpr:
			within[n.X] = true
			if p, ok := spelt(n); ok && p.value && p.key() && !within[n] {
				h.dynamic = append(h.dynamic, p)
			}
		case *ast.CallExpr:
			h.call(s, n)
		case *ast.CompositeLit:
			if n.Type != nil && mentionsLook(n.Type) {
				h.fields(s, n)
			}
		}
		return true
	})
}

// call notes the keys in calls that are known to take one: lang.T, fault.New, Problems.Add and the parts of look.
func (h *heard) call(s source, c *ast.CallExpr) {
	sel, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	switch name := selector(sel); {
	case name == "lang.T":
		h.ask(s, c, 0)
	case name == "fault.New", sel.Sel.Name == "Add":
		h.ask(s, c, 1)
	case strings.HasPrefix(name, "look."):
		for _, arg := range c.Args {
			h.note(s, arg, -1)
		}
	}
}

// ask notes the key at place i of a call, the values for its gaps behind it.
func (h *heard) ask(s source, c *ast.CallExpr, i int) {
	if len(c.Args) <= i {
		return
	}
	args := len(c.Args) - i - 1
	if c.Ellipsis.IsValid() {
		args = -1
	}
	h.note(s, c.Args[i], args)
}

// fields notes the keys inside a value of look, such as look.Field{Label: "person.name"}.
func (h *heard) fields(s source, c *ast.CompositeLit) {
	for _, e := range c.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			e = pair.Value
		}
		if inner, ok := e.(*ast.CompositeLit); ok && inner.Type == nil {
			h.fields(s, inner)
			continue
		}
		h.note(s, e, -1)
	}
}

func (h *heard) note(s source, e ast.Expr, args int) {
	if p, ok := spelt(e); ok && p.key() {
		h.asked = append(h.asked, ask{fmt.Sprintf("%s:%d", s.path, s.line(e.Pos())), p, args})
	}
}

// spelt reads a string literal, or a sum that begins with one.
func spelt(e ast.Expr) (pattern, bool) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return spelt(e.X)
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return pattern{prefix: text}, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := spelt(e.X)
		if !ok || e.Op != token.ADD {
			return pattern{}, false
		}
		right, literal := spelt(e.Y)
		switch {
		case !literal || right.value:
			return pattern{prefix: left.prefix, value: true}, true
		case left.value:
			return pattern{left.prefix, left.suffix + right.prefix, true}, true
		default:
			return pattern{prefix: left.prefix + right.prefix}, true
		}
	}
	return pattern{}, false
}

// mentionsLook says whether a literal's type comes from look: look.Field, []look.Field, map[string]look.Field.
func mentionsLook(typ ast.Expr) bool {
	found := false
	ast.Inspect(typ, func(n ast.Node) bool {
		found = found || strings.HasPrefix(selector(n), "look.")
		return true
	})
	return found
}
