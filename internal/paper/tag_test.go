package paper

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	marked  = regexp.MustCompile(`/(\w+)<</MCID (\d+)>>BDC`)
	structs = regexp.MustCompile(`/S/(\w+)/P (\d+) 0 R`)
)

// kinds walks the structure and counts its elements by kind; every child must name its parent.
func (r *reader) kinds(element int, count map[string]int) {
	dict := r.objects[element]
	m := structs.FindStringSubmatch(dict)
	if m == nil {
		r.t.Fatalf("object %d is no element: %s", element, dict)
	}
	count[m[1]]++
	_, kids, _ := strings.Cut(dict, "/K[")
	kids = regexp.MustCompile(`<<[^>]*>>`).ReplaceAllString(kids, "")
	for _, k := range refOf.FindAllStringSubmatch(kids, -1) {
		n, _ := strconv.Atoi(k[1])
		if up := structs.FindStringSubmatch(r.objects[n]); up == nil || up[2] != strconv.Itoa(element) {
			r.t.Fatalf("element %d does not know its parent %d", n, element)
		}
		r.kinds(n, count)
	}
}

func TestPapersAreTagged(t *testing.T) {
	t.Parallel()
	papers := every(t)
	for _, name := range sortedNames(papers) {
		r := read(t, written(t, papers[name]))
		catalog := r.objects[r.root]
		for _, want := range []string{"/Lang(zh-CN)", "/MarkInfo<</Marked true>>", "/DisplayDocTitle true"} {
			if !strings.Contains(catalog, want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
		tree := r.objects[r.ref(catalog, "/StructTreeRoot ")]
		owners := r.refs(tree, "/Nums")
		for i, page := range r.pages() {
			content := r.content(page)
			list := refOf.FindAllString(r.objects[owners[r.number(r.objects[page], "/StructParents ")]], -1)
			marks := marked.FindAllStringSubmatch(content, -1)
			if len(marks) != len(list) {
				t.Errorf("%s page %d has %d marks and %d owners", name, i+1, len(marks), len(list))
			}
			if n := strings.Count(content, "BDC") + strings.Count(content, "BMC"); n != strings.Count(content, "EMC") {
				t.Errorf("%s page %d opens %d marks and closes %d", name, i+1, n, strings.Count(content, "EMC"))
			}
			if outside := drawnOutside(content); outside != "" {
				t.Errorf("%s page %d draws outside its marks: %q", name, i+1, outside)
			}
		}
		count := map[string]int{}
		r.kinds(r.ref(tree, "/K "), count)
		bare := slices.Contains([]string{"booklets", "cards", "cards-sheet", "test-book", "test-cards"}, name) // nothing but the certificate is printed
		if !bare && count["H1"] != 1 || count["Document"] != 1 {
			t.Errorf("%s is built of %v", name, count)
		}
		if name == "report" && (count["Table"] != 1 || count["TR"] != 201 || count["TH"] != 5 || count["TD"] != 1000) {
			t.Errorf("%s is built of %v", name, count)
		}
	}
}

// drawnOutside is the first drawing that is neither content nor artifact.
func drawnOutside(content string) string {
	depth := 0
	for line := range strings.Lines(content) {
		switch {
		case strings.Contains(line, "BDC"), strings.Contains(line, "BMC"):
			depth++
		case strings.HasPrefix(line, "EMC"):
			depth--
		case depth != 1:
			return line
		}
	}
	return ""
}

func TestTitleIsInTheFile(t *testing.T) {
	t.Parallel()
	data := written(t, Report{Name: "名单<甲&乙>𬭼", Columns: []Column{{Head: "名", Width: 1}}, Rows: func(func([]string) bool) {}})
	r := read(t, data)
	if !strings.Contains(string(data), "名单&lt;甲&amp;乙&gt;𬭼") {
		t.Error("the metadata does not have the title")
	}
	found := false
	for _, o := range r.objects {
		found = found || strings.Contains(o, "/Title<feff540d5355003c75320026") && strings.Contains(o, "d872df7c")
	}
	if !found {
		t.Error("the document's own title is not in UTF-16")
	}
}
