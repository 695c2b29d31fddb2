package day

import "time"

// Beijing is the zone of every office in the country.
var Beijing = time.FixedZone("CST", 8*60*60)
