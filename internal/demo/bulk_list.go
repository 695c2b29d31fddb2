package demo

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// listTown is 风平镇, whose list the bench imports.
const listTown region.Code = "533103105"

// spoilEvery is how often a row of the bench's list has a wrong digit.
const spoilEvery = 50

// WriteList writes a workbook of n holders whose certificates lapsed, as 风平镇 would send it, but far longer: every 50th number has a wrong check
// digit. The same seed gives the same list.
func WriteList(w io.Writer, n int) error {
	var villages []string
	for v, err := range region.Within(listTown) {
		if err != nil {
			return fmt.Errorf("reading the villages: %w", err)
		}
		if v.Code.Level() == region.Village {
			villages = append(villages, v.Name)
		}
	}
	r, used := rand.New(rand.NewPCG(seed, 3)), map[person.Number]bool{}
	return sheet.WriteXLSX(w, sheet.Table{Name: "Sheet1", Title: "德宏州芒市风平镇过期失效持证残疾人名单",
		Columns: sheet.Columns("序号", "姓名", "性别", "残疾人证号", "残疾类别", "残疾等级", "有效期止", "村（社区）", "联系电话", "建档立卡户", "备注"),
		Rows: func(yield func([]string, error) bool) {
			for i := range n {
				if !yield(listRow(r, used, i, villages), nil) {
					return
				}
			}
		}})
}

func listRow(r *rand.Rand, used map[person.Number]bool, i int, villages []string) []string {
	p := somebody(r, used, listTown)
	category, level := r.IntN(6), r.IntN(4)
	number := string(certificate.MakeNumber(p.Number, certificate.Categories[category], certificate.Levels[level]))
	if i%spoilEvery == spoilEvery-1 {
		number = number[:16] + string('0'+(number[16]-'0'+1)%10) + number[17:]
	}
	sex := "男"
	if p.Sex == person.Female {
		sex = "女"
	}
	poor := "否"
	if r.IntN(5) == 0 {
		poor = "是"
	}
	expires := strings.ReplaceAll(string(Plan.Add(-r.IntN(900))), "-", "/")
	return []string{strconv.Itoa(i + 1), p.Name, sex, number, []string{"视力", "听力", "言语", "肢体", "智力", "精神"}[category],
		[]string{"一级", "二级", "三级", "四级"}[level], expires, pick(r, villages), p.Phone, poor, ""}
}
