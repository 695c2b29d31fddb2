package policy

// The keys of the order in which the people of a session are examined.
const (
	SeatOrder Key = "seat.order" // whether those in wheelchairs or on stretchers come before everybody else or first within their village
	SeatTime  Key = "seat.time"  // when those are to come, "" for when everybody does
)

// SeatFirst is the order in which those who roll come before everybody else.
const SeatFirst = "first"

func seatRules() []Rule {
	return []Rule{
		{SeatOrder, Choice, SeatFirst, "无障碍环境建设法（参照）；本地约定", []string{SeatFirst, "village"}},
		{SeatTime, Text, "", "本地约定", nil},
	}
}
