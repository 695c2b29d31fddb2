package lapse

import (
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
)

// GiveBack takes a certificate that was put up for cancellation off the list: it is valid again, or frozen while its holder's move still stands (办法
// art. 23). One that is not put up stays as it is. Moves is what lists say of its holder.
func GiveBack(c *certificate.Certificate, moves []departure.Departure, on day.Day) error {
	if c.State != certificate.Announced {
		return nil
	}
	if err := c.Take(certificate.Retract, on); err != nil {
		return err
	}
	if departure.Freezes(moves) {
		return c.Take(certificate.Freeze, on)
	}
	return nil
}
