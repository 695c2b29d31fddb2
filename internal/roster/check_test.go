package roster

import (
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/person"
)

// each yields rows of texts, numbered from 1; "#" in front makes a number.
func each(lines ...string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for i, l := range lines {
			r := Row{Number: i + 1}
			for s := range strings.SplitSeq(l, "|") {
				number := strings.HasPrefix(s, "#") && len(s) > 1 && s[1] >= '0' && s[1] <= '9'
				if number {
					s = s[1:]
				}
				r.Cells = append(r.Cells, Cell{Text: s, Number: number})
			}
			if strings.Trim(l, "| ") != "" && !yield(r, nil) {
				return
			}
		}
	}
}

// a sound number: a woman born on 17 September 1948.
const (
	woman = "533199194809170023"
	card  = woman + "42"
)

func TestOneReasonIsGivenForEachDefect(t *testing.T) {
	t.Parallel()
	if f := person.Number(woman).Check(); f != "" {
		t.Fatalf("%s: %s", woman, f)
	}
	const header = "姓名|性别|出生日期|残疾人证号|身份证号|残疾类别|残疾等级|有效期止|电话"
	good := []string{"玉罕", "女", "1948-09-17", card, woman, "肢体", "二级", "2020-09-17", "13812345678"}
	tests := []struct {
		column int
		value  string
		want   Defect
	}{
		{0, "玉罕", ""}, {0, " ", Missing}, {0, "/", Missing}, {0, "123", Missing},
		{1, "男", WrongSex}, {1, "", ""}, {1, "未知", ""}, {1, "南", WrongSex},
		{2, "1948-09-18", WrongBirth}, {2, "1948.9", ""}, {2, "1948年9月", ""}, {2, "1949年9月", WrongBirth}, {2, "48.9.17", ""}, {2, "194809", ""}, {2, "1948", ""}, {2, "#17793", ""}, {2, "秋天", BadDate}, {2, "1948-13-17", BadDate}, {2, "", ""}, {2, "1948-02-30", BadDate},
		{3, "", Missing}, {3, "无", Missing}, {3, "遗失", Missing}, {3, "5.33199E+19", Scientific}, {3, "#5.33199194809170E+19", Scientific}, {3, "#53319919480917002342", Scientific}, {3, "53319919480917000000", Scientific},
		{3, woman, Length}, {3, card + "1", Length}, {3, card[1:], Length}, {3, card[1:] + "B1", Length}, {3, woman + "4", Length}, {3, card + "B12", ""},
		{3, "S" + card[1:], Digits}, {3, "53319919480917B02442", Digits}, {3, "533199194813170024" + "42", BadDate}, {3, "533199194809170034" + "42", Checksum},
		{3, woman + "92", WrongCategory}, {3, woman + "02", WrongCategory}, {3, woman + "45", WrongLevel}, {3, woman + "40", WrongLevel}, {3, card + "B", WrongSuffix}, {3, card + "B01", WrongSuffix}, {3, card + "C1", WrongSuffix},
		{4, "", ""}, {4, string(person.MakeNumber("533199", "1948-09-17", 4)), OtherPerson}, {4, "533199194809170034", Checksum}, {4, woman[1:], Length}, {4, "5.33E+17", Scientific}, {4, card, ""},
		{5, "视力", WrongCategory}, {5, "", ""}, {5, "其他", WrongCategory}, {5, "肢体、智力", ""}, {5, "肢体二级", ""}, {5, "4", ""},
		{6, "三级", WrongLevel}, {6, "", ""}, {6, "不合格", WrongLevel}, {6, "#2", ""}, {6, "肢体二级", ""}, {6, "重度", ""},
		{7, "", Missing}, {7, "2020-02-30", BadDate}, {7, "长期", BadDate}, {7, "2099-01-01", ""}, {7, "#44091", ""}, {7, "#2020", BadDate}, {7, "1900-01-01", BadDate},
		{8, "", ""}, {8, "12", ""}, {8, "1.38E+10", Scientific}, {8, "#1.3812345678E10", ""},
	}
	for _, tt := range tests {
		cells := append([]string(nil), good...)
		cells[tt.column] = tt.value
		r, err := Read(Expired, "", each(header, strings.Join(cells, "|")), func(Entry) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		var got Defect
		for _, x := range r.Report.Rejected {
			got = x.Reason
			if x.Column != strings.Split(header, "|")[tt.column] || x.Value != strings.TrimPrefix(tt.value, "#") || x.Row != 2 || strings.ContainsAny(x.Message, "{}⟦<") || !strings.HasSuffix(x.Message, "。") {
				t.Errorf("%q: %+v", tt.value, x)
			}
		}
		if got != tt.want || r.Report.Rows != 1 {
			t.Errorf("%q in %s: %q, want %q (%d rows)", tt.value, strings.Split(header, "|")[tt.column], got, tt.want, r.Report.Rows)
		}
	}
}

func TestCertificateNumberIsMadeWhereTheListHasNone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		want certificate.Number
		flaw Defect
	}{
		"玉罕|" + woman + "|肢体|二级":             {card, ""},
		"玉罕|" + card + "B1|肢体|二级":            {card + "B1", ""},
		"玉罕|" + woman + "|听力、言语|一级":          {woman + "71", ""},
		"玉罕|" + woman + "||二级":               {"", Missing},
		"玉罕|" + woman + "|肢体|":               {"", Missing},
		"玉罕|" + woman + "|其他|二级":             {"", WrongCategory},
		"玉罕|" + woman + "|肢体|五级":             {"", WrongLevel},
		"玉罕|" + woman[:17] + "|肢体|二级":        {"", Length},
		"玉罕|" + woman[:17] + "5|肢体|二级":       {"", Checksum},
		"玉罕|" + woman + "4|肢体|二级":            {"", Length},
		"玉罕|" + woman[:15] + "000|肢体|二级":     {"", Scientific},
		"玉罕|#533199194809170023|肢体|二级":       {"", Scientific},
		"玉罕|533199194809170023.0|肢体|二级":      {card, ""},
		"玉罕|533199480917002|肢体|二级":           {"", Length},
		"玉罕|#533199480917002|肢体|二级":          {"", Length},
		"玉罕|＇５３３199194809170023|肢体残疾|Ⅱ":      {card, ""},
		"玉罕|" + woman + "|肢体|极重度":            {woman + "41", ""},
		"玉罕|" + woman + "|肢体一级、智力二级|一级、二级":   {woman + "71", ""},
		"玉罕|" + card + "|听力|二级":              {"", WrongCategory},
		"玉罕|" + strings.ToLower(card) + "||": {card, ""},
	}
	for line, tt := range tests {
		var got certificate.Number
		r, err := Read(Expired, "", each("姓名|身份证号|类别|等级", line), func(e Entry) error { got = e.Certificate; return nil })
		if err != nil {
			t.Fatal(err)
		}
		var flaw Defect
		for _, x := range r.Report.Rejected {
			flaw = x.Reason
		}
		if got != tt.want || flaw != tt.flaw {
			t.Errorf("%s: %q %q, want %q %q", line, got, flaw, tt.want, tt.flaw)
		}
	}
}

func TestSuspectedAreReadWithWhatIsKnown(t *testing.T) {
	t.Parallel()
	var got []Entry
	r, err := Read(Suspected, "533103105", each("疑似残疾人名单", "姓 名|性别|身份证号|乡镇|住址|电话|监护人|残疾状况|残疾类别|原因|脱贫户|备注",
		"玉 罕|女|"+woman+"|风平镇|芒里村  3组|138 1234 5678|岩 温|瘫痪|不清楚|外出务工|是|低保",
		"玉罕||"+card+"|||||||||"), func(e Entry) error { got = append(got, e); return nil })
	if err != nil {
		t.Fatal(err)
	}
	want := []Entry{{Row: 3, Name: "玉罕", Sex: person.Female, Number: woman, Township: "风平镇", Village: "芒里村 3组", Phone: "13812345678", Guardian: "岩温", Poor: true, Condition: "瘫痪", Reason: Other, Remark: "外出务工；低保"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(r.Report.Rejected) != 1 || r.Report.Rejected[0].Reason != Length || r.Report.Region != "533103105" || r.Report.HeaderRow != 2 {
		t.Errorf("%+v", r.Report)
	}
}

func TestWhatIsNoLineOfTheListIsPassedOver(t *testing.T) {
	t.Parallel()
	const header = "序号|姓名|性别|身份证号|村|备注"
	for _, line := range []string{
		header, "|||||", "7|||||否", "合计|12人||||", "合  计||12||", "一、芒里村||||", "芒里村委会|||||", "填报人：岩温||审核人：玉罕|联系电话：0692-2121234|", "|以下空白||||", "注：1.本表一式两份||||", "第2页 共3页|||||", "共 12 人|||||", "1|2|3|4|5|6", "甲|乙|丙|丁|戊|己",
		"示例|张三|男|" + woman + "|芒里村|", "2020年4月15日||||", "||||芒里村|否", "单位负责人：|岩温|填表人：|玉罕|2020年|", "制表：岩温|||2020年4月15日||", "德宏州芒市风平镇疑似残疾人名单|||||",
	} {
		r, err := Read(Suspected, "", each(header, "1|玉罕|女|"+woman+"|芒里村|", line), func(Entry) error { return nil })
		if err != nil || r.Report.Rows != 1 || r.Report.Good != 1 {
			t.Errorf("%q counts: %+v, %v", line, r.Report, err)
		}
	}
	for _, line := range []string{"2|玉香||||", "|玉香|女||芒里村|", "2||女|" + woman + "||", "合村|玉香|女||合计村|合计"} {
		r, err := Read(Suspected, "", each(header, line), func(Entry) error { return nil })
		if err != nil || r.Report.Rows != 1 || len(r.Report.Rejected) != 1 || r.Report.Rejected[0].Reason != Missing {
			t.Errorf("%q does not count: %+v, %v", line, r.Report, err)
		}
	}
}

func TestRejectedLineIsNotTheFirstOfItsPerson(t *testing.T) {
	t.Parallel()
	r, err := Read(Suspected, "", each("姓名|性别|身份证号", "玉罕|男|"+woman, "玉罕|女|"+woman, "玉 罕|女|'"+woman, "|女|"+woman, "玉罕|女|"+woman), func(Entry) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	want := []Duplicate{{Row: 4, SameAs: 3}, {Row: 6, SameAs: 3}}
	if diff := cmp.Diff(want, r.Report.Duplicates); diff != "" || len(r.Report.Rejected) != 2 || r.Report.Good != 1 || r.Report.Rows != 5 {
		t.Errorf("%s%+v", diff, r.Report)
	}
}

func TestARegisterTellsWhatHoldsAndWhatHasEnded(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]certificate.State{"有效": certificate.Valid, "正常": certificate.Valid, "过期失效": certificate.Valid, "即将到期": certificate.Valid, "已注销": certificate.Cancelled,
		"冻结": certificate.Frozen, "挂失": certificate.Lost, "迁移中": certificate.Moving, "": "", "待定": ""} {
		if got := standingOf(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	old, held := woman+"43", woman+"42"
	var got []Entry
	r, err := Read(Register, "533103", each("姓名|残疾人证号|民族|发证日期|有效期至|证件状态", "玉罕|"+old+"|傣族|2012-05-01|2022-04-30|注销", "玉罕|"+held+"|傣族|2019-05-01|2029-04-30|有效",
		"玉罕|"+held+"||||", "玉罕|"+held+"||2030-01-01|2029-04-30|有效"), func(e Entry) error { got = append(got, e); return nil })
	if err != nil || len(got) != 2 || len(r.Report.Rejected) != 2 || r.Report.Rejected[0].Reason != Missing || r.Report.Rejected[1].Reason != BadDate {
		t.Fatalf("%+v, %v", r.Report, err)
	}
	if got[0].Standing != certificate.Cancelled || got[1].Standing != certificate.Valid || got[1].Issued != "2019-05-01" || got[1].Nation != "傣族" {
		t.Errorf("%+v", got)
	}
}

func TestReportIsOneObjectWithoutNulls(t *testing.T) {
	t.Parallel()
	r, err := Read(Suspected, "533103105", each("姓名|身份证号", "玉罕|"+woman), func(Entry) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(r.Report)
	if want := `{"kind":"suspected","region":"533103105","header_row":1,"rows":1,"good":1,"rejected":[],"duplicates":[]}`; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}

func TestReadEndsWithTheFirstError(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	if _, err := Read(Suspected, "", each("姓名|身份证号", "玉罕|"+woman), func(Entry) error { return full }); !errors.Is(err, full) {
		t.Error(err)
	}
	broken := func(yield func(Row, error) bool) { yield(Row{}, full) }
	if _, err := Read(Suspected, "", broken, nil); !errors.Is(err, full) {
		t.Error(err)
	}
}

func TestSheetsThatLookLikeTheOtherListAreStrange(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind   Kind
		header string
		want   bool
	}{{Suspected, "姓名|身份证号|未评残原因", false}, {Suspected, "姓名|身份证号|残疾人证号|有效期止", true}, {Expired, "姓名|残疾人证号|有效期止", false}, {Expired, "姓名|身份证号|类别|等级|未评残原因", true}}
	for _, tt := range tests {
		for row := range each(tt.header) {
			if h, err := FindHeader(tt.kind, []Row{row}); err != nil || h.Strange != tt.want {
				t.Errorf("%s as %s: %v, %v", tt.header, tt.kind, h.Strange, err)
			}
		}
	}
}

func TestEveryWordOfTheListsIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	for _, w := range []lang.Namer{Expired, Suspected, NeverAssessed, Recovering, Unfit, Unwilling, Other} {
		if !lang.Has(w.Word()) {
			t.Errorf("%s is missing", w.Word())
		}
	}
	if !Expired.Valid() || Kind("other").Valid() {
		t.Error("kinds")
	}
}

func TestOneWrongPositionNeverPasses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := person.MakeNumber("533199", day.New(1930, 1, 1).Add(rapid.IntRange(0, 30_000).Draw(t, "born")), rapid.IntRange(0, 999).Draw(t, "sequence"))
		c := certificate.MakeNumber(n, rapid.SampledFrom(certificate.Categories).Draw(t, "category"), rapid.SampledFrom(certificate.Levels).Draw(t, "level"))
		b := []byte(c)
		i := rapid.IntRange(0, 19).Draw(t, "position")
		b[i] = rapid.SampledFrom([]byte("0123456789XOlB ")).Draw(t, "typed")
		line := "玉罕|" + string(b) + "|" + lang.T(c.Category().Word()) + "|" + lang.T(c.Level().Word())
		r, err := Read(Expired, "", each("姓名|残疾人证号|残疾类别|残疾等级", line), func(Entry) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		if good := string(b) == string(c); (r.Report.Good == 1) != good || r.Report.Rows != 1 {
			t.Fatalf("%s from %s: %+v", b, c, r.Report)
		}
	})
}

// FuzzTake gives the checker any texts: it neither breaks nor lets through what is not sound.
func FuzzTake(f *testing.F) {
	f.Add("玉罕", "女", card, "肢体", "二级", "2020-09-17", "1948-09-17")
	f.Add("买买提.吐尔逊", "１", "5.33E+19", "42", "IV", "二〇二〇年一月一日", "48.7")
	f.Fuzz(func(t *testing.T, name, sex, number, category, level, expires, born string) {
		rows := []Row{rowOf(1, "姓名", "性别", "残疾人证号", "残疾类别", "残疾等级", "有效期止", "出生日期"), {Number: 2}}
		for _, s := range []string{name, sex, number, category, level, expires, born} {
			rows[1].Cells = append(rows[1].Cells, Cell{Text: s, Number: len(s)%5 == 4})
		}
		h, err := FindHeader(Expired, rows)
		if err != nil || h.Row != 1 {
			return // the line can look like a header itself
		}
		v := NewChecker(Expired, h).Take(rows[1])
		e := v.Entry
		if v.Data && v.Rejected == nil && v.Duplicate == nil && (e.Certificate.Check() != "" || e.Number != e.Certificate.Person() || e.Name == "" || e.Sex != e.Number.Sex() || e.Expires.Year() < earliest) {
			t.Errorf("%+v", e)
		}
	})
}
