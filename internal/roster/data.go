package roster

import (
	"strings"
	"unicode"
)

// personal is the columns that say something about a person; a row in which all of them are blank is not a line of the list, however far the
// numbers and the 否 of an empty form reach.
var personal = []Meaning{
	Name, Identity, Certificate, AnyNumber, Sex, Birth, CategoryColumn, LevelColumn, Grade, Expires, Phone, Guardian, Condition,
}

// closing begins the lines under a list: sums, signatures, notes.
var closing = []string{
	"合计", "小计", "总计", "共计", "累计", "本页合计", "本页小计", "填报人", "填表人", "审核人", "制表", "经办人", "负责人", "单位负责人", "分管领导", "主要领导", "主管领导",
	"审核", "审批", "复核人", "核查人", "调查人", "排查人", "联系人", "填报单位", "填报时间", "填报日期", "填表日期", "填表时间", "填表单位", "单位(盖章)", "盖章", "(盖章)", "(公章)", "日期:",
	"上报时间", "报送单位", "注:", "注1", "备注:", "说明:", "填表说明", "填报说明", "注意:", "以下空白", "此页以下", "以下无", "本表", "此表", "附件", "附注", "总人数", "理事长", "签字", "签名",
	"村委会(", "年月日",
}

// sample marks the line that shows how to fill in the form.
var sample = map[string]bool{"示例": true, "例": true, "例如": true, "样例": true, "范例": true, "填写示例": true, "样表": true, "举例": true, "例子": true, "(例)": true, "示范": true}

// data says whether row is a line of the list rather than a blank, a repeated header, a sum, a signature or a title between.
func (c *Checker) data(row Row) bool {
	h := &c.header
	any := false
	for _, m := range personal {
		if h.has(m) && !row.cell(h.column(m)).blank() {
			any = true
			break
		}
	}
	if !any {
		return false
	}
	if c.numberLike(row) || !c.repeatsHeader(row) && c.personLike(row) {
		begin, _ := first(row)
		return !sample[begin] && !sample[squeeze(row.cell(h.column(Sequence)).Text)]
	}
	return !c.closes(row) && !c.repeatsHeader(row) && !c.countsColumns(row) && !c.titleBetween(row)
}

// numberLike says whether a number column holds something that only an identity number can be, so that the row is data for certain.
func (c *Checker) numberLike(row Row) bool {
	for _, m := range [...]Meaning{Certificate, Identity, AnyNumber} {
		if i := c.header.column(m); i >= 0 && i < len(row.Cells) {
			s := row.Cells[i].Text
			if digits(s) >= 12 || scientific(plainNumber(s)) {
				return true
			}
		}
	}
	return false
}

// personLike says whether the row has a name and something readable in a column that only a person's line fills, or two such without a name.
func (c *Checker) personLike(row Row) bool {
	said := 0
	if sexOf(c.text(row, Sex)) != "" {
		said++
	}
	if s := c.text(row, CategoryColumn) + c.text(row, Grade); !blank(s) && categoriesOf(s) != 0 {
		said++
	}
	if s := c.text(row, LevelColumn); !blank(s) && levelsOf(s, true) != 0 {
		said++
	}
	for _, m := range [...]Meaning{Expires, Birth} {
		if _, ok := date(row.cell(c.header.column(m)), row.Shift); ok {
			said++
		}
	}
	name := c.text(row, Name)
	if isName(name) {
		return said >= 1
	}
	return said >= 2 && blank(name)
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// first is the first cell that says something, and its column.
func first(row Row) (string, int) {
	for i, cell := range row.Cells {
		if !cell.blank() {
			return squeeze(cell.Text), i
		}
	}
	return "", -1
}

// free is the columns of free text, in which a line of the list may begin with anything.
var free = []Meaning{Remark, Condition, Reason, VillageColumn, Address, TownshipColumn}

func (c *Checker) closes(row Row) bool {
	name := c.text(row, Name)
	if closed(name) {
		return true
	}
	s, i := first(row)
	for _, m := range free {
		if i == c.header.column(m) && isName(name) {
			return false
		}
	}
	if rest, ok := strings.CutPrefix(s, "共"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return true
	}
	return closed(s) || strings.HasPrefix(s, "第") && strings.HasSuffix(s, "页")
}

// isName says whether s can be a person's name and not a remark about the list.
func isName(s string) bool {
	return named(s) && len([]rune(s)) <= 20 && !closed(s) && !strings.ContainsAny(s, ":：0123456789")
}

func closed(text string) bool {
	s := squeeze(text)
	for _, w := range closing {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return sample[s]
}

// repeatsHeader finds the header that printing put on top of each page.
func (c *Checker) repeatsHeader(row Row) bool {
	same := 0
	for i, cell := range row.Cells {
		if cell.blank() || cell.Number {
			continue
		}
		if squeeze(cell.Text) == squeeze(c.header.title(i)) {
			same++
		} else if m, s := meaningOf(cell.Text); s == byWord && c.header.has(m) && c.header.column(m) == i {
			same++
		}
	}
	return same >= 2
}

// countsColumns finds the line under the header that numbers the columns: 1 2 3 … or 甲 乙 丙 ….
func (c *Checker) countsColumns(row Row) bool {
	name := strings.Trim(squeeze(row.cell(c.header.column(Name)).Text), "()")
	if name == "" || len(name) > 3 {
		return false
	}
	begin, _ := first(row)
	return digits(name) == len(name) || strings.ContainsAny(name, "甲乙丙丁") && digits(begin) == 0 && len([]rune(begin)) == 1
}

// titleBetween finds a row with a single text that heads a group of lines (a village, a page's title).
func (c *Checker) titleBetween(row Row) bool {
	said := 0
	for _, cell := range row.Cells {
		if !cell.blank() && !cell.Across {
			said++
		}
	}
	if said != 1 {
		return false
	}
	text, _ := first(row)
	s := []rune(text)
	for _, end := range []string{"村", "社区", "委员会", "村委会", "居委会", "小组", "镇", "乡", "街道", "农场", "名单", "表", "组"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return len(s) > 8 && !strings.Contains(cleanName(text), "·") || strings.ContainsAny(text, "、:()")
}
