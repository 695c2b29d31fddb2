package sheet

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/roster"
)

// long yields n lines of the expired, each about somebody else.
func long(n int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for i := range n {
			number := person.MakeNumber("533199", day.New(1940, 1, 1).Add(i%28000), i/28000*7+i%7)
			c := certificate.MakeNumber(number, certificate.Categories[i%7], certificate.Levels[i%4])
			row := []string{
				fmt.Sprint(i + 1), []string{"岩温", "玉罕", "买买提·吐尔逊"}[i%3], map[person.Sex]string{person.Male: "男", person.Female: "女"}[number.Sex()], string(c), "", []string{"一级", "二级", "三级", "四级"}[i%4],
				[]string{"2020-09-17", "2020年9月17日", "20200917", "2020.9.17"}[i%4], "芒里村民委员会", "13812345678", "否", "",
			}
			row[4] = []string{"视力", "听力", "言语", "肢体", "智力残疾", "精神", "多重"}[i%7]
			if !yield(row, nil) {
				return
			}
		}
	}
}

func longTable(n int) Table {
	return Table{Name: "名单", Title: "过期失效持证残疾人名单", Columns: Columns("序号", "姓名", "性别", "残疾人证号", "残疾类别", "残疾等级", "有效期止", "村（社区）", "联系电话", "建档立卡户", "备注"), Rows: long(n)}
}

func BenchmarkXLSX(b *testing.B) {
	const lines = 100_000
	var file bytes.Buffer
	if err := WriteXLSX(&file, longTable(lines)); err != nil {
		b.Fatal(err)
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			book, err := Open(bytes.NewReader(file.Bytes()), int64(file.Len()))
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for _, err := range book.Sheets[0].Rows() {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
		}
		b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("read and check", func(b *testing.B) {
		for b.Loop() {
			r, _, err := read(roster.Expired, file.Bytes())
			if err != nil || r.Report.Good != lines {
				b.Fatalf("%d good: %v, %v", r.Report.Good, err, r.Report.Rejected[:min(3, len(r.Report.Rejected))])
			}
		}
		b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

func BenchmarkWriteXLSX(b *testing.B) {
	for b.Loop() {
		if err := WriteXLSX(io.Discard, longTable(100_000)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
