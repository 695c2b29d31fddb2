package internal_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryWordIsKnownAndUsed guards the catalogue: what pages say exists, and what exists is said.
func TestEveryWordIsKnownAndUsed(t *testing.T) {
	t.Parallel()
	tr := house(t)
	if words, _ := catalogue(tr); len(words) < 10 {
		t.Fatalf("only %d words were read", len(words))
	}
	report(t, misspelt(tr))
	report(t, unknown(tr))
	report(t, strays(tr))
	report(t, unused(tr))
}

const catalogueFiles = "internal/lang/zh-CN/*.txt"

var (
	keyForm = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[A-Za-z0-9_-]+)+$`)
	gapForm = regexp.MustCompile(`\{(\d+)\}`)
)

// word is one line of the catalogue.
type word struct {
	key, sentence, at string
}

// gaps is how many different values fill the sentence, -1 when their numbers are not 0, 1, 2 …
func (w word) gaps() int {
	var found []int
	for _, m := range gapForm.FindAllStringSubmatch(w.sentence, -1) {
		n, _ := strconv.Atoi(m[1])
		found = append(found, n)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	for i, n := range found {
		if i != n {
			return -1
		}
	}
	return len(found)
}

// catalogue is every word by its key, and the lines that are wrong.
func catalogue(tr tree) (words map[string]word, wrong []string) {
	words = map[string]word{}
	names, _ := fs.Glob(tr.fsys, catalogueFiles)
	for _, name := range names {
		text, err := fs.ReadFile(tr.fsys, name)
		if err != nil {
			return nil, []string{err.Error()}
		}
		for i, line := range strings.Split(string(text), "\n") {
			at := fmt.Sprintf("%s:%d", name, i+1)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			key, sentence, ok := strings.Cut(line, " = ")
			switch {
			case !ok || !keyForm.MatchString(key) || strings.TrimRight(sentence, " \t\r") != sentence || sentence == "":
				wrong = append(wrong, fmt.Sprintf("%s: %q is neither a comment nor key = sentence", at, line))
			case words[key].at != "":
				wrong = append(wrong, fmt.Sprintf("%s: %s stands also at %s", at, key, words[key].at))
			}
			words[key] = word{key, sentence, at}
		}
	}
	return words, wrong
}

// misspelt are the lines that cannot be read, keys that stand twice and gaps that are not numbered 0, 1, 2 …
func misspelt(tr tree) []string {
	words, out := catalogue(tr)
	for _, w := range words {
		if w.gaps() < 0 {
			out = append(out, fmt.Sprintf("%s: the gaps of %s are not numbered from {0} upwards", w.at, w.key))
		}
	}
	slices.Sort(out)
	return out
}

// unknown are the keys that the code asks for in vain, and the calls that do not fill a sentence's gaps.
func unknown(tr tree) []string {
	words, _ := catalogue(tr)
	heard := listen(tr)
	var out []string
	for _, a := range heard.asked {
		w, ok := words[a.key.exact()]
		switch {
		case a.key.dynamic() && !slices.ContainsFunc(keysOf(words), a.key.covers):
			out = append(out, fmt.Sprintf("%s: no word begins with %s", a.at, a.key.prefix))
		case a.key.dynamic():
		case !ok:
			out = append(out, fmt.Sprintf("%s: there is no word %s", a.at, a.key.prefix))
		case a.args == 0 && heard.filled[w.key]:
		case a.args >= 0 && w.gaps() >= 0 && a.args != w.gaps():
			out = append(out, fmt.Sprintf("%s: %s has %d gaps and is given %d values", a.at, w.key, w.gaps(), a.args))
		}
	}
	return out
}

var fileForm = regexp.MustCompile(`\.(css|csv|db|go|html|js|json|log|pdf|png|jpg|jpeg|svg|sql|templ|toml|txt|webp|xlsx|xml|zip|zst|gz)$`)

// strays are literals that look like a neighbour of known words and are none, wherever they are handed on to. A literal that makes a word
// together with a known beginning, such as an act, is none of them.
func strays(tr tree) []string {
	words, _ := catalogue(tr)
	heard := listen(tr)
	space := func(key string) string { return key[:strings.LastIndex(key, ".")+1] }
	spaces := map[string]bool{}
	for key := range words {
		spaces[space(key)] = true
	}
	var out []string
	for key, at := range heard.places {
		completes := func(p pattern) bool { return words[p.prefix+key+p.suffix].at != "" }
		switch {
		case words[key].at != "", !spaces[space(key)], fileForm.MatchString(key), slices.ContainsFunc(heard.dynamic, completes):
		default:
			out = append(out, fmt.Sprintf("%s: %s stands among known words and is none", at, key))
		}
	}
	slices.Sort(out)
	return out
}

// unused are the words that no code says.
func unused(tr tree) []string {
	words, _ := catalogue(tr)
	heard := listen(tr)
	var out []string
	for key, w := range words {
		said := heard.literals[key] || slices.ContainsFunc(heard.dynamic, func(p pattern) bool { return p.covers(key) })
		if !said {
			out = append(out, fmt.Sprintf("%s: nothing says %s", w.at, key))
		}
	}
	slices.Sort(out)
	return out
}

func keysOf(words map[string]word) []string {
	var out []string
	for key := range words {
		out = append(out, key)
	}
	return out
}
