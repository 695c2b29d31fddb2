package paper

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// reader reads a PDF back as far as papers need: objects, pages in order, text through the way back to Unicode. It shares no code with the writer.
type reader struct {
	t       failer
	objects map[int]string // dictionaries
	streams map[int][]byte
	root    int
}

var (
	objectStart = regexp.MustCompile(`(?m)^(\d+) 0 obj\n<<`)
	lengthOf    = regexp.MustCompile(`/Length (\d+)>>\nstream\n`)
	refOf       = regexp.MustCompile(`(\d+) 0 R`)
)

func read(t failer, file []byte) *reader {
	t.Helper()
	r := &reader{t: t, objects: map[int]string{}, streams: map[int][]byte{}}
	for at := 0; ; {
		m := objectStart.FindSubmatchIndex(file[at:])
		if m == nil {
			break
		}
		n, _ := strconv.Atoi(string(file[at+m[2] : at+m[3]]))
		l := lengthOf.FindSubmatchIndex(file[at+m[0]:])
		if l == nil {
			t.Fatalf("object %d has no length", n)
		}
		length, _ := strconv.Atoi(string(file[at+m[0]+l[2] : at+m[0]+l[3]]))
		start := at + m[0] + l[1]
		r.objects[n] = string(file[at+m[1]-2 : start])
		r.streams[n] = r.inflate(r.objects[n], file[start:start+length])
		at = start + length
	}
	for n, dict := range r.objects {
		switch {
		case strings.Contains(dict, "/Type/ObjStm"):
			r.unpack(dict, r.streams[n])
		case strings.Contains(dict, "/Type/XRef"):
			r.root = r.ref(dict, "/Root ")
		}
	}
	return r
}

func (r *reader) inflate(dict string, data []byte) []byte {
	if !strings.Contains(dict, "/FlateDecode") {
		return data
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		r.t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

// unpack takes the objects out of an object stream.
func (r *reader) unpack(dict string, data []byte) {
	first := r.number(dict, "/First ")
	numbers := strings.Fields(string(data[:first]))
	for i := 0; i < len(numbers); i += 2 {
		n, _ := strconv.Atoi(numbers[i])
		from, _ := strconv.Atoi(numbers[i+1])
		to := len(data) - first
		if i+3 < len(numbers) {
			to, _ = strconv.Atoi(numbers[i+3])
		}
		r.objects[n] = strings.TrimSpace(string(data[first+from : first+to]))
	}
}

func (r *reader) number(dict, key string) int {
	_, rest, ok := strings.Cut(dict, key)
	if !ok {
		r.t.Fatalf("no %q in %s", key, dict)
	}
	n, _ := strconv.Atoi(regexp.MustCompile(`^\d+`).FindString(rest))
	return n
}

func (r *reader) ref(dict, key string) int { return r.number(dict, key) }

// refs are the numbers of the objects in the array behind key.
func (r *reader) refs(dict, key string) []int {
	_, rest, _ := strings.Cut(dict, key)
	rest, _, _ = strings.Cut(rest, "]")
	var out []int
	for _, m := range refOf.FindAllStringSubmatch(rest, -1) {
		n, _ := strconv.Atoi(m[1])
		out = append(out, n)
	}
	return out
}

// pages are the pages' object numbers in order.
func (r *reader) pages() []int {
	var out []int
	tree := r.objects[r.ref(r.objects[r.root], "/Pages ")]
	for _, node := range r.refs(tree, "/Kids") {
		out = append(out, r.refs(r.objects[node], "/Kids")...)
	}
	return out
}

// content is the drawing of a page.
func (r *reader) content(page int) string {
	dict := r.objects[page]
	if strings.Contains(dict, "/Contents [") {
		var all []byte
		for _, n := range r.refs(dict, "/Contents") {
			all = append(all, r.streams[n]...)
		}
		return string(all)
	}
	return string(r.streams[r.ref(dict, "/Contents ")])
}

// unicode is each face's way back from codes to text.
func (r *reader) unicode() map[string]map[string]string {
	out := map[string]map[string]string{}
	line := regexp.MustCompile(`<([0-9a-f]{4})><([0-9a-f]+)>`)
	types := r.objects[r.ref(r.objects[r.pages()[0]], "/Font ")]
	for _, m := range regexp.MustCompile(`/(F\d) (\d+) 0 R`).FindAllStringSubmatch(types, -1) {
		n, _ := strconv.Atoi(m[2])
		codes := map[string]string{}
		for _, c := range line.FindAllStringSubmatch(string(r.streams[r.ref(r.objects[n], "/ToUnicode ")]), -1) {
			var units []uint16
			for h := c[2]; h != ""; h = h[4:] {
				u, _ := strconv.ParseUint(h[:4], 16, 16)
				units = append(units, uint16(u))
			}
			codes[c[1]] = string(utf16.Decode(units))
		}
		out[m[1]] = codes
	}
	return out
}

// text is what a person who copies the whole paper gets: one line of the paper a line, a blank line between pages.
func (r *reader) text() string {
	var b strings.Builder
	faces := r.unicode()
	show := regexp.MustCompile(`/(F\d) [\d.]+ Tf\[([^\]]*)\]TJ`)
	for i, page := range r.pages() {
		if i > 0 {
			b.WriteString("\n")
		}
		for _, block := range strings.Split(r.content(page), "BT ")[1:] {
			block, _, _ = strings.Cut(block, " ET")
			for _, m := range show.FindAllStringSubmatch(block, -1) {
				for hex := range strings.FieldsFuncSeq(m[2], func(c rune) bool { return c == '<' || c == '>' }) {
					if hex == "500" {
						continue
					}
					for ; hex != ""; hex = hex[4:] {
						s, ok := faces[m[1]][hex[:4]]
						if !ok {
							r.t.Fatalf("code %s of %s has no way back", hex[:4], m[1])
						}
						b.WriteString(s)
					}
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// bareText is text without spaces and line ends, which readers place as they like.
func bareText(s string) string { return strings.Join(strings.Fields(s), "") }

func sortedNames(m map[string]Paper) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
