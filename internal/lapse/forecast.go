package lapse

// Base is the fewest certificates from which a rate is told; of fewer it would be chance.
const Base = 20

// Forecast is how many of those that expire will be lost when lost of base were, rounded up; −1 when base is too small to tell.
func Forecast(expiring, lost, base int) int {
	if base < Base {
		return -1
	}
	return (expiring*lost + base - 1) / base
}

// Outlook is how many of the estimated disabled people of a county hold a certificate, and how many will in a year.
type Outlook struct {
	Estimated int // by survey; 0 when the county has set none
	Holders   int
	Ending    int // of the holders, whose certificate has run out or will within the year
	Lost      int // of these at today's share of renewing; −1 when nothing can be told
}

// Now is the holding rate (持证率) today, in per cent.
func (o Outlook) Now() float64 { return o.rate(o.Holders) }

// Unrenewed is the holding rate in a year if nobody renews, in per cent.
func (o Outlook) Unrenewed() float64 { return o.rate(o.Holders - o.Ending) }

// Expected is the holding rate in a year at today's share of renewing, in per cent; false when nothing can be told.
func (o Outlook) Expected() (float64, bool) { return o.rate(o.Holders - o.Lost), o.Lost >= 0 }

func (o Outlook) rate(n int) float64 { return 100 * float64(n) / float64(o.Estimated) }
