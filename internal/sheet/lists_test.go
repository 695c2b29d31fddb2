package sheet

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"hefa/internal/roster"
)

// made is a list as a clerk made it, with the truth about it.
type made struct {
	grid    map[[2]int]value // by row from 1 and column from 0
	merged  [][4]int         // top, left, bottom, right
	header  int
	rows    int
	last    int
	wide    int
	shift   int
	people  map[int]*holder
	planted map[int]string
}

func (m *made) put(row, col int, v value) {
	m.grid[[2]int{row, col}] = v
	m.last, m.wide = max(m.last, row), max(m.wide, col+1)
}

func (m *made) text(row, col int, s string) { m.put(row, col, value{text: s}) }

// makeList writes a list with one clerk's habits and some planted defects; a plain one has nothing that separated text cannot hold.
func makeList(seed uint64, kind roster.Kind, plain bool) *made {
	c := &clerk{Rand: rand.New(rand.NewPCG(seed, 7)), kind: kind}
	if c.chance(10) && !plain {
		c.shift = 1462
	}
	c.choose()
	m := &made{grid: map[[2]int]value{}, people: map[int]*holder{}, planted: map[int]string{}, shift: c.shift}
	left := c.IntN(3) / 2
	row := m.top(c, left, 1+c.IntN(3)/2)
	names, extra := m.headings(c, left, row, plain)
	m.header = row
	row += extra + 1
	var good []int
	for i := range 12 + c.IntN(40) {
		row = m.between(c, row, left, names)
		h := c.person(i)
		if c.chance(8) && len(good) > 0 {
			first := good[c.IntN(len(good))]
			h = m.people[first]
			m.planted[row] = "duplicate of " + strconv.Itoa(first)
		} else if c.chance(20) {
			if h.defect = c.spoil(h); h.defect != "" {
				m.planted[row] = h.defect
			} else {
				h = c.person(i)
			}
		}
		if m.planted[row] == "" {
			good = append(good, row)
		}
		m.rows++
		m.people[row] = h
		m.line(c, row, left, m.rows, h)
		row++
	}
	m.bottom(c, row, left)
	return m
}

// top writes the titles.
func (m *made) top(c *clerk, left, row int) int {
	wide := len(c.columns) + 1
	if c.chance(85) {
		m.text(row, left, c.one("德宏州芒市风平镇过期失效持证残疾人名单", "风平镇残疾人姓名身份证号登记表（疑似残疾人名单）", "2020年芒市残疾人名单"))
		if c.chance(70) {
			m.merged = append(m.merged, [4]int{row, left, row, left + wide})
		}
		row++
	}
	if c.chance(60) {
		m.text(row, left, "填报单位（盖章）：风平镇")
		if c.chance(40) {
			m.text(row, left+4, "填报时间：2020年4月15日")
		}
		row++
	}
	if c.chance(15) {
		m.text(row, left, "填表说明：姓名、身份证号、残疾人证号、联系电话必须填写完整，身份证号和残疾人证号请用文本格式，不得合并单元格。")
		row++
	}
	return row + c.IntN(4)/3
}

// headings writes the header and says how many lines it has below its first.
func (m *made) headings(c *clerk, left, row int, plain bool) (names map[int]string, extra int) {
	names = map[int]string{}
	two := c.chance(15) && !plain
	for i, k := range c.columns {
		names[left+i] = c.one(headers[k]...)
		m.text(row, left+i, names[left+i])
	}
	col := left + len(c.columns)
	for _, s := range strange {
		if c.chance(12) {
			names[col] = s
			m.text(row, col, s)
			col++
		}
	}
	if two {
		m.group(c, left, row, col)
		return names, 1
	}
	return names, 0
}

// group turns the header into two lines: category and level under one heading where they stand side by side, the rest merged downwards or left
// in the upper line.
func (m *made) group(c *clerk, left, row, wide int) {
	down := c.chance(60)
	paired := -1
	for i := 0; i+1 < len(c.columns); i++ {
		if c.columns[i] == roster.CategoryColumn && c.columns[i+1] == roster.LevelColumn {
			paired = left + i
			m.text(row, paired, "残疾情况")
			delete(m.grid, [2]int{row, paired + 1})
			m.text(row+1, paired, c.one("类别", "残疾类别"))
			m.text(row+1, paired+1, c.one("等级", "残疾等级"))
			m.merged = append(m.merged, [4]int{row, paired, row, paired + 1})
		}
	}
	for col := left; col < wide && down; col++ {
		if col != paired && col != paired+1 || paired < 0 {
			m.merged = append(m.merged, [4]int{row, col, row + 1, col})
		}
	}
}

// between writes what stands between the lines: blanks, headers of printed pages, headings of villages, empty numbered lines.
func (m *made) between(c *clerk, row, left int, names map[int]string) int {
	switch c.IntN(40) {
	case 0:
		return row + 1
	case 1:
		for col, s := range names {
			m.text(row, col, s)
		}
		return row + 1
	case 2:
		if c.columns[0] == roster.Sequence {
			m.put(row, left, seq(99))
			return row + 1
		}
	case 3:
		m.text(row, left, c.one("一、芒里村民委员会", "帕底村", "兴侨社区"))
		return row + 1
	case 4:
		m.text(row, left, c.one("本页小计", "小　计"))
		m.text(row, left+2, "12人")
		return row + 1
	}
	return row
}

func (m *made) line(c *clerk, row, left, number int, h *holder) {
	for i, k := range c.columns {
		v := h.cells[k]
		if k == roster.Sequence {
			v = seq(number)
		}
		if v != (value{}) {
			m.put(row, left+i, v)
		}
	}
	for col := left + len(c.columns); col < m.wide; col++ {
		if head, ok := m.grid[[2]int{m.header, col}]; ok {
			if s := strangeValues[head.text]; s != "" {
				m.text(row, col, s)
			}
		}
	}
}

// bottom writes sums and signatures.
func (m *made) bottom(c *clerk, row, left int) {
	if c.chance(20) {
		m.text(row, left, c.one("以下空白", "（以下空白）"))
		row++
	}
	if c.chance(40) {
		m.text(row, left, c.one("合计", "合  计", "总计", "共计"))
		m.text(row, left+1, fmt.Sprintf("%d人", m.rows))
		row++
	}
	row += c.IntN(2)
	if c.chance(40) {
		m.text(row, left, c.one("填报人：刀小妹", "制表人：刀小妹    审核人：岩温", "单位负责人：岩温"))
		m.text(row, left+2, "审核人：岩温")
		m.text(row, left+3, "联系电话：0692-2121234")
		row++
	}
	if c.chance(30) {
		m.text(row, left, c.one("注：1.残疾人证号请用文本格式。", "说明：此表一式两份。", "备注：请于4月15日前上报", "共3页，第3页", "第 3 页 共 3 页"))
	}
}

// xlsx writes the list through another library than ours.
func (m *made) xlsx(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if m.shift > 0 {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
	}
	dates, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for at, v := range m.grid {
		cell, _ := excelize.CoordinatesToCellName(at[1]+1, at[0])
		switch v.form {
		case "":
			err = f.SetCellStr("Sheet1", cell, v.text)
		case "date":
			err = f.SetCellStyle("Sheet1", cell, cell, dates)
			fallthrough
		default:
			if err == nil {
				err = f.SetCellFloat("Sheet1", cell, v.number, -1, 64)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range m.merged {
		from, _ := excelize.CoordinatesToCellName(a[1]+1, a[0])
		to, _ := excelize.CoordinatesToCellName(a[3]+1, a[2])
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// csv writes the list as text; what was merged is plain then.
func (m *made) csv(comma string) []byte {
	var b strings.Builder
	for row := 1; row <= m.last; row++ {
		for col := range m.wide {
			if col > 0 {
				b.WriteString(comma)
			}
			v := m.grid[[2]int{row, col}]
			s := v.text
			if v.form != "" {
				s = strconv.FormatFloat(v.number, 'f', -1, 64)
				if v.number >= 1e11 { // as spreadsheets write what does not fit into a cell
					s = strconv.FormatFloat(v.number, 'E', 5, 64)
				}
			}
			b.WriteString(`"` + strings.ReplaceAll(s, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	return []byte(b.String())
}

// check reads the list and compares what is found with what was planted.
func (m *made) check(t *testing.T, kind roster.Kind, file []byte) {
	t.Helper()
	result, entries, err := read(kind, file)
	if err != nil {
		t.Fatalf("%v\nheader: %v", err, m.shown(m.header))
	}
	got := defects(result.Report)
	if diff := cmp.Diff(m.planted, got); diff != "" {
		t.Errorf("defects (-planted +found):\n%s", diff)
		for _, row := range slices.Sorted(maps.Keys(got)) {
			if m.planted[row] != got[row] {
				t.Logf("row %d: %q", row, m.shown(row))
			}
		}
		for row := range m.planted {
			if got[row] == "" {
				t.Logf("row %d: %q", row, m.shown(row))
			}
		}
		t.Logf("header %d: %q", m.header, m.shown(m.header))
	}
	r := result.Report
	if r.HeaderRow != m.header || r.Rows != m.rows || r.Good != m.rows-len(m.planted) {
		t.Errorf("header row %d, %d rows, %d good; want %d, %d, %d", r.HeaderRow, r.Rows, r.Good, m.header, m.rows, m.rows-len(m.planted))
	}
	for _, e := range entries {
		h := m.people[e.Row]
		if h == nil || e.Name != h.name || e.Number != h.n {
			t.Errorf("row %d is read as %q %s: %q", e.Row, e.Name, e.Number, m.shown(e.Row))
			continue
		}
		if kind == roster.Expired && (e.Certificate != h.cert && len(h.number) > 18 || result.Header.Holds(roster.Expires) && e.Expires != h.expires) {
			t.Errorf("row %d: %s expires %s; want %s, %s: %q", e.Row, e.Certificate, e.Expires, h.cert, h.expires, m.shown(e.Row))
		}
	}
}

func (m *made) shown(row int) []string {
	var out []string
	for col := range m.wide {
		v := m.grid[[2]int{row, col}]
		if v.form != "" {
			v.text = fmt.Sprintf("#%v", v.number)
		}
		out = append(out, v.text)
	}
	return out
}

func TestListsOfAnyHabitComeOutExactly(t *testing.T) {
	t.Parallel()
	for seed := range uint64(240) {
		kind := []roster.Kind{roster.Expired, roster.Expired, roster.Suspected}[seed%3]
		t.Run(fmt.Sprintf("%s %d", kind, seed), func(t *testing.T) {
			t.Parallel()
			m := makeList(seed, kind, false)
			m.check(t, kind, m.xlsx(t))
		})
	}
}

func TestListsAsTextComeOutExactly(t *testing.T) {
	t.Parallel()
	for seed := range uint64(120) {
		kind := []roster.Kind{roster.Expired, roster.Suspected}[seed%2]
		t.Run(fmt.Sprintf("%s %d", kind, seed), func(t *testing.T) {
			t.Parallel()
			m := makeList(10_000+seed, kind, true)
			text := m.csv([]string{",", "\t", ";"}[seed%3])
			switch seed % 4 {
			case 0:
				text = append([]byte("\xef\xbb\xbf"), text...)
			case 1:
				var err error
				if text, err = simplifiedchinese.GB18030.NewEncoder().Bytes(text); err != nil {
					t.Fatal(err)
				}
			}
			m.check(t, kind, text)
		})
	}
}
