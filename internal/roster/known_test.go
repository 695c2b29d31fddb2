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
	if i := Widest(odd); i != 1 {
		t.Errorf("row %d is the widest", i)
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
