package roster

import (
	"strconv"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/person"
)

var sexes = map[string]person.Sex{
	"男": person.Male, "男性": person.Male, "M": person.Male, "MALE": person.Male, "1": person.Male, "1男": person.Male, "男1": person.Male, "♂": person.Male, "1.男": person.Male, "1-男": person.Male, "1.0": person.Male, "01": person.Male, "男士": person.Male,
	"女": person.Female, "女性": person.Female, "F": person.Female, "FEMALE": person.Female, "2": person.Female, "2女": person.Female, "女2": person.Female, "♀": person.Female, "2.女": person.Female, "2-女": person.Female, "2.0": person.Female, "02": person.Female, "女士": person.Female,
}

// sexOf reads a sex; "" when the cell cannot be read.
func sexOf(s string) person.Sex {
	return sexes[strings.ToUpper(strings.Trim(unquote(squeeze(s)), "()[]。.,"))]
}

// set is the categories or levels that a cell allows, bit n for the value n.
type set uint8

func (s set) has(digit string) bool { return len(digit) == 1 && s&(1<<(digit[0]-'0')) != 0 }

// several says whether s has more than one value.
func (s set) several() bool { return s&(s-1) != 0 }

// least is the smallest value in s: the most severe level.
func (s set) least() string {
	for n := 1; n < 8; n++ {
		if s&(1<<n) != 0 {
			return strconv.Itoa(n)
		}
	}
	return ""
}

// standings is what a register says of a certificate, by the words that tell it; the first that fits decides. One that lies announced for cancellation or
// under review is in the hand of its holder until that is decided.
var standings = []struct {
	words string
	is    certificate.State
}{
	{"到期失效|过期失效|注销公示|公示注销|拟注销|复核", certificate.Valid}, {"已换发|已换领|已换证|被替换", certificate.Replaced}, {"制证|待发|待打印", certificate.Pending},
	{"已迁出|已转出", certificate.Left}, {"注销|作废|收回|失效|死亡", certificate.Cancelled}, {"冻结", certificate.Frozen}, {"挂失|遗失", certificate.Lost},
	{"迁移|迁出", certificate.Moving}, {"有效|正常|在用|到期|过期|临期|已发", certificate.Valid},
}

// standingOf reads whether a certificate holds; "" when the cell does not say. One that ran out is valid until it is cancelled.
func standingOf(s string) certificate.State {
	for _, w := range standings {
		if anyIn(s, w.words) {
			return w.is
		}
	}
	return ""
}

var categoryWords = []struct {
	word string
	is   certificate.Category
}{
	{"视力", certificate.Vision}, {"视残", certificate.Vision}, {"视障", certificate.Vision}, {"低视", certificate.Vision}, {"盲", certificate.Vision},
	{"听力", certificate.Hearing}, {"听残", certificate.Hearing}, {"听障", certificate.Hearing}, {"听觉", certificate.Hearing}, {"聋", certificate.Hearing},
	{"言语", certificate.Speech}, {"语言", certificate.Speech}, {"语残", certificate.Speech}, {"言残", certificate.Speech}, {"哑", certificate.Speech},
	{"肢体", certificate.Physical}, {"肢残", certificate.Physical}, {"肢障", certificate.Physical},
	{"智力", certificate.Intellectual}, {"智残", certificate.Intellectual}, {"智障", certificate.Intellectual},
	{"精神", certificate.Mental}, {"精残", certificate.Mental}, {"精障", certificate.Mental},
	{"多重", certificate.Multiple}, {"多残", certificate.Multiple}, {"综合", certificate.Multiple},
}

// short is the categories of one character, which stand alone only.
var short = map[string]certificate.Category{"视": "1", "听": "2", "言": "3", "语": "3", "肢": "4", "智": "5", "精": "6", "多": "7"}

// categoriesOf reads the categories in s, 0 when there are none. Two or more listed also allow 多重, which is what a certificate then says.
func categoriesOf(s string) set {
	var out set
	s = unquote(squeeze(s))
	for _, w := range categoryWords {
		if strings.Contains(s, w.word) {
			out |= 1 << (w.is[0] - '0')
		}
	}
	if out == 0 {
		s = strings.Trim(strings.TrimSuffix(s, ".0"), "()[].、类残疾人0")
		c, ok := short[s]
		if !ok {
			c = certificate.Category(s)
		}
		if !c.Valid() {
			return 0
		}
		return 1 << (c[0] - '0')
	}
	if out.several() {
		out |= 1 << 7
	}
	return out
}

var romans = strings.NewReplacer("Ⅳ", "4", "Ⅲ", "3", "Ⅱ", "2", "Ⅰ", "1", "ⅳ", "4", "ⅲ", "3", "ⅱ", "2", "ⅰ", "1", "IV", "4", "III", "3", "II", "2", "I", "1",
	"壹", "1", "贰", "2", "弍", "2", "叁", "3", "肆", "4", "一", "1", "二", "2", "三", "3", "四", "4", "①", "1", "②", "2", "③", "3", "④", "4")

// levelsOf reads the levels in s, 0 when there are none. With bare, digits count as levels without 级 behind them.
func levelsOf(s string, bare bool) set {
	s = romans.Replace(strings.ToUpper(unquote(squeeze(s))))
	var out set
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		alone := i == 0 || s[i-1] < '0' || s[i-1] > '9'
		if !strings.HasPrefix(s[i+1:], "级") && !strings.HasPrefix(s[i+1:], "等") {
			continue
		}
		if s[i] < '1' || s[i] > '4' || !alone {
			return 0
		}
		out |= 1 << (s[i] - '0')
	}
	if out != 0 || !bare {
		return out
	}
	if l := severity(s); l != 0 {
		return l
	}
	s = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(s, "残疾"), ".0"), "级等()[].、0")
	if !certificate.Level(s).Valid() {
		return 0
	}
	return 1 << (s[0] - '0')
}

// severity reads the words of the standard (rules.md §2.1); 重度 alone is used for both upper levels.
func severity(s string) set {
	switch strings.Trim(s, "()残疾") {
	case "极重度", "极重":
		return 1 << 1
	case "重度":
		return 1<<1 | 1<<2
	case "中度":
		return 1 << 3
	case "轻度":
		return 1 << 4
	}
	return 0
}

// gradeOf reads category and level from one cell: 肢体二级, 肢体2, 二级肢体, 42.
func gradeOf(s string) (categories, levels set) {
	s = unquote(squeeze(s))
	if len(s) == 2 && certificate.Category(s[:1]).Valid() && certificate.Level(s[1:]).Valid() {
		return 1 << (s[0] - '0'), 1 << (s[1] - '0')
	}
	categories, levels = categoriesOf(s), levelsOf(s, false)
	if levels != 0 || categories == 0 {
		return categories, levels
	}
	for _, w := range categoryWords {
		s = strings.ReplaceAll(s, w.word, "")
	}
	s = strings.NewReplacer("残疾", "", "人", "", "(", "", ")", "", "/", "", "-", "", "、", "", "障碍", "").Replace(s)
	return categories, levelsOf(s, true)
}

// categoryAndLevel reads a cell about the category, in which some write the level too; a bare digit is the category's.
func categoryAndLevel(s string) (categories, levels set) { return categoriesOf(s), levelsOf(s, false) }

// poorWords are the answers that mean yes in a column about 建档立卡.
var poorWords = map[string]bool{
	"是": true, "有": true, "√": true, "✓": true, "✔": true, "☑": true, "1": true, "1.0": true, "Y": true, "YES": true, "TRUE": true, "T": true, "对": true, "属于": true, "■": true, "V": true, "已": true,
}

// poorOf reads whether the household is on the register of the poor.
func poorOf(s string) bool {
	s = strings.ToUpper(unquote(squeeze(s)))
	if poorWords[s] {
		return true
	}
	if strings.HasPrefix(s, "是") {
		return !strings.HasPrefix(s, "是否")
	}
	if anyIn(s, "非|不|否|未|无") {
		return false
	}
	return anyIn(s, "建档立卡|脱贫|贫困|监测|卡户")
}

// whyOf reads why somebody was never assessed.
func whyOf(s string) Why {
	s = squeeze(s)
	switch {
	case blank(s):
		return ""
	case anyIn(s, "不符合|不够|未达|达不到标准|不达标|未评上|没评上|不合格|评不上"):
		return Unfit
	case anyIn(s, "康复|一年|1年|未满|时间不到|病程"):
		return Recovering
	case anyIn(s, "不愿|放弃|拒绝|不想|不同意|不承认|不办"):
		return Unwilling
	case anyIn(s, "从未|没评过|未评过|没有评|未曾|首次|初次|没办过|未办过|未评定|未鉴定|未申请|没申请"):
		return NeverAssessed
	}
	return Other
}

// phoneOf keeps the digits of a phone number; several are parted by "、".
func phoneOf(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("、/,;|\\，；或和及", r):
			return '、'
		case r == '+' || r == '*' || r == '#' || r == '转':
			return r
		}
		return -1
	}, strings.TrimSuffix(unquote(fold(s)), ".0"))
	return strings.Trim(s, "、")
}
