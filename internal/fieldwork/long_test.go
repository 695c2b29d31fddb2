package fieldwork_test

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/testbed"
)

// long yields n good lines of the expired, each about somebody else.
func long(n int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for i := range n {
			number := person.MakeNumber("533199", day.New(1940, 1, 1).Add(i%28000), i/28000*7+i%7)
			card := certificate.MakeNumber(number, certificate.Categories[i%7], certificate.Levels[i%4])
			row := []string{fmt.Sprint(i + 1), []string{"岩温", "玉罕", "买买提·吐尔逊"}[i%3], map[person.Sex]string{person.Male: "男", person.Female: "女"}[number.Sex()],
				string(card), []string{"视力", "听力", "言语", "肢体", "智力残疾", "精神", "多重"}[i%7], []string{"一级", "二级", "三级", "四级"}[i%4],
				[]string{"2020-09-17", "2020年9月17日", "20200917", "2020.9.17"}[i%4], []string{"风平村民委员会", "法帕村"}[i%2], "13812345678", "否", ""}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// longList is a spreadsheet of n good lines of the expired.
func longList(t testing.TB, n int) []byte {
	t.Helper()
	var file bytes.Buffer
	err := sheet.WriteXLSX(&file, sheet.Table{Name: "名单", Title: "过期失效持证残疾人名单", Rows: long(n),
		Columns: sheet.Columns("序号", "姓名", "性别", "残疾人证号", "残疾类别", "残疾等级", "有效期止", "村（社区）", "联系电话", "建档立卡户", "备注")})
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// hand uploads a list and has it checked.
func hand(t testing.TB, o *testbed.Office, kind roster.Kind, file io.Reader) (*fieldwork.Desk, roster.ID) {
	t.Helper()
	desk := fieldwork.New(o.DB, o.Files)
	id, err := desk.UploadRoster(t.Context(), testbed.As(access.Township), fieldwork.Paper{Kind: kind, Region: testbed.Township, Name: "名单.xlsx", File: file})
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.CheckRoster(t.Context(), access.Program(), id); err != nil {
		t.Fatal(err)
	}
	return desk, id
}

// store confirms a checked list and has it entered.
func enter(t testing.TB, desk *fieldwork.Desk, id roster.ID) {
	t.Helper()
	if err := desk.ConfirmRoster(t.Context(), testbed.As(access.Township), id); err != nil {
		t.Fatal(err)
	}
	if err := desk.StoreRoster(t.Context(), access.Program(), id); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkImport takes in a list of 100,000 expired holders: upload, all checks, entering.
func BenchmarkImport(b *testing.B) {
	const lines = 100_000
	file := longList(b, lines)
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				o := testbed.Open(b, engine)
				b.StartTimer()
				desk, id := hand(b, o, roster.Expired, bytes.NewReader(file))
				enter(b, desk, id)
				if h, _, err := desk.Roster(b.Context(), testbed.As(access.Township), id, 0, 1); err != nil || h.Added != lines {
					b.Fatalf("%+v, %v", h, err)
				}
			}
			b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
