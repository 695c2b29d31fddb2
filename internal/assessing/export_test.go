package assessing

import (
	"hefa/internal/paper"
	"hefa/internal/store"
)

// What the papers say, for tests that read it before it is printed.
var (
	Route    = route
	Summons  = func(tx *store.Tx, s Day) (paper.Paper, error) { return summonsOf(tx, s, s.Expected()) }
	DayList  = dayList
	CallList = callList
)
