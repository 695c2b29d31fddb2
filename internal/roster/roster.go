// Package roster is the list that a township hands in: who holds a lapsed certificate, or who may be disabled and was never assessed; and the list of
// all that another register holds.
//
// It finds the header among titles, reads each line whatever the habits of the clerk who typed it, and says for every line that cannot be
// taken the one reason that decides, so that the list can be corrected and sent again.
package roster

import (
	"slices"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Kind is which list it is.
type Kind string

// The two lists of a township (rules.md §4.3), and what another register holds.
const (
	Expired   Kind = "expired"   // 过期失效持证残疾人名单
	Suspected Kind = "suspected" // 疑似残疾人名单
	Register  Kind = "register"  // 持证残疾人名册, of a township or a whole county
)

// Kinds is every list, in the order of the form.
var Kinds = []Kind{Expired, Suspected, Register}

// Waiting is the lists whose people wait for an application.
var Waiting = []Kind{Expired, Suspected}

// Valid says whether k is one of the lists.
func (k Kind) Valid() bool { return slices.Contains(Kinds, k) }

// Waits says whether the people of the list wait for an application.
func (k Kind) Waits() bool { return slices.Contains(Waiting, k) }

// Held says whether each line of the list is about a certificate.
func (k Kind) Held() bool { return k == Expired || k == Register }

// Covers says whether the list can be about the area: a township, and for what another register holds a county too.
func (k Kind) Covers(where region.Code) bool {
	return where.Level() == region.Township || k == Register && where.Level() == region.County
}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "roster.kind." + string(k) }

// Cell is one cell as the file holds it, before any cleaning.
type Cell struct {
	Text   string
	Number bool // the file holds a number; Text is its unformatted value
	Date   bool // the number is shown as a date
	Across bool // repeats the cell to its left, with which it is merged
}

// Row is one row of a spreadsheet. Cells may be shorter than the widest row; whoever keeps a Row copies them.
type Row struct {
	Number int // as the spreadsheet shows it, from 1
	Shift  int // days to add to serial dates: 1462 in workbooks that count from 1904, else 0
	Cells  []Cell
}

// Entry is one good line, cleaned and cross-checked. What the list does not say is empty.
type Entry struct {
	Row         int
	Name        string
	Sex         person.Sex
	Number      person.Number
	Certificate certificate.Number // only in lists of holders
	Category    certificate.Category
	Level       certificate.Level
	Expires     day.Day
	Issued      day.Day           // only in what another register holds, as the three below
	Standing    certificate.State // "" when the list does not say
	Nation      string
	Address     string
	Township    string
	Village     string
	Phone       string
	Guardian    string
	Poor        bool // 建档立卡户
	Condition   string
	Reason      Why
	Remark      string
	Happened    day.Day // when the person died or moved, "" when the list does not say or what it says is no date
	Whither     string  // where the person moved to
}

// Why is why a person who may be disabled was never assessed (form of the survey, rules.md §4.2).
type Why string

// The reasons of the survey's form, and what clerks write besides.
const (
	NeverAssessed Why = "never"      // 从未评过
	Recovering    Why = "recovering" // 一年康复期未到
	Unfit         Why = "unfit"      // 曾评定过但不符合
	Unwilling     Why = "unwilling"  // 本人不愿办理
	Other         Why = "other"      // anything else; the words stand in the remark
)

// Word is the key of w's name in the catalogue.
func (w Why) Word() string { return "roster.why." + string(w) }

// cell is the cell in column i, empty beyond the row's end or when there is no such column.
func (r Row) cell(i int) Cell {
	if i < 0 || i >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[i]
}
