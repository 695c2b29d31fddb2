package upkeep

// TooLong is how long a log may be that the depot is slow to take.
var TooLong = tooLong
