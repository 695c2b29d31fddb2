package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hefa/internal/fault"
	"hefa/internal/roster"
)

// pack makes a zip file of parts.
func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// parts is a small workbook with the rows given as XML; what is in more comes in addition or instead.
func parts(rows string, more map[string]string) map[string]string {
	out := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="a" Type="` + transitional + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="` + transitional + `worksheet" Target="worksheets/one.xml"/><Relationship Id="r2" Type="` + transitional + `sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="` + transitional + `styles" Target="/xl/styles.xml"/></Relationships>`,
		"xl/worksheets/one.xml":      `<?xml version="1.0"?><worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/sharedStrings.xml":       `<sst><si><t>姓名</t></si><si><r><t>身份</t></r><r><rPr><b/></rPr><t xml:space="preserve">证 号</t></r><rPh sb="0" eb="1"><t>shen</t></rPh></si><si/><si><t>a&amp;b&#x4e2d;&lt;_x000A_c</t></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="177" formatCode="[Red]0.00&quot;day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs></styleSheet>`,
	}
	maps.Copy(out, more)
	return out
}

// rowsOf reads all rows of the first sheet.
func rowsOf(file []byte) ([]roster.Row, error) {
	book, err := Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) == 0 {
		return nil, nil
	}
	var out []roster.Row
	for row, err := range book.Sheets[0].Rows() {
		if err != nil {
			return out, err
		}
		row.Cells = slices.Clone(row.Cells)
		out = append(out, row)
	}
	return out, nil
}

func text(s ...string) []roster.Cell {
	out := make([]roster.Cell, len(s))
	for i := range s {
		out[i].Text = s[i]
	}
	return out
}

func TestEveryKindOfCellIsRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		rows string
		more map[string]string
		want []roster.Row
	}{
		{"shared, rich and escaped texts", `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="s"><v>3</v></c></row>`, nil, []roster.Row{{Number: 2, Cells: text("姓名", "身份证 号", "", "a&b中<\nc")}}},
		{"empty shared text says nothing", `<row r="1"><c r="A1" t="s"><v>2</v></c></row><row r="9"/>`, nil, nil},
		{"inline texts", `<row r="1"><c r="A1" t="inlineStr"><is><r><t>张</t></r><r><t> 三</t></r></is></c></row>`, nil, []roster.Row{{Number: 1, Cells: text("张 三")}}},
		{"CDATA and comments", `<!-- <row> --><row r="1"><c t="str"><v><![CDATA[a<b]]></v></c></row>`, nil, []roster.Row{{Number: 1, Cells: text("a<b")}}},
		{"cached values of formulas", `<row r="1"><c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>NOW()</f></c></row>`, nil, []roster.Row{{Number: 1, Cells: []roster.Cell{{Text: "ab"}, {Text: "2", Number: true}}}}},
		{"booleans and errors", `<row r="1"><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c></row>`, nil, []roster.Row{{Number: 1, Cells: text("TRUE", "FALSE", "#N/A")}}},
		{"numbers stay unformatted, dates are marked", `<row r="1"><c s="0"><v>5.3319919E+17</v></c><c s="1"><v>44091</v></c><c s="2"><v>44091.5</v></c><c s="3"><v>7</v></c><c t="d"><v>2020-09-17T00:00:00</v></c></row>`, nil, []roster.Row{{Number: 1, Cells: []roster.Cell{{Text: "5.3319919E+17", Number: true}, {Text: "44091", Number: true, Date: true}, {Text: "44091.5", Number: true, Date: true}, {Text: "7", Number: true}, {Text: "2020-09-17T00:00:00"}}}}},
		{"rows and cells without references, hidden rows", `<row><c t="str"><v>a</v></c></row><row hidden="1"><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row>`, nil, []roster.Row{{Number: 1, Cells: text("a")}, {Number: 2, Cells: text("b", "c")}}},
		{"prefixes and single quotes", ``, map[string]string{"xl/worksheets/one.xml": `<x:worksheet xmlns:x='u'><x:sheetData><x:row r='3'><x:c r='B3' t='inlineStr'><x:is><x:t>a>b</x:t></x:is></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref='B3:C4'/></x:mergeCells></x:worksheet>`}, []roster.Row{{Number: 3, Cells: []roster.Cell{{}, {Text: "a>b"}, {Text: "a>b", Across: true}}}}},
		{"UTF-8 with its mark", ``, map[string]string{"xl/worksheets/one.xml": "\ufeff<worksheet><sheetData><row><c t=\"str\"><v>a</v></c></row></sheetData></worksheet>"}, []roster.Row{{Number: 1, Cells: text("a")}}},
		{"counting from 1904", `<row r="1"><c><v>1</v></c></row>`, map[string]string{"xl/workbook.xml": `<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`}, []roster.Row{{Number: 1, Shift: 1462, Cells: []roster.Cell{{Text: "1", Number: true}}}}},
		{"merged cells downwards and across", `<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="C2" t="str"><v>b</v></c></row>`, map[string]string{"xl/worksheets/one.xml": `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="C2" t="str"><v>b</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>`}, []roster.Row{{Number: 1, Cells: []roster.Cell{{Text: "a"}, {Text: "a", Across: true}}}, {Number: 2, Cells: []roster.Cell{{Text: "a"}, {Text: "a", Across: true}, {Text: "b"}}}}},
		{"no relations at all", `<row><c t="str"><v>a</v></c></row>`, map[string]string{"_rels/.rels": "<Relationships/>", "xl/_rels/workbook.xml.rels": "<Relationships/>", "xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="str"><v>b</v></c></row></sheetData></worksheet>`}, []roster.Row{{Number: 1, Cells: text("b")}}},
		{"Strict", `<row><c t="str"><v>a</v></c></row>`, map[string]string{"_rels/.rels": `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>`, "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/one.xml"/></Relationships>`}, []roster.Row{{Number: 1, Cells: text("a")}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := rowsOf(pack(t, parts(tt.rows, tt.more)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextIsReadInItsEncodingAndWithItsSeparator(t *testing.T) {
	t.Parallel()
	encode := func(b []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := []roster.Row{{Number: 1, Cells: text("姓名", "身份证号")}, {Number: 3, Cells: text("𬭼 \"三\"", "1,\n2")}, {Number: 4, Cells: text("李四", `="3"`, "")}}
	plain := "姓名,身份证号\n\n\"𬭼 \"\"三\"\"\",\"1,\n2\"\r\n李四,=\"3\",\n"
	tests := map[string][]byte{
		"UTF-8":                       []byte(plain),
		"UTF-8 with its mark":         []byte("\xef\xbb\xbf" + plain),
		"GB18030":                     encode(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(plain))),
		"UTF-16, tabs":                encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("姓名\t身份证号\n\n\"𬭼 \"\"三\"\"\"\t\"1,\n2\"\r\n李四\t=\"3\"\t\n"))),
		"semicolons":                  []byte("姓名;身份证号\n\n\"𬭼 \"\"三\"\"\";\"1,\n2\"\r\n李四;=\"3\";\n"),
		"a first line for Excel":      []byte("sep=;\r\n姓名;身份证号\n\n\"𬭼 \"\"三\"\"\";\"1,\n2\"\r\n李四;=\"3\";\n"),
		"no line break at the end":    []byte(strings.TrimRight(plain, "\n")),
		"spaces only on a blank line": []byte(strings.Replace(plain, "\n\n", "\n ,\n", 1)),
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rowsOf(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// bomb is a part that packs to almost nothing.
func bomb(t *testing.T) []byte {
	t.Helper()
	return pack(t, parts("", map[string]string{"xl/worksheets/one.xml": `<worksheet><sheetData>` + strings.Repeat(`<row><c t="str"><v>a</v></c></row>`, 1_000_000)}))
}

func TestFilesThatCannotBeReadSayWhatToDo(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile("testdata/533103105-expired.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	spoilt := bytes.Clone(whole)
	for i := range 4000 {
		spoilt[2000+i] ^= 0x55
	}
	shared := func(s string) []byte {
		return pack(t, parts(`<row><c t="s"><v>0</v></c></row>`, map[string]string{"xl/sharedStrings.xml": s}))
	}
	encrypted := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...)
	tests := map[string]struct {
		file []byte
		want string
	}{
		"nothing":                       {nil, "sheet.empty"},
		"blanks":                        {[]byte(" \r\n "), "sheet.empty"},
		"old or encrypted workbook":     {encrypted, "sheet.old"},
		"a page called .xls":            {[]byte("<html><table><tr><td>姓名</td></tr></table></html>"), "sheet.other"},
		"a picture":                     {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "sheet.other"},
		"PDF":                           {[]byte("%PDF-1.7\n"), "sheet.other"},
		"another kind of zip":           {pack(t, map[string]string{"content.xml": "<office:document-content/>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "sheet.other"},
		"a document":                    {pack(t, map[string]string{"_rels/.rels": `<Relationships><Relationship Id="a" Type="` + transitional + `officeDocument" Target="word/document.xml"/></Relationships>`, "word/document.xml": "<w/>"}), "sheet.other"},
		"half a file":                   {whole[:len(whole)/2], "sheet.broken"},
		"spoilt bytes":                  {spoilt, "sheet.broken"},
		"a sheet that stops":            {pack(t, parts("", map[string]string{"xl/worksheets/one.xml": `<worksheet><sheetData><row r="1"><c t="str"><v>a</v></c></row>`})), "sheet.broken"},
		"a shared text out of range":    {pack(t, parts(`<row><c t="s"><v>99</v></c></row>`, nil)), "sheet.broken"},
		"rows that go back":             {pack(t, parts(`<row r="5"><c t="str"><v>a</v></c></row><row r="5"><c t="str"><v>a</v></c></row>`, nil)), "sheet.broken"},
		"entities of its own":           {shared(`<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><sst><si><t>&a;&b;</t></si></sst>`), "sheet.broken"},
		"a part that unpacks too far":   {bomb(t), "sheet.huge"},
		"a cell that does not end":      {pack(t, parts(`<row><c t="str"><v>`+strings.Repeat("x", 200_000)+`</v></c></row>`, nil)), "sheet.huge"},
		"a tag that does not end":       {pack(t, parts(`<row r="`+noise(maxToken+100), nil)), "sheet.huge"},
		"rows beyond the format's":      {pack(t, parts(`<row r="1048577"><c t="str"><v>a</v></c></row>`, nil)), "sheet.huge"},
		"a text cell that does not end": {append([]byte("姓名,身份证号\n\""), strings.Repeat("x\n", 200_000)...), "sheet.huge"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := rowsOf(tt.file)
			f, ok := errors.AsType[*fault.Fault](err)
			if !ok || f.Kind != fault.Invalid || f.Key != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// noise is text that does not pack.
func noise(n int) string {
	var b strings.Builder
	for i := uint64(88172645463325252); b.Len() < n; {
		i ^= i << 13
		i ^= i >> 7
		i ^= i << 17
		fmt.Fprintf(&b, "%x", i)
	}
	return b.String()
}

func TestTheSheetThatHoldsTheListIsChosen(t *testing.T) {
	t.Parallel()
	one := func(rows string) string { return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>` }
	line := func(cells ...string) string {
		out := "<row>"
		for _, c := range cells {
			out += `<c t="str"><v>` + c + `</v></c>`
		}
		return out + "</row>"
	}
	file := pack(t, map[string]string{
		"xl/workbook.xml": `<workbook><sheets><sheet name="旧" state="hidden" r:id="r0"/><sheet name="封面" r:id="r1"/><sheet name="过期" r:id="r2"/><sheet name="疑似" r:id="r3"/><sheet name="疑似2" r:id="r4"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": func() string {
			out := "<Relationships>"
			for i := range 5 {
				out += fmt.Sprintf(`<Relationship Id="r%d" Type="%sworksheet" Target="worksheets/s%d.xml"/>`, i, transitional, i)
			}
			return out + "</Relationships>"
		}(),
		"xl/worksheets/s0.xml": one(line("姓名", "身份证号", "残疾人证号")),
		"xl/worksheets/s1.xml": one(line("芒市残联")),
		"xl/worksheets/s2.xml": one(line("姓名", "身份证号", "残疾人证号", "有效期止")),
		"xl/worksheets/s3.xml": one(line("姓名", "身份证号", "未评残原因")),
		"xl/worksheets/s4.xml": one(line("姓名", "身份证号", "未评残原因")),
	})
	book, err := Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[roster.Kind]string{roster.Expired: "过期 [旧]", roster.Suspected: "疑似 [疑似2 旧]"}
	for kind, want := range tests {
		list, others, err := book.List(kind, nil)
		if got := fmt.Sprint(list.Name, " ", others); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", kind, got, err, want)
		}
	}
}

func TestListWithoutHeaderSaysWhatIsLacking(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ file, want string }{
		"no header":        {"岩温,533199199001011234\n", "roster.header.none"},
		"only a title":     {"过期失效持证残疾人名单\n", "roster.header.none"},
		"no number column": {"名单\n姓名,性别,村\n岩温,男,芒里村\n", "roster.header.lacks"},
		"no name column":   {"性别,残疾人证号\n男,1\n", "roster.header.lacks"},
	}
	for name, tt := range tests {
		_, _, err := read(roster.Expired, []byte(tt.file))
		if f, ok := errors.AsType[*fault.Fault](err); !ok || f.Key != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	result, entries, err := read(roster.Expired, []byte("姓名,残疾人证号\n"))
	if err != nil || len(entries) != 0 || result.Report.Rows != 0 || result.Report.Rejected == nil || result.Report.Duplicates == nil {
		t.Errorf("a header alone: %+v, %v", result.Report, err)
	}
}
