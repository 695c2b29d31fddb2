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
