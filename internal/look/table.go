package look

import (
	"time"

	"github.com/a-h/templ"
)

// Table is a list with a caption. On a narrow screen each row becomes a small card.
type Table struct {
	Caption string
	Quiet   bool // the caption is for screen readers only, because a heading above says the same
	Columns []Column
	Rows    []Row
	Empty   string // what an empty list says, with what to do about it
	Select  string // the name of a check box in front of each row; "" is none. The table must stand in a form
}

// Column is the head of a column; numbers stand right; a tight column, of dates or states, is never broken into two lines.
type Column struct {
	Text   string
	Number bool
	Tight  bool
}

// Row is one line. Value is what its check box sends; Label says whose row it is, for the check box.
type Row struct {
	Value  string
	Label  string
	Picked bool // its check box is set
	Cells  []Cell
}

// Cell is text, a link, a tag or any component; the first that is set counts, in the order Body, Tag, Href, Text.
type Cell struct {
	Text string
	Href string
	Tag  Tag
	Body templ.Component
	Note string // a second, small line
}

// Pager leads through a long list: back to the first page and on to the next (keyset paging knows no page numbers).
type Pager struct {
	First string // address of the first page; "" when this is it
	Next  string // address of the next page; "" when this is the last
	Shown int    // rows on this page
	Total int    // rows in all; below 0 when nobody counted
}

// Filter is a form above a list, sent with GET; its fields are the children.
type Filter struct {
	Action string
	Clear  string // the address without conditions; "" hides the link
	Title  string // "" is 查询条件
}

// Detail is one line of a summary list.
type Detail struct {
	Key     string
	Value   string
	Body    templ.Component // instead of Value
	Actions []Link
}

// Event is one step in the course of a case.
type Event struct {
	Title string
	By    string
	At    time.Time // in the office's zone
	Text  string
	Link  *Link
}

// Stat is a number that leads to the list behind it.
type Stat struct {
	Number int
	Text   string
	Href   string
	Note   string
	Alarm  bool // something is overdue
}

// Task is one line of a task list.
type Task struct {
	Text  string
	Href  string // "" when it cannot be started yet
	Hint  string
	State Tag
}

// Progress is long work: a bar, what has been done and how it ended. Poll is the address of the fragment that shows it again (the handler
// renders Progress alone); it is asked every two seconds until Done.
type Progress struct {
	ID    string
	Label string
	Done  int
	Total int // 0 when nobody knows yet
	Note  string
	Poll  string
	Over  bool
}
