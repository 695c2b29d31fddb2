package web

import "hefa/internal/gate"

// registerCorrections is identity numbers that are wrong.
func (s *Server) registerCorrections(page func(string, gate.Handler)) {
	page("GET /corrections", s.corrections)
	page("GET /people/{id}/correction", s.correction)
	page("POST /people/{id}/correction", s.correctionAsk)
	page("POST /people/{id}/correction/judge", s.correctionJudge)
	page("POST /people/{id}/correction/former", s.correctionFormer)
}
