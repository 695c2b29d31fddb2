package look

import "strconv"

// Colour is the tint of a tag; it never carries a meaning alone, the text does.
type Colour string

// The tints of tags.
const (
	Grey   Colour = "grey"   // over, or not begun
	Blue   Colour = "blue"   // under way
	Green  Colour = "green"  // done, valid
	Yellow Colour = "yellow" // waiting for somebody, soon due
	Orange Colour = "orange" // disputed, returned
	Red    Colour = "red"    // overdue, refused, cancelled
	Purple Colour = "purple" // special: frozen, moving
)

// Tag is a short word about a state, such as 已受理.
type Tag struct {
	Text   string
	Colour Colour
}

func count(n int) string {
	if n > 9999 {
		return "9999+"
	}
	return strconv.Itoa(n)
}
