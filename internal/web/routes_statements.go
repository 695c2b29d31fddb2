package web

import "hefa/internal/gate"

// registerStatements is numbered papers that are signed outside of a case.
func (s *Server) registerStatements(page func(string, gate.Handler)) {
	page("GET /statements", s.statements)
	page("POST /statements", s.statementIssue)
	page("GET /statements/{id}", s.statement)
	page("GET /statements/{id}/forms.pdf", s.statementForms)
	page("GET /statements/{id}/proof", s.statementProof)
	page("POST /statements/{id}/proof", s.statementProof)
	page("POST /statements/{id}/people", s.statementName)
	page("POST /statements/{id}/people/off", s.statementOff)
	page("POST /statements/{id}/end", s.statementEnd)
}
