package card

import (
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
)

// Surrender is what became of the card of a cancelled certificate: whoever is cancelled gives it back, whatever the reason (办法 art. 24; M61).
type Surrender struct {
	Certificate certificate.ID
	Day         day.Day // on which it came in, or was found not to be obtained
	Obtained    bool
	Reason      string // why it is not to be obtained
	Clerk       string
}

// Check refuses a certificate that is not cancelled or that nobody ever held, a day before it was cancelled or one to come, a card that is not to be obtained without a reason,
// and one that came in with a reason why it did not: which of the two is meant nobody knows.
func (s *Surrender) Check(of certificate.Certificate, today day.Day) error {
	if of.State != certificate.Cancelled || of.Reason == certificate.Voided {
		return fault.New(fault.Refused, "surrender.state")
	}
	s.Reason = strings.TrimSpace(s.Reason)
	var p fault.Problems
	if s.Day == "" || s.Day > today {
		p.Add("day", "surrender.day.wrong")
	} else if !s.Obtained && s.Day < of.Since {
		p.Add("day", "surrender.day.early", of.Since)
	}
	if !s.Obtained && s.Reason == "" {
		p.Add("reason", "surrender.reason.missing")
	} else if s.Obtained && s.Reason != "" {
		p.Add("reason", "surrender.reason.obtained")
	}
	long(&p, "reason", s.Reason, 200)
	return p.Fault()
}
