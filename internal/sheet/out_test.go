package sheet

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"hefa/internal/fault"
)

func TestOutWritesTheChosenColumnsInTheOrderOfTheList(t *testing.T) {
	t.Parallel()
	table := func() Table {
		return Table{Name: "名单", Columns: []Column{{Key: "a", Name: "姓名"}, {Key: "b", Name: "号码"}, {Key: "c", Name: "村"}},
			Rows: Rows([][]string{{"岩温", "0012", "弄坎"}, {"玉罕", "=1+1"}})}
	}
	for _, c := range []struct {
		columns []string
		want    string
	}{
		{nil, "\ufeff\"姓名\",\"号码\",\"村\"\r\n\"岩温\",\"0012\t\",\"弄坎\"\r\n\"玉罕\",\"'=1+1\"\r\n"},
		{[]string{"c", "a"}, "\ufeff\"姓名\",\"村\"\r\n\"岩温\",\"弄坎\"\r\n\"玉罕\",\"\"\r\n"},
		{[]string{"b"}, "\ufeff\"号码\"\r\n\"0012\t\"\r\n\"'=1+1\"\r\n"},
	} {
		var b bytes.Buffer
		if err := (Out{To: &b, As: UTF8, Columns: c.columns}).Write(table()); err != nil || b.String() != c.want {
			t.Errorf("%v: %q, %v", c.columns, b.String(), err)
		}
	}
	broken := errors.New("the rows end")
	bad := table()
	bad.Rows = func(yield func([]string, error) bool) { yield(nil, broken) }
	if err := (Out{To: &bytes.Buffer{}, As: XLSX, Columns: []string{"a"}}).Write(bad); !errors.Is(err, broken) {
		t.Errorf("an error of the rows came out as %v", err)
	}
}

func TestOutRefusesWhatTheListDoesNotHave(t *testing.T) {
	t.Parallel()
	keys := []string{"a", "b"}
	for _, c := range []struct {
		out   Out
		field string
	}{
		{Out{As: XLSX}, ""}, {Out{As: GB, Columns: []string{"b"}}, ""}, {Out{As: "doc"}, "as"}, {Out{}, "as"}, {Out{As: XLSX, Columns: []string{"a", "identity"}}, "columns"},
	} {
		err := c.out.Check(keys)
		fields := fault.Fields(err)
		if c.field == "" && err != nil || c.field != "" && (len(fields) != 1 || !strings.HasPrefix(fields[0].Name, c.field)) {
			t.Errorf("%+v: %v", c.out, err)
		}
	}
}
