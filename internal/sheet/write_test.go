package sheet

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hefa/internal/roster"
)

func TestWrittenWorkbookHoldsTextOnlyUnderAFrozenHeader(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"岩温", "53319919800101123X41", "=1+1"}, {"", "  a  ", "a<b>&\"c\"\nd_x0041_\x01"}, {"@SUM(A1)", "-1", "𬭼"}}
	var file bytes.Buffer
	if err := WriteXLSX(&file, Table{Name: "过期/名单[1]", Title: "退回名单", Columns: append(Columns("姓名", "残疾人证号"), Column{Name: "备注", Width: 40}), Rows: Rows(rows)}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := "过期名单1"
	got, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"退回名单"}, {"姓名", "残疾人证号", "备注"}, rows[0], {"", "  a  ", "a<b>&\"c\"\nd_x0041_\ufffd"}, rows[2]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, cell := range []string{"A5", "C3", "B3"} {
		if kind, _ := f.GetCellType(sheet, cell); kind != excelize.CellTypeInlineString {
			t.Errorf("cell %s has type %d", cell, kind)
		}
		if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
			t.Errorf("cell %s is a formula", cell)
		}
		id, _ := f.GetCellStyle(sheet, cell)
		if style, err := f.GetStyle(id); err != nil || style.NumFmt != 49 {
			t.Errorf("cell %s is not formatted as text: %v", cell, err)
		}
	}
	if panes, err := f.GetPanes(sheet); err != nil || panes.YSplit != 2 || !panes.Freeze {
		t.Errorf("panes %+v, %v", panes, err)
	}
	id, _ := f.GetCellStyle(sheet, "A2")
	if style, err := f.GetStyle(id); err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("the header is not bold: %v", err)
	}
	if w, _ := f.GetColWidth(sheet, "C"); w != 40 {
		t.Errorf("width %v", w)
	}
	again, err := rowsOf(file.Bytes())
	if err != nil || len(again) != 5 || again[3].Cells[2].Text != want[3][2] || again[4].Cells[0].Text != "@SUM(A1)" {
		t.Errorf("read again: %+v, %v", again, err)
	}
}

func TestWritingEndsWithTheErrorOfTheRows(t *testing.T) {
	t.Parallel()
	broken := errors.New("the database is gone")
	rows := func(yield func([]string, error) bool) { _ = yield([]string{"a"}, nil) && yield(nil, broken) }
	if err := WriteXLSX(&bytes.Buffer{}, Table{Columns: Columns("a"), Rows: rows}); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// The circle of a rejected line: it goes back as a file, is corrected there and sent again.
func TestReturnedRowsAreCorrectedAndSentAgain(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/533103105-expired.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	result, _ := readFile(t, roster.Expired, file)
	r := result.Returned
	if len(r.Rows) != 9 || r.Columns[len(r.Columns)-1] != "退回原因" {
		t.Fatalf("%d rows, columns %v", len(r.Rows), r.Columns)
	}
	again := write(t, r)
	second, _ := readFile(t, roster.Expired, again)
	if len(second.Report.Rejected) != 9 || len(second.Returned.Columns) != len(r.Columns) {
		t.Errorf("uncorrected: %d rejected, columns %v", len(second.Report.Rejected), second.Returned.Columns)
	}
	for i := range second.Report.Rejected {
		if second.Report.Rejected[i].Reason != result.Report.Rejected[i].Reason {
			t.Errorf("line %d: %+v", i, second.Report.Rejected[i])
		}
	}
	lines := truth(t, "testdata/533103105-expired.truth.tsv")
	categories := map[string]string{"视力": "1", "听力": "2", "言语": "3", "肢体": "4", "智力": "5", "精神": "6", "多重": "7"}
	for i, rejected := range result.Report.Rejected {
		line := lines[rejected.Row-4]
		number := line["number"][:18] + categories[strings.TrimSuffix(r.Rows[i][4], "残疾")] + line["level"]
		if line["defect"] == "checksum" {
			number = corrected(number)
		}
		r.Rows[i][3] = number
	}
	third, entries := readFile(t, roster.Expired, write(t, r))
	if len(third.Report.Rejected) != 0 || len(entries) != 9 {
		t.Errorf("corrected: %+v", third.Report)
	}
	for i, e := range entries {
		if want := lines[result.Report.Rejected[i].Row-4]["expiry"]; string(e.Expires) != want {
			t.Errorf("line %d expires %s, want %s", i, e.Expires, want)
		}
	}
}

// corrected puts the right check character into a certificate number.
func corrected(number string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(number[i]-'0') * w
	}
	return number[:17] + string("10X98765432"[sum%11]) + number[18:]
}

func write(t *testing.T, r roster.Returned) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteXLSX(&b, Table{Name: "退回", Columns: Columns(r.Columns...), Rows: Rows(r.Rows)}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
