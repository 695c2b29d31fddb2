package sheet

import (
	"os"
	"testing"

	"hefa/internal/fault"
	"hefa/internal/roster"
)

// FuzzOpen feeds whole files: whatever the bytes, the reader ends, keeps its order and blames the file with a sentence.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{"testdata/533103105-expired.xlsx", "testdata/533103105-suspected.xlsx"} {
		file, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Add(pack(f, parts(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`, nil)))
	f.Add([]byte("姓名,残疾人证号\n岩温,\"533\"\"1\"\n"))
	f.Fuzz(func(t *testing.T, file []byte) { openAny(t, file) })
}

// FuzzRows feeds the inside of a sheet, which packing would hide from the fuzzer.
func FuzzRows(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="s"><v>1</v></c></row>`, `A1:B2`)
	f.Add(`<row><c t="str"><f>a</f><v>残疾人证号</v></c></row><row r="7"><c r="ZZ7"><v>1E5</v></c></row>`, `A1:XFD1048576`)
	f.Fuzz(func(t *testing.T, rows, ref string) {
		openAny(t, pack(t, parts("", map[string]string{"xl/worksheets/one.xml": `<worksheet><sheetData>` + rows + `</sheetData><mergeCells><mergeCell ref="` + ref + `"/></mergeCells></worksheet>`})))
	})
}

func openAny(t *testing.T, file []byte) {
	t.Helper()
	rows, err := rowsOf(file)
	if err != nil && fault.Of(err) != fault.Invalid {
		t.Errorf("not a fault: %v", err)
	}
	last := 0
	for _, r := range rows {
		if r.Number <= last || len(r.Cells) == 0 || len(r.Cells) > maxColumns {
			t.Errorf("row %d after row %d with %d cells", r.Number, last, len(r.Cells))
		}
		last = r.Number
	}
	for _, kind := range []roster.Kind{roster.Expired, roster.Suspected} {
		result, entries, err := read(kind, file)
		if err != nil {
			continue
		}
		r := result.Report
		if r.Good != len(entries) || r.Rows != r.Good+len(r.Rejected)+len(r.Duplicates) {
			t.Errorf("the account does not add up: %+v", r)
		}
	}
}
