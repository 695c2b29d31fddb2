package sheet

import (
	"strconv"
	"strings"
	"time"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/roster"
)

// spoil plants one defect that the columns of the list can show, and says which; "" when it cannot be planted here.
func (c *clerk) spoil(h *holder) string {
	at := c.numberColumn()
	long := c.kind == roster.Expired && len(h.number) >= 20
	switch c.IntN(16) {
	case 0:
		h.set(roster.Name, c.one("", " ", "/", "—", "无"))
		return "missing"
	case 1:
		h.set(at, c.one("", "　", "无", "不详"))
		return "missing"
	case 2:
		if c.kind == roster.Expired && c.has(c.columns, roster.Expires) {
			h.set(roster.Expires, c.one("", "  ", "/"))
			return "missing"
		}
	case 3:
		h.set(at, c.one("5.3320e+19", "5.33199E+17", "5.33E+19", "５.３３２０Ｅ＋１９"))
		return "scientific"
	case 4:
		f, err := strconv.ParseFloat(strings.TrimRight(strings.Split(h.number, "B")[0], "X"), 64)
		if err != nil {
			return "" // a number with an X inside stays text
		}
		h.cells[at] = value{number: f, form: "number"}
		return "scientific"
	case 5:
		i := c.IntN(17)
		h.set(at, c.typed(h.number[:i]+h.number[i+1:]))
		return "length"
	case 6:
		i := c.IntN(17)
		h.set(at, h.number[:i]+strconv.Itoa(c.IntN(10))+h.number[i:])
		return "length"
	case 7:
		b := []byte(h.number)
		i := []int{0, 1, 2, 3, 4, 5, 14, 15, 16}[c.IntN(9)]
		b[i] = '0' + (b[i]-'0'+byte(1+c.IntN(8)))%10
		if strings.HasSuffix(string(b[:18]), "000") {
			return ""
		}
		h.set(at, c.typed(string(b)))
		return "checksum"
	case 8:
		b := []byte(h.number)
		b[c.IntN(6)] = "OlZSB"[c.IntN(5)]
		h.set(at, string(b))
		return "digits"
	}
	return c.spoilMore(h, at, long)
}

func (c *clerk) spoilMore(h *holder, at roster.Meaning, long bool) string {
	switch c.IntN(9) {
	case 0:
		bad := person.MakeNumber("533199", day.New(1960, time.March, 1), 7)
		n := string(bad[:10]) + c.one("1301", "0230", "0431", "0000") + string(bad[14:])
		h.set(at, strings.Replace(h.number, string(h.n), n, 1))
		return "date"
	case 1:
		if c.kind == roster.Expired && c.has(c.columns, roster.Expires) {
			h.set(roster.Expires, c.one("2020-02-30", "2020年13月1日", "长期", "2020", "已过期", "20201301", "2020.6.31", "00000000", "2020-9"))
			return "date"
		}
	case 2:
		if long {
			h.set(at, h.number[:18]+c.one("0", "8", "9")+h.number[19:])
			return "category"
		}
	case 3:
		if long {
			h.set(at, h.number[:19]+c.one("0", "5", "9")+h.number[20:])
			return "level"
		}
	case 4:
		if long && c.has(c.columns, roster.CategoryColumn) {
			other := certificate.Categories[(int(h.cert.Category()[0]-'1')+1+c.IntN(5))%6]
			h.set(roster.CategoryColumn, categoryNames[other][0])
			if other != h.cert.Category() {
				return "category"
			}
		}
	case 5:
		if long && c.has(c.columns, roster.LevelColumn) {
			other := certificate.Levels[(int(h.cert.Level()[0]-'1')+1+c.IntN(3))%4]
			h.cells[roster.LevelColumn] = c.level(other)
			return "level"
		}
	case 6:
		if c.has(c.columns, roster.Sex) {
			h.set(roster.Sex, pick(c, h.n.Sex() == person.Male, []string{"女", "2", "F"}, []string{"男", "1", "男性"}))
			return "sex"
		}
	case 7:
		if c.has(c.columns, roster.Birth) {
			h.cells[roster.Birth] = value{text: string(h.n.Birth().Add(1 + c.IntN(4000)))}
			return "birth"
		}
	case 8:
		if long {
			h.set(at, h.number[:20]+c.one("B", "B0", "C1", "BX"))
			return "suffix"
		}
	}
	return ""
}
