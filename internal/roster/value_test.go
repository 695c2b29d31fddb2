package roster

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/person"
)

func TestEveryWayToWriteADateIsRead(t *testing.T) {
	t.Parallel()
	const want = day.Day("2020-09-07")
	for s := range strings.SplitSeq("2020-09-07|2020-9-7|2020/9/7|2020/09/07|2020.9.7|2020.09.07|20200907|2020年9月7日|2020年09月07号|2020年9月7|２０２０年９月７日|2020 年 9 月 7 日|2020－09－07|2020—9—7|"+
		"'2020-09-07|2020-09-07 00:00:00|2020-09-07T00:00:00|2020-09-07T00:00:00Z|2020/9/7 0:00|2020/9/7 12:30:05.5|2020年9月7日 0:00|2020-09-07\u00a0|2020、9、7|2020。9。7|2020,9,7|2020_9_7|2020\\9\\7|2020 9 7|"+
		"2010-09-08至2020-09-07|2010.9.8-2020.9.7|2010年9月8日—2020年9月7日|2010/09/08~2020/09/07|2010-09-08 - 2020-09-07|20100908-20200907|2010.09.08—2020.09.07|自2010年9月8日起至2020年9月7日止|2010-09-08\n2020-09-07|"+
		"至2020年9月7日|有效期至2020-09-07|2020年9月7日止|（2020-09-07）|2020-09-07（到期）|二〇二〇年九月七日|二O二〇年九月七日|44081|07/09/2020x", "|") {
		if s, bad := strings.CutSuffix(s, "x"); bad {
			if got, ok := date(Cell{Text: s}, 0); ok {
				t.Errorf("%q can be July or September, but is read as %s", s, got)
			}
			continue
		}
		if got, ok := date(Cell{Text: s}, 0); !ok || got != want {
			t.Errorf("%q is read as %q, %v", s, got, ok)
		}
	}
	for s, want := range map[string]day.Day{"17/9/2020": "2020-09-17", "9/17/2020": "2020-09-17", "7/7/2020": "2020-07-07", "二〇二一年十二月三十一日": "2021-12-31", "二〇二一年十月二十日": "2021-10-20", "2020-02-29": "2020-02-29"} {
		if got, ok := date(Cell{Text: s}, 0); !ok || got != want {
			t.Errorf("%q is read as %q, %v", s, got, ok)
		}
	}
}

func TestSerialDatesAreRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text  string
		shift int
		want  day.Day
	}{{"44081", 0, "2020-09-07"}, {"44081.75", 0, "2020-09-07"}, {"42619", 1462, "2020-09-07"}, {"20200907", 0, "2020-09-07"}, {"4.4081E4", 0, "2020-09-07"}, {"20200907.0", 0, "2020-09-07"}, {"61", 0, "1900-03-01"}}
	for _, tt := range tests {
		if got, ok := date(Cell{Text: tt.text, Number: true}, tt.shift); !ok || got != tt.want {
			t.Errorf("%s with %d is read as %q, %v", tt.text, tt.shift, got, ok)
		}
	}
}

func TestWhatIsNoDateIsNotRead(t *testing.T) {
	t.Parallel()
	for s := range strings.SplitSeq("2020-02-30|2021-02-29|2020-13-01|20201301|2020年13月1日|2020-9|2020年9月|2020|长期|长期有效|已过期|0000-00-00|2020-09-171|12020-09-17|20-9-17|2020-09-17至长期|2020.9.7.8|2020--|abc|10年|2020-09-07、2021-09-07、2022-09-07|5/9/2020|17/9-2020|2020年9月7日左右", "|") {
		if got, ok := expiry(Cell{Text: s}, 0); ok {
			t.Errorf("%q is read as %s", s, got)
		}
	}
	for _, s := range []string{"2020", "20209", "-5", "1E99", "2020.9", "0"} {
		if got, ok := expiry(Cell{Text: s, Number: true}, 0); ok {
			t.Errorf("the number %s is read as %s", s, got)
		}
	}
}

func TestAnyDayIsReadBackFromEveryForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := day.New(1990, 1, 1).Add(rapid.IntRange(0, 40_000).Draw(t, "days"))
		form := rapid.SampledFrom([]string{"2006-01-02", "2006/1/2", "2006.1.2", "20060102", "2006年1月2日", "2006年01月02号", "2006-1-2 15:04", "2006-01-02T15:04:05"}).Draw(t, "form")
		s := d.Time().Format(form)
		if got, ok := expiry(Cell{Text: s}, 0); !ok || got != d {
			t.Fatalf("%q is read as %q", s, got)
		}
		if got, ok := expiry(Cell{Text: strconv.Itoa(d.Sub("1899-12-30")), Number: true}, 0); !ok || got != d {
			t.Fatalf("the serial of %s is read as %q", d, got)
		}
	})
}

func TestLevelsAreRead(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"1": "一级|1|1级|Ⅰ|壹级|一|１|Ⅰ级|I|i级|一级残疾|残疾一级|1.0|①|(1)|极重度|一 级", "2": "二级|2|贰级|Ⅱ|II|２级|二等", "3": "三级|叁|Ⅲ级|III|3 级|中度", "4": "四级|肆级|Ⅳ|IV|4|轻度|04",
		"": "五级|0|5|12级|A|无级|肢体|半级|11",
	}
	for want, list := range tests {
		for s := range strings.SplitSeq(list, "|") {
			got := levelsOf(s, true)
			if got.several() || got.least() != want {
				t.Errorf("%q is read as level %q, want %q", s, got.least(), want)
			}
		}
	}
}

func TestCategoriesAreRead(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"1": "视力|视力残疾|1|１|盲|低视力|视残|视力残疾人|视", "2": "听力|听力残疾|聋|2", "3": "言语|言语残疾|语言|3", "4": "肢体|肢 体|肢残|肢体残疾人|4|04|4.0|肢", "5": "智力|智残|智障", "6": "精神|精神残疾|精残", "7": "多重|多重残疾|综合残疾|7",
		"237": "听力、言语|聋哑|听力言语", "457": "肢体+智力|多重（肢体、智力）", "": "其他|8|0|无|四|健康|12",
	}
	for want, list := range tests {
		for s := range strings.SplitSeq(list, "|") {
			got, all := categoriesOf(s), ""
			for _, c := range certificate.Categories {
				if got.has(string(c)) {
					all += string(c)
				}
			}
			if all != want {
				t.Errorf("%q is read as %q, want %q", s, all, want)
			}
		}
	}
	for s, want := range map[string][2]string{"肢体二级": {"4", "2"}, "肢体2": {"4", "2"}, "二级肢体": {"4", "2"}, "肢体残疾（贰级）": {"4", "2"}, "42": {"4", "2"}, "肢体/Ⅱ级": {"4", "2"}, "肢体-二": {"4", "2"}, "肢体": {"4", ""}, "肢体重度五级": {"4", ""}} {
		c, l := gradeOf(s)
		if c.least() != want[0] || l.least() != want[1] {
			t.Errorf("%q is read as %q %q", s, c.least(), l.least())
		}
	}
}

func TestSexesAndAnswersAreRead(t *testing.T) {
	t.Parallel()
	for want, list := range map[person.Sex]string{person.Male: "男|男性|M|m|1|１| 男 |Male|1.男", person.Female: "女|女性|F|2|female|女　", "": "未知|3|男女|南"} {
		for s := range strings.SplitSeq(list, "|") {
			if sexOf(s) != want {
				t.Errorf("%q is read as %q", s, sexOf(s))
			}
		}
	}
	for want, list := range map[bool]string{true: "是|√|有|1|Y|TRUE|建档立卡户|脱贫户|是（2014年）|✔|监测户", false: "否|无||0|×|N|非贫困户|不是|非建档立卡户|一般户|FALSE|未脱贫|/"} {
		for s := range strings.SplitSeq(list, "|") {
			if poorOf(s) != want {
				t.Errorf("%q is read as %v", s, !want)
			}
		}
	}
	for want, list := range map[Why]string{NeverAssessed: "从未评过|没评过", Unfit: "曾评定过但不符合|评过，不符合标准", Recovering: "一年康复期未到|康复期未满1年", Unwilling: "本人不愿意", Other: "外出务工", "": "|/|无"} {
		for s := range strings.SplitSeq(list, "|") {
			if whyOf(s) != want {
				t.Errorf("%q is read as %q, want %q", s, whyOf(s), want)
			}
		}
	}
}

func TestNamesAndPhonesAreCleaned(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"张 三": "张三", " 张　三\n": "张三", "买买提・吐尔逊": "买买提·吐尔逊", "买买提•吐尔逊": "买买提·吐尔逊", "买买提.吐尔逊": "买买提·吐尔逊", "买买提 · 吐尔逊": "买买提·吐尔逊", "买买提．吐尔逊": "买买提·吐尔逊", "'岩温": "岩温", "𬭼 英": "𬭼英", "Ai Wen": "Ai Wen", "Ａｉ": "Ai", "A.B": "A.B", "张三.": "张三."} {
		if got := cleanName(s); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]string{"138-1234-5678": "13812345678", "138 1234 5678": "13812345678", "１３８12345678": "13812345678", "13812345678.0": "13812345678", "13812345678/15887654321": "13812345678、15887654321", "(0692)2121234": "06922121234", "/": "", "无": "", "138.1234.5678": "13812345678"} {
		if got := phoneOf(s); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
}

func TestNumbersAreCleaned(t *testing.T) {
	t.Parallel()
	const want = "53319919800101123X41B1"
	for _, s := range []string{want, " 53319919800101123X41B1 ", "'53319919800101123x41b1", "５３３１９９19800101123Ｘ41Ｂ1", "533199 19800101 123×41 B1", "533199-19800101-123X-41-B1", "53319919800101123Ⅹ41（B1）", "533199\u00a019800101\u200b123X41B1\t", `="53319919800101123X41B1"`, "53319919800101123Х41B1", "53319919800101123X41B1。"} {
		if got := plainNumber(s); got != want {
			t.Errorf("%q becomes %q", s, got)
		}
	}
	for _, s := range []string{"5.3320e+19", "5.33E+17", "5.33199E17", "５.３Ｅ＋１９", "5E+17", " 5.3320E+19 "} {
		if !scientific(s) {
			t.Errorf("%q is not seen to be cut", s)
		}
	}
	for _, s := range []string{"", "E", "5.3E", "5.3320", "533199E800101123X", "e5", "5.3E-5", "53319919800101123X"} {
		if scientific(s) && s != "5.3E-5" {
			t.Errorf("%q is taken for a cut number", s)
		}
	}
}

// Every state is read from the word that the register itself writes for it.
func TestEveryStateIsReadFromItsOwnWord(t *testing.T) {
	t.Parallel()
	want := map[certificate.State]certificate.State{certificate.Doubted: certificate.Valid, certificate.Announced: certificate.Valid, certificate.Expiring: certificate.Valid, certificate.Expired: certificate.Valid}
	for _, s := range append(slices.Clone(certificate.States), certificate.Expiring, certificate.Expired) {
		w, ok := want[s]
		if !ok {
			w = s
		}
		if got := standingOf(lang.T(s.Word())); got != w {
			t.Errorf("%s is read as %q, want %q", lang.T(s.Word()), got, w)
		}
	}
	for cell, w := range map[string]certificate.State{"到期失效": certificate.Valid, "失效": certificate.Cancelled, "迁出中": certificate.Moving, "死亡注销": certificate.Cancelled, "拟注销（公示）": certificate.Valid, "天气": ""} {
		if got := standingOf(cell); got != w {
			t.Errorf("%s is read as %q, want %q", cell, got, w)
		}
	}
}
