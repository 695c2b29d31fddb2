package sheet

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/roster"
)

// value is what a made list puts into a cell: text, a number, or a number shown as a date.
type value struct {
	text   string
	number float64
	form   string // "" text, "number", "date"
}

// holder is one invented person with what the list says about them, already in the clerk's habits.
type holder struct {
	name, number, identity string
	n                      person.Number
	cert                   certificate.Number
	expires                day.Day
	cells                  map[roster.Meaning]value
	defect                 string
}

// clerk has habits; every list has its own.
type clerk struct {
	*rand.Rand
	kind    roster.Kind
	columns []roster.Meaning
	shift   int
}

func (c *clerk) one(of ...string) string { return of[c.IntN(len(of))] }
func (c *clerk) chance(percent int) bool { return c.IntN(100) < percent }

var headers = map[roster.Meaning][]string{
	roster.Sequence:       {"序号", "序 号", "编号", "序\n号", "No."},
	roster.Name:           {"姓名", "姓  名", "残疾人姓名", "申请人", "姓　名", "*姓名", "姓名\n（必填）", "持证人姓名"},
	roster.Sex:            {"性别", "性 别", "性\n别", "性别（男/女）"},
	roster.Identity:       {"身份证号", "身份证号码", "公民身份号码", "身份证", "身 份 证 号", "居民身份证号码", "身份证号（18位）", "公民身份证号码"},
	roster.Certificate:    {"残疾人证号", "残疾证号", "残疾人证号码", "残疾证号码", "残疾人证编号", "残 疾 证 号", "残疾人证号（20位）", "第二代残疾人证号", "残疾证"},
	roster.AnyNumber:      {"证件号码", "证件号", "身份证号/残疾人证号", "证号", "身份证（残疾证）号码"},
	roster.CategoryColumn: {"残疾类别", "类别", "残疾类型", "残疾\n类别", "残疾种类", "类 别", "残疾类别（肢体、视力等）"},
	roster.LevelColumn:    {"残疾等级", "等级", "级别", "残疾级别", "等 级", "残疾\r\n等级", "残疾程度"},
	roster.Grade:          {"残疾类别及等级", "类别等级", "残疾类别、等级", "残疾类别/等级", "残疾类别（等级）", "残疾等级（类别）"},
	roster.Expires:        {"有效期止", "有效期至", "到期日期", "到期时间", "失效日期", "有效期限", "证件到期时间", "残疾证到期日期", "有效期(止)", "有效期截止日期", "有效期起止", "过期时间"},
	roster.Birth:          {"出生日期", "出生年月", "出生年月日", "出 生 日 期"},
	roster.VillageColumn:  {"村（社区）", "村委会", "行政村", "社区", "所在村", "村（居）委会", "村/社区", "所属村（社区）"},
	roster.Address:        {"住址", "家庭住址", "现住址", "户籍地址", "家庭详细住址"},
	roster.TownshipColumn: {"乡镇", "乡（镇）", "所属乡镇", "乡镇（街道）"},
	roster.Phone:          {"联系电话", "电话", "手机号", "联系方式", "手机号码", "本人或家属联系电话"},
	roster.Guardian:       {"监护人", "监护人姓名"},
	roster.Poor:           {"建档立卡户", "是否建档立卡", "脱贫户", "是否建档立卡贫困户", "是否脱贫户"},
	roster.Condition:      {"现残疾状况", "残疾状况", "残疾情况", "身体状况"},
	roster.Reason:         {"未评残原因", "未办证原因", "未评定原因"},
	roster.Remark:         {"备注", "备 注", "说明"},
}

// strange is columns that the lists do not know.
var strange = []string{"年龄", "民族", "监护人电话", "监护人身份证号码", "户主姓名", "与户主关系", "发证日期", "发证机关", "银行卡号", "文化程度", "是否低保", "退回原因", "婚姻状况", "户主身份证号", "办证时间", "致残原因", "填表人"}

var strangeValues = map[string]string{
	"年龄": "54", "民族": "傣族", "监护人电话": "13900000000", "监护人身份证号码": "533199196001010011", "户主姓名": "岩温", "与户主关系": "户主", "发证日期": "2010-09-17", "发证机关": "芒市残联",
	"银行卡号": "6222020000000000000", "文化程度": "小学", "是否低保": "否", "退回原因": "", "婚姻状况": "已婚", "户主身份证号": "533199196001010011", "办证时间": "2010.9.17", "致残原因": "疾病", "填表人": "刀小妹",
}

// choose picks the columns of a list, in any order but with what belongs together.
func (c *clerk) choose() {
	cols := []roster.Meaning{roster.Name}
	switch {
	case c.kind == roster.Suspected && c.chance(85):
		cols = append(cols, roster.Identity)
	case c.kind == roster.Suspected:
		cols = append(cols, roster.AnyNumber)
	default:
		cols = append(cols, [][]roster.Meaning{
			{roster.Certificate}, {roster.Certificate}, {roster.Certificate}, {roster.AnyNumber}, {roster.Identity, roster.Certificate}, {roster.Certificate, roster.Identity}, {roster.Identity, roster.CategoryColumn, roster.LevelColumn},
		}[c.IntN(7)]...)
	}
	if c.kind == roster.Expired {
		if !c.has(cols, roster.LevelColumn) {
			cols = append(cols, [][]roster.Meaning{{roster.CategoryColumn, roster.LevelColumn}, {roster.LevelColumn, roster.CategoryColumn}, {roster.Grade}, {roster.CategoryColumn}, {}}[c.IntN(5)]...)
		}
		if c.chance(95) {
			cols = append(cols, roster.Expires)
		}
	}
	for _, m := range []roster.Meaning{roster.Sex, roster.Birth, roster.VillageColumn, roster.Address, roster.TownshipColumn, roster.Phone, roster.Guardian, roster.Poor, roster.Condition, roster.Reason, roster.Remark} {
		if c.kind == roster.Expired && m == roster.Reason {
			continue
		}
		if c.chance(60) {
			cols = append(cols, m)
		}
	}
	if c.chance(50) {
		c.Shuffle(len(cols), func(i, j int) { cols[i], cols[j] = cols[j], cols[i] })
	}
	if c.chance(80) {
		cols = append([]roster.Meaning{roster.Sequence}, cols...)
	}
	c.columns = cols
}

func (c *clerk) has(cols []roster.Meaning, m roster.Meaning) bool {
	for _, x := range cols {
		if x == m {
			return true
		}
	}
	return false
}

var (
	surnames = []string{"杨", "刀", "排", "岳", "王", "李", "番", "线", "孔", "欧阳", "何"}
	givens   = []string{"英", "美华", "岩旺", "玉香", "国保", "腊退", "志明", "麻当", "𬭼"}
	villages = []string{"芒里村民委员会", "帕底村", "兴侨社区居民委员会", "共和村", "法帕村委会", "第三居委会", "合计村"}
	names    = []string{"买买提·吐尔逊", "阿依古丽・买买提", "买买提•艾力", "艾力．吐尔逊", "古丽·巴哈尔"}
)

// person invents somebody and writes them down in the clerk's habits.
func (c *clerk) person(sequence int) *holder {
	h := &holder{cells: map[roster.Meaning]value{}}
	h.name = surnames[c.IntN(len(surnames))] + givens[c.IntN(len(givens))]
	written := h.name
	switch {
	case c.chance(6):
		written = names[c.IntN(len(names))]
		h.name = strings.NewReplacer("・", "·", "•", "·", "．", "·").Replace(written)
	case c.chance(10):
		r := []rune(h.name)
		written = string(r[0]) + c.one(" ", "　", "  ") + string(r[1:])
	}
	birth := day.New(1930, 1, 1).Add(c.IntN(29000))
	h.n = person.MakeNumber("533199", birth, sequence%1000)
	h.cert = certificate.MakeNumber(h.n, certificate.Categories[c.IntN(7)], certificate.Levels[c.IntN(4)])
	h.expires = day.New(2018, 1, 1).Add(c.IntN(5000))
	h.number = string(h.cert)
	if c.kind == roster.Suspected || c.has(c.columns, roster.Identity) && !c.has(c.columns, roster.Certificate) || c.has(c.columns, roster.AnyNumber) && c.has(c.columns, roster.LevelColumn) && c.chance(40) {
		h.number = string(h.n)
	} else if c.chance(6) {
		h.number += "B" + strconv.Itoa(1+c.IntN(3))
		h.cert = certificate.Number(h.number)
	}
	h.identity = string(h.n)
	h.write(c, written)
	return h
}

func (h *holder) set(m roster.Meaning, text string) { h.cells[m] = value{text: text} }

// numberColumn is where the number stands that makes the line.
func (c *clerk) numberColumn() roster.Meaning {
	for _, m := range []roster.Meaning{roster.Certificate, roster.AnyNumber, roster.Identity} {
		if c.has(c.columns, m) {
			return m
		}
	}
	return roster.None
}

func (h *holder) write(c *clerk, written string) {
	h.set(roster.Name, written)
	h.set(c.numberColumn(), c.typed(h.number))
	if c.numberColumn() == roster.Certificate {
		h.set(roster.Identity, c.typed(h.identity))
	}
	male := h.n.Sex() == person.Male
	h.set(roster.Sex, pick(c, male, []string{"男", "男", "男", "男性", "1", "M", " 男 "}, []string{"女", "女", "女", "女性", "2", "F", "女　"}))
	h.cells[roster.CategoryColumn] = value{text: c.category(h.cert.Category())}
	h.cells[roster.LevelColumn] = c.level(h.cert.Level())
	h.set(roster.Grade, c.grade(h.cert))
	h.cells[roster.Expires] = c.date(h.expires, true)
	h.cells[roster.Birth] = c.birth(h.n.Birth())
	h.set(roster.VillageColumn, villages[c.IntN(len(villages))])
	h.set(roster.Address, "风平镇芒里村"+strconv.Itoa(c.IntN(9))+"组")
	h.set(roster.TownshipColumn, "风平镇")
	h.set(roster.Phone, c.one("13812345678", "138-1234-5678", "138 1234 5678", "", "0692-2121234", "13812345678/15887654321"))
	if c.chance(30) {
		h.cells[roster.Phone] = value{number: 13812345678, form: "number"}
	}
	h.set(roster.Guardian, c.one("", "岩 温", "玉罕"))
	h.set(roster.Poor, c.one("是", "否", "√", "", "有", "无", "1"))
	h.set(roster.Condition, c.one("", "瘫痪在床", "双目失明", "合计两处骨折"))
	h.set(roster.Reason, c.one("从未评过", "一年康复期未到", "曾评定过但不符合", "", "外出务工"))
	h.set(roster.Remark, c.one("", "", "注：已外出", "合计", "/"))
}

func pick(c *clerk, first bool, a, b []string) string {
	if first {
		return c.one(a...)
	}
	return c.one(b...)
}

// typed is a number as clerks type it.
func (c *clerk) typed(s string) string {
	switch c.IntN(12) {
	case 0:
		return " " + s + " "
	case 1:
		return strings.NewReplacer("0", "０", "1", "１").Replace(s)
	case 2:
		return "'" + s
	case 3:
		return strings.Replace(s, "X", c.one("x", "Ｘ", "×", "ⅹ"), 1)
	case 4:
		return s[:6] + c.one(" ", "\u00a0", "　", "\u200b") + s[6:14] + " " + s[14:]
	case 5:
		return s + c.one("\n", "\t", "\r\n")
	}
	return s
}

var categoryNames = map[certificate.Category][]string{
	"1": {"视力", "视力残疾", "视残", "1", "１", "视力残疾人"}, "2": {"听力", "听力残疾", "聋", "2"}, "3": {"言语", "言语残疾", "语言", "3"}, "4": {"肢体", "肢体残疾", "肢残", "4", "肢体残疾人", "肢 体"},
	"5": {"智力", "智力残疾", "智残", "5"}, "6": {"精神", "精神残疾", "精残", "6"}, "7": {"多重", "多重残疾", "7", "听力、言语", "多重（肢体、智力）", "肢体+精神"},
}

var levelNames = map[certificate.Level][]string{
	"1": {"一级", "1", "1级", "Ⅰ", "壹级", "一", "１", "Ⅰ级", "I级", "一级残疾"}, "2": {"二级", "2", "2级", "Ⅱ", "贰级", "二", "２", "II", "二 级"}, "3": {"三级", "3", "3级", "Ⅲ", "叁级", "三", "３级", "III"}, "4": {"四级", "4", "4级", "Ⅳ", "肆级", "四", "IV级"},
}

func (c *clerk) category(k certificate.Category) string { return c.one(categoryNames[k]...) }

func (c *clerk) level(l certificate.Level) value {
	if c.chance(15) {
		return value{number: float64(l[0] - '0'), form: "number"}
	}
	return value{text: c.one(levelNames[l]...)}
}

func (c *clerk) grade(n certificate.Number) string {
	word := categoryNames[n.Category()][c.IntN(2)]
	if len(word) < 6 {
		word = categoryNames[n.Category()][0]
	}
	level := levelNames[n.Level()][c.IntN(3)]
	return c.one(word+level, word+" "+level, word+"（"+level+"）", word+"/"+level)
}

// date writes a day in one of many ways.
func (c *clerk) date(d day.Day, spans bool) value {
	t := d.Time()
	if spans && c.chance(8) {
		from := d.AddYears(-10).Add(1).Time()
		return value{text: from.Format("2006-01-02") + c.one("至", "~", " - ", "—", "到") + t.Format("2006-01-02")}
	}
	switch c.IntN(14) {
	case 0, 1:
		return value{number: float64(d.Sub("1899-12-30") - c.shift), form: "number"}
	case 2, 3:
		return value{number: float64(d.Sub("1899-12-30") - c.shift), form: "date"}
	case 4:
		n, _ := strconv.Atoi(t.Format("20060102"))
		return value{number: float64(n), form: "number"}
	case 5:
		if c.shift == 0 {
			return value{text: strconv.Itoa(d.Sub("1899-12-30"))}
		}
	}
	style := c.one("2006-01-02", "2006/1/2", "2006.1.2", "20060102", "2006年1月2日", "2006年01月02号", "2006-01-02 00:00:00", "2006/1/2 0:00", "2006.01.02", "2006年1月2", "2006、1、2", " 2006-1-2", "2006 . 1 . 2", "２００６-01-02")
	full := strings.HasPrefix(style, "２")
	out := t.Format(strings.Replace(style, "２００６", "2006", 1))
	if full {
		out = strings.NewReplacer("0", "０", "2", "２", "-", "－").Replace(out)
	}
	return value{text: out}
}

// birth may say less than the whole date.
func (c *clerk) birth(d day.Day) value {
	t := d.Time()
	switch {
	case c.chance(10):
		return value{text: t.Format("2006年1月")}
	case c.chance(10):
		return value{text: t.Format("2006.01")}
	case c.chance(5):
		return value{}
	case t.Year() < 1955 && c.chance(90):
		return value{text: t.Format("2006-01-02")}
	}
	return c.date(d, false)
}

// seq is the running number of a line.
func seq(i int) value { return value{text: fmt.Sprint(i), number: float64(i), form: "number"} }
