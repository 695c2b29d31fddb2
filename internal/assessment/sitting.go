package assessment

import "time"

// Sitting is a doctor before the form of one case: since when it is open, and how long it was before (see ADR 108).
type Sitting struct {
	Opened time.Time     // zero while the form is closed
	Spent  time.Duration // in the case so far; Untimed until something was written after an opening
	Closed time.Time     // when the doctor last wrote something down for the case, zero for never
}

// Untimed is the time of a finding of which nobody knows how long it took.
const Untimed time.Duration = -1

// Open begins a sitting at an instant and says whether that is new: a form that was opened no longer than pause ago is still the same sitting, so that
// loading the page again changes nothing.
func (s *Sitting) Open(at time.Time, pause time.Duration) bool {
	if !s.Opened.IsZero() && at.Sub(s.Opened) <= pause {
		return false
	}
	s.Opened = at
	return true
}

// Close ends the sitting at the instant at which the doctor writes down what was found; last is when the doctor wrote something down before, in whatever
// case, because nobody examines two people at a time: forms that were opened in advance gain nothing. More than pause counts as pause.
func (s *Sitting) Close(at, last time.Time, pause time.Duration) {
	if !s.Opened.IsZero() {
		since := s.Opened
		if last.After(since) {
			since = last
		}
		s.Spent = max(s.Spent, 0) + min(max(at.Sub(since), 0), pause)
	}
	s.Opened, s.Closed = time.Time{}, at
}
