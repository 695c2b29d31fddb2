package staff

// Unusual says whether an account saw full numbers more often today than its work explains: as often as most, or from ten on more than four times its daily
// mean of the thirty days before.
func Unusual(today, before, most int) bool {
	const (
		days  = 30
		least = 10
		times = 4
	)
	return most > 0 && today >= most || today >= least && today*days > times*before
}
