package web

import (
	"net/http"

	"hefa/internal/gate"
)

// registerReferrals is cases that one county takes and another decides.
func (s *Server) registerReferrals(mux *http.ServeMux, page func(string, gate.Handler)) {
	page("POST /applications/{id}/send", s.applicationSend)
	page("GET /referrals", s.referrals)
	mux.Handle("GET /referrals/list.xlsx", s.door.Long(s.signed(s.referralsExport)))
	page("GET /referrals/{id}", s.referral)
	page("POST /referrals/{id}", s.referralDo)
	mux.Handle("GET /referrals/{id}/sheet.pdf", s.door.Long(s.signed(s.referralSheet)))
	mux.Handle("GET /referrals/{id}/package.zip", s.door.Long(s.signed(s.referralPackage)))
}
