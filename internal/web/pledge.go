package web

import (
	"net/http"
	"time"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// pledge shows what everybody promises before they see people's data.
func (s *Server) pledge(w http.ResponseWriter, r *http.Request) error {
	return s.pledgeShow(w, r, http.StatusOK, nil)
}

func (s *Server) pledgeShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	p := s.page(w, r, lang.T("pledge.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}}
	return show(w, r, status, pledgePage(p, visitor(r).Account.Name, s.today()))
}

// pledgeGive notes the promise.
func (s *Server) pledgeGive(w http.ResponseWriter, r *http.Request) error {
	err := s.office.Pledge(r.Context(), actor(r), r.PostFormValue("promised") == "yes")
	if again(err) {
		return s.pledgeShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/", "pledge.done")
}

// pledgedOn is the day of the last pledge, or that there is none.
func pledgedOn(at int64) string {
	if at == 0 {
		return lang.T("pledge.never")
	}
	return day.Of(time.UnixMicro(at), day.Beijing).Chinese()
}
