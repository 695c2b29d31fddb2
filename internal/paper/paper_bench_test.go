package paper

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"
)

// BenchmarkAcceptanceSlips prints 1,000 slips into one file; bytes are those of the file.
func BenchmarkAcceptanceSlips(b *testing.B) {
	one := letters("张三")["acceptance"].(Acceptance)
	papers := make([]Acceptance, 1000)
	for i := range papers {
		papers[i] = one
		papers[i].Person, papers[i].Number = fmt.Sprintf("张三%c", '一'+rune(i)), fmt.Sprintf("SL-533103-2020-%06d", i)
	}
	b.ReportAllocs()
	var size counter
	for b.Loop() {
		size = 0
		if err := WriteAll(&size, "受理回执", All(papers)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "bytes/file")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/page")
}

// BenchmarkReportOfThousandPages prints a tagged table of 32,000 rows.
func BenchmarkReportOfThousandPages(b *testing.B) {
	row := []string{"1", "张三", "遮放镇第3村民委员会", "2020-12-31", "370"}
	p := lists(0)["report"].(Report)
	p.Rows = func(yield func([]string) bool) {
		for range 32000 {
			if !yield(row) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// BenchmarkReminders prints 1,000 reminders of a township into one file.
func BenchmarkReminders(b *testing.B) {
	papers := make([]Reminder, 1000)
	for i := range papers {
		r := filled(fmt.Sprintf("张三%c", '一'+rune(i)))["renew"].(Reminder)
		r.Number = fmt.Sprintf("533103-2022-T%07d", i)
		papers[i] = r
	}
	b.ReportAllocs()
	var size counter
	for b.Loop() {
		size = 0
		if err := WriteAll(&size, "提醒单", All(papers)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "bytes/file")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/page")
}

// BenchmarkRemindersEach prints 1,000 reminders into 1,000 files of one archive.
func BenchmarkRemindersEach(b *testing.B) {
	papers := make([]Named, 1000)
	for i := range papers {
		r := filled(fmt.Sprintf("张三%c", '一'+rune(i)))["renew"].(Reminder)
		r.Number = fmt.Sprintf("533103-2022-T%07d", i)
		papers[i] = Named{r.Number, r}
	}
	b.ReportAllocs()
	var size counter
	for b.Loop() {
		size = 0
		if err := WriteEach(&size, papers); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "bytes/archive")
}

// BenchmarkEveryPaper prints each paper as batches for the printer are: letters and cards one after the other in one file, lists with many rows. The
// target is 1,000 pages/s for any of them.
func BenchmarkEveryPaper(b *testing.B) {
	papers := every(b)
	for name, p := range lists(5000) {
		papers[name] = p
	}
	for _, name := range sortedNames(papers) {
		one := []Paper{papers[name]}
		if n := len(read(b, written(b, one[0])).pages()); n < 100 {
			one = slices.Repeat(one, 100)
		}
		b.Run(name, func(b *testing.B) {
			var file bytes.Buffer
			for b.Loop() {
				file.Reset()
				if err := WriteAll(&file, name, All(one)); err != nil {
					b.Fatal(err)
				}
			}
			pages := len(read(b, file.Bytes()).pages())
			b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
