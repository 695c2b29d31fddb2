package web

import "hefa/internal/gate"

// registerLetters is the papers of a case for the person: the form to sign, and the letters in each reading, on paper and as pages.
func (s *Server) registerLetters(page func(string, gate.Handler)) {
	page("GET /applications/{id}/form.pdf", s.applicationForm)
	page("GET /applications/{id}/letters/{letter}", s.caseLetter)
	page("GET /deliveries/letters.pdf", s.deliveriesLetters)
}
