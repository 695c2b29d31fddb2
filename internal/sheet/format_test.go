package sheet

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"hefa/internal/fault"
)

func TestSeparatedTextKeepsDigitsAndRunsNothing(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": `""`, "张三": `"张三"`, `说"好"`: `"说""好"""`, "两\n行": "\"两\n行\"", "=1+1": `"'=1+1"`, "+86": `"'+86"`, "-1": `"'-1"`, "@SUM(A1)": `"'@SUM(A1)"`, "＝1+1": `"'＝1+1"`,
		"\t=1": "\"'\t=1\"", "533199196105040019": "\"533199196105040019\t\"", "53319919610504001X": "\"53319919610504001X\t\"", "13800000000": `"13800000000"`,
		"0692-2100000": "\"0692-2100000\t\"", "0": `"0"`, "2020-01-05": `"2020-01-05"`,
	} {
		if got := string(appendCSV(nil, []string{in})); got != want+"\r\n" {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	var b bytes.Buffer
	table := Table{Title: "名单", Columns: Columns("姓名", "号码"), Rows: Rows([][]string{{"𠮷田·阿依古丽", "1", "beyond"}})}
	if err := Write(&b, GB, table); err != nil {
		t.Fatal(err)
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(b.String())
	if want := "\"姓名\",\"号码\"\r\n\"𠮷田·阿依古丽\",\"1\"\r\n"; err != nil || text != want {
		t.Errorf("%q %v", text, err)
	}
	b.Reset()
	if err := Write(&b, UTF8, table); err != nil || !strings.HasPrefix(b.String(), "\ufeff\"姓名\"") {
		t.Errorf("%q %v", b.String(), err)
	}
	if err := Write(&b, "xls", table); fault.Of(err) != fault.Invalid {
		t.Errorf("an unknown format: %v", err)
	}
	broken := errors.New("broken")
	table.Rows = func(yield func([]string, error) bool) { yield(nil, broken) }
	for _, f := range Formats {
		if err := Write(&b, f, table); !errors.Is(err, broken) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// What is written is read back as it was, but for the quote before what could be a formula.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-z0-9X"，,;张·]{1,20}`)
		var rows [][]string
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			rows = append(rows, []string{"第一列", cell.Draw(t, "cell"), cell.Draw(t, "another")})
		}
		for _, f := range Formats {
			var b bytes.Buffer
			if err := Write(&b, f, Table{Name: "表", Columns: Columns("甲", "乙", "丙"), Rows: Rows(rows)}); err != nil {
				t.Fatal(err)
			}
			book, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatal(f, err)
			}
			var got [][]string
			for row, err := range book.Sheets[0].Rows() {
				if err != nil {
					t.Fatal(err)
				}
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, strings.TrimSpace(c.Text))
				}
				got = append(got, cells)
			}
			if len(got) != len(rows)+1 {
				t.Fatalf("%s: %d rows of %d: %q", f, len(got), len(rows)+1, b.String())
			}
			for i, r := range rows {
				if !slices.Equal(r, got[i+1]) {
					t.Fatalf("%s: %q became %q", f, r, got[i+1])
				}
			}
		}
	})
}
