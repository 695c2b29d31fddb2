package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
)

// lateCards is the townships of an area whose cards have been longer on their way from the print to the hand than policy leaves; of an area of several
// counties their sum, for whoever may read certificates.
func (s *Server) lateCards(r *http.Request, where region.Code) (out []look.Stat, err error) {
	by := actor(r)
	if !by.Can(access.CertificateRead) {
		return nil, nil
	}
	if where == "" {
		where = by.Region
	}
	if where.Level() < region.County {
		all, err := s.records.Alarms(r.Context(), by, where)
		sum := 0
		for _, n := range all {
			sum += n
		}
		if err == nil && sum > 0 {
			out = []look.Stat{{Number: sum, Text: lang.T("watch.late.counties"), Alarm: true, Href: "/"}}
		}
		return out, err
	}
	p, err := s.records.Paces(r.Context(), by, where, "")
	for _, t := range p.Towns {
		if t.WaitingLate > 0 {
			out = append(out, look.Stat{Number: t.WaitingLate, Text: lang.T("watch.late", t.Place.Name), Alarm: true, Href: "/pace?region=" + string(t.Place.Code)})
		}
	}
	return out, err
}
