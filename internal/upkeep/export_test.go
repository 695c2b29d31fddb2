package upkeep

import "time"

// IdleAfter is how long a depot that took nothing for an hour counts as idle once it takes a parcel.
func IdleAfter() time.Duration {
	l := &line{took: time.Now().Add(-time.Hour), queue: []parcel{{}}}
	l.sent(parcel{})
	return l.idle()
}

// TooLong is how long a log may be that the depot is slow to take.
var TooLong = tooLong
