// Package lang is the catalogue of words: every sentence that a page, a paper or a message shows, by key.
//
// The words stand in zh-CN/*.txt, one file a room: "key = sentence", with {0}, {1} … for what is filled in. A test finds keys that are missing,
// unknown or unused.
package lang

import (
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
)

//go:embed zh-CN/*.txt
var files embed.FS

var words = read()

// read cannot fail on a program that was tested: duplicate and broken lines are found by the test of this package.
func read() map[string]string {
	out := map[string]string{}
	names, _ := files.ReadDir("zh-CN")
	for _, f := range names {
		text, _ := files.ReadFile(path.Join("zh-CN", f.Name()))
		for line := range strings.Lines(string(text)) {
			key, sentence, ok := strings.Cut(strings.TrimRight(line, "\n"), " = ")
			if ok && !strings.HasPrefix(key, "#") {
				out[strings.TrimSpace(key)] = sentence
			}
		}
	}
	return out
}

// Namer is a value that knows its own word, such as a day or a state.
type Namer interface{ Word() string }

// T is the sentence behind key with args in its gaps. An unknown key comes back in brackets, so that it is seen.
func T(key string, args ...any) string {
	s, ok := words[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if len(args) == 0 {
		return s
	}
	return fill(s, args)
}

// fill puts args into the gaps {0}, {1} … of s; a gap that has none stays.
func fill(s string, args []any) string {
	var b strings.Builder
	b.Grow(len(s) + 16*len(args))
	for {
		before, gap, found := strings.Cut(s, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		inside, after, closed := strings.Cut(gap, "}")
		if i, err := strconv.Atoi(inside); closed && err == nil && i >= 0 && i < len(args) {
			b.WriteString(text(args[i]))
			s = after
		} else {
			b.WriteByte('{')
			s = gap
		}
	}
}

func text(a any) string {
	switch v := a.(type) {
	case Namer:
		return T(v.Word())
	case interface{ Chinese() string }:
		return v.Chinese()
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	default:
		return fmt.Sprint(a)
	}
}

// Has says whether the catalogue knows key.
func Has(key string) bool {
	_, ok := words[key]
	return ok
}
