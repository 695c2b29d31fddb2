package roster

import (
	"slices"
	"strings"
	"testing"

	"hefa/internal/fault"
)

// odd is a list whose columns the program does not know by itself.
var odd = []Row{rowOf(1, "某系统导出"), rowOf(3, "XM", "ZJHM", "LB", "备注"), rowOf(4, "岩温", "533199199001011234", "肢体", "")}

func TestToldColumnsAreReadAsTold(t *testing.T) {
	t.Parallel()
	if _, err := FindHeader(Suspected, odd); fault.Of(err) != fault.Invalid {
		t.Fatalf("read without being told: %v", err)
	}
	r := Reading{Titles: Texts(odd[1]), Means: []string{"name", "identity", "category", ""}}
	if err := r.Check(Suspected); err != nil {
		t.Fatal(err)
	}
	h, err := Only(r).FindHeader(Suspected, odd)
	if err != nil || h.Row != 3 || h.Last != 3 || h.column(Name) != 0 || h.column(Identity) != 1 || h.column(CategoryColumn) != 2 || h.column(Remark) != -1 {
		t.Errorf("%+v %v", h, err)
	}
	for name, row := range map[string]Row{
		"with spaces and wide letters":  rowOf(9, " ＸＭ ", "zjhm", "L B", "备 注"),
		"with the column of a returned": rowOf(9, "XM", "ZJHM", "LB", "备注", "退回原因"),
		"with empty cells at the end":   rowOf(9, "XM", "ZJHM", "LB", "备注", "", ""),
	} {
		if h, err := Only(r).FindHeader(Suspected, []Row{row}); err != nil || h.Row != 9 {
			t.Errorf("%s: %+v %v", name, h, err)
		}
	}
	if _, err := Only(r).FindHeader(Suspected, []Row{rowOf(9, "XM", "ZJHM", "DJ", "备注")}); err == nil {
		t.Error("another source is read alike")
	}
	if _, err := Only(r).FindHeader(Expired, []Row{rowOf(9, "XM", "ZJHM", "LB", "备注")}); err == nil {
		t.Error("a list that lacks its certificates is read all the same")
	}
	if Only(Reading{}) != nil {
		t.Error("nothing told is something known")
	}
}

func TestAReadingSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind   Kind
		means  []string
		fields string
	}{
		{Suspected, []string{"name", "identity"}, ""},
		{Suspected, []string{"name", "number", ""}, ""},
		{Suspected, []string{"", "identity"}, "column-0"},
		{Suspected, []string{"name", "identity", "name"}, "column-2"},
		{Suspected, []string{"name", "identity", "nonsense"}, "column-2"},
		{Expired, []string{"name", "identity"}, "column-0"},
		{Expired, []string{"name", "identity", "grade"}, ""},
		{Expired, []string{"name", "certificate"}, ""},
		{Suspected, []string{"name", "identity", "", "sex"}, "column-0"},
	} {
		var got []string
		for _, f := range fault.Fields(Reading{Titles: []string{"a", "b", "c"}, Means: c.means}.Check(c.kind)) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != c.fields {
			t.Errorf("%s %q: %q", c.kind, c.means, got)
		}
	}
}

func TestTheFormBeginsWithWhatTheProgramReads(t *testing.T) {
	t.Parallel()
	if got := Guess([]string{"姓名", "XX", "身份证号"}); !slices.Equal(got, []string{"name", "", "identity"}) {
		t.Errorf("%q", got)
	}
	if at := Widest(odd); at != (Span{3, 3}) {
		t.Errorf("%v is the widest", at)
	}
	lines := Lines(odd)
	if len(lines) != 2 || lines[0].Row != 3 || !slices.Equal(lines[0].Text, []string{"XM", "ZJHM", "LB", "备注"}) {
		t.Errorf("%+v", lines)
	}
	for m, name := range names {
		if !slices.Contains(Told, name) {
			t.Errorf("%d is kept as %s and cannot be told", m, name)
		}
	}
	if len(Told) != len(names) {
		t.Errorf("%d can be told, %d are kept", len(Told), len(names))
	}
}

// A header of two lines, the upper one merged over its groups, is told as one: each column bears the words of its group and its own.
func TestAHeaderOfTwoLinesIsToldAsOne(t *testing.T) {
	t.Parallel()
	up := Row{Number: 2, Cells: []Cell{{Text: "XM"}, {Text: "证件"}, {Text: "证件", Across: true}, {Text: "评定"}, {Text: "评定", Across: true}, {Text: "备注"}}}
	down := Row{Number: 3, Cells: []Cell{{Text: "XM"}, {Text: "一号"}, {Text: "二号"}, {Text: "LB"}, {Text: "DJ"}, {}}}
	list := []Row{rowOf(1, "某系统导出"), up, down, rowOf(4, "岩温", "533199199001011234", "53319919900101123443", "肢体", "三级")}
	want := []string{"XM", "证件一号", "证件二号", "评定LB", "评定DJ", "备注"}
	if _, err := FindHeader(Expired, list); fault.Of(err) != fault.Invalid {
		t.Fatalf("read without being told: %v", err)
	}
	first, titles, ok := Span{2, 3}.In(list)
	if !ok || first != 1 || !slices.Equal(titles, want) {
		t.Fatalf("%d %q %v", first, titles, ok)
	}
	for _, at := range []Span{{2, 4}, {9, 9}, {4, 5}, {3, 2}, {}} {
		if _, titles, ok := at.In(list); ok {
			t.Errorf("%v has %q", at, titles)
		}
	}
	r := Reading{Titles: titles, Means: []string{"name", "identity", "certificate", "category", "level", "remark"}}
	if err := r.Check(Expired); err != nil {
		t.Fatal(err)
	}
	h, err := Only(r).FindHeader(Expired, list)
	if err != nil || h.Span() != (Span{2, 3}) || h.column(Certificate) != 2 || h.column(LevelColumn) != 4 || !slices.Equal(h.Titles(), want) || !slices.Equal(h.Means(), r.Means) {
		t.Errorf("%+v %v", h, err)
	}
	if h, err := Only(r).FindHeader(Expired, []Row{rowOf(1, want...)}); err != nil || h.Span() != (Span{1, 1}) {
		t.Errorf("the file of returned rows, whose header has one line: %+v %v", h, err)
	}
	if _, err := Only(r).FindHeader(Expired, []Row{up, rowOf(5, "XM", "一号", "二号", "LB", "DJ", "")}); err == nil {
		t.Error("two lines that are apart are one header")
	}
}
