package main

import (
	"cmp"
	"regexp"
	"strings"
)

// node is a step of a plan, as EXPLAIN (FORMAT JSON, VERBOSE) tells it.
type node struct {
	Type     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Alias    string `json:"Alias"`
	CTE      string `json:"CTE Name"`
	Part     string `json:"Subplan Name"`
	Index    string `json:"Index Cond"`
	Recheck  string `json:"Recheck Cond"`
	Filter   string `json:"Filter"`
	Join     string `json:"Join Filter"`
	Hash     string `json:"Hash Cond"`
	Merge    string `json:"Merge Cond"`
	Plans    []node `json:"Plans"`
}

// counties is how many tables with a county a plan reads, and into how many parts they fall whose counties may differ.
func (n node) counties(tenants map[string]bool) (met, parts int) {
	t := ties{}
	var read []string
	n.each(func(s node) {
		for _, c := range []string{s.Index, s.Recheck, s.Filter, s.Join, s.Hash, s.Merge} {
			t.note(c)
		}
		inner := s
		switch {
		case s.Type == "ModifyTable":
			return // what it changes is read below it; what it enters is not read
		case s.Type == "Append" || s.Type == "Merge Append":
			s.beside(tenants, t)
			return
		case tenants[s.Relation]:
			read = append(read, s.Alias)
			return
		case s.CTE != "":
			inner = n.named("CTE " + s.CTE)
		case s.Alias == "":
			return
		}
		if from := inner.first(tenants, s.Alias); from != "" {
			t.join(s.Alias, from) // what is read of a subquery has the county of what it reads
		}
	})
	roots := map[string]bool{}
	for _, a := range read {
		roots[t.root(a)] = true
	}
	return len(read), len(roots)
}

// each calls seen with the node and everything below it.
func (n node) each(seen func(node)) {
	seen(n)
	for _, p := range n.Plans {
		p.each(seen)
	}
}

// beside ties the branches of a UNION together, each of which reads by itself: they are put one after the other and do not meet.
func (n node) beside(tenants map[string]bool, t ties) {
	before := ""
	for _, branch := range n.Plans {
		first := branch.first(tenants, "")
		if before != "" && first != "" {
			t.join(before, first)
		}
		before = cmp.Or(first, before)
	}
}

// named is the part of a plan with a name, an empty node when there is none.
func (n node) named(part string) node {
	var out node
	n.each(func(s node) {
		if s.Part == part {
			out = s
		}
	})
	return out
}

// first is the alias of the first table with a county below a node, "" when there is none.
func (n node) first(tenants map[string]bool, but string) string {
	out := ""
	n.each(func(s node) {
		if out == "" && tenants[s.Relation] && s.Alias != but {
			out = s.Alias
		}
	})
	return out
}

// ties is which counties are known to be the same: of tables, by alias, and of values.
type ties map[string]string

func (t ties) root(a string) string {
	for t[a] != "" {
		a = t[a]
	}
	return a
}

func (t ties) join(a, b string) {
	if a, b = t.root(a), t.root(b); a != b {
		t[a] = b
	}
}

// same is an equation between the county of a table and that of another, or a value.
var same = regexp.MustCompile(`^\(*(\w+)\.county\)? = \(?(?:(\w+)\.county|(\$\d+|'[^']*')\)?(?:::text)?)\)*$|^\(*(\$\d+|'[^']*')\)?(?:::text)? = (\w+)\.county\)*$`)

// note takes the equations of counties out of a condition, but only where they must all hold.
func (t ties) note(condition string) {
	for _, c := range conjuncts(condition) {
		m := same.FindStringSubmatch(c)
		switch {
		case m == nil:
		case m[1] != "":
			t.join(m[1], m[2]+m[3])
		default:
			t.join(m[5], m[4])
		}
	}
}

// conjuncts is the parts of a condition that must all hold.
func conjuncts(condition string) []string {
	c := condition
	for wrapped(c) {
		c = c[1 : len(c)-1]
	}
	var out []string
	depth, from := 0, 0
	for i := range len(c) {
		switch {
		case c[i] == '(':
			depth++
		case c[i] == ')':
			depth--
		case depth == 0 && strings.HasPrefix(c[i:], " AND "):
			out = append(out, c[from:i])
			from = i + len(" AND ")
		}
	}
	if from == 0 {
		return []string{c}
	}
	return append(out, c[from:])
}

// wrapped says whether one pair of brackets holds all of a condition.
func wrapped(c string) bool {
	if !strings.HasPrefix(c, "(") || !strings.HasSuffix(c, ")") {
		return false
	}
	depth := 0
	for i := range len(c) {
		switch c[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && i < len(c)-1 {
			return false
		}
	}
	return true
}
