package web

import (
	"net/http"
	"path"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// application shows one case: where it stands, what can be done now, its person, papers and course.
func (s *Server) application(w http.ResponseWriter, r *http.Request) error {
	return s.applicationShow(w, r, http.StatusOK, nil)
}

// applicationShow shows the case, with what went wrong with an act on it when err is not nil.
func (s *Server) applicationShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	f, loadErr := s.casework.Application(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, f.Person.Name)
	p.Caption, p.Problems = word(f.Case.Application.Matter)+" "+f.Case.Application.No, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}}
	v := caseView{File: f, s: s, typed: r.PostForm, tried: path.Base(r.URL.Path), me: actor(r).Account, clear: actor(r).Can(access.PersonEdit), reveals: actor(r).Can(access.PersonReveal), reads: actor(r).Can(access.ArchiveRead), appeals: actor(r).Can(access.AppealRead), ways: actor(r).Can(access.PathRead) && len(f.Case.Application.Wanted) > 0, working: works(r)}
	v.batches = f.Card != nil && actor(r).May(access.CertificateRead, f.Card.Region.Township()) == nil
	if v.can(access.ApplicationFile) {
		if v.Filing, loadErr = s.archiving.Filing(r.Context(), actor(r), f.Case.Application.ID); loadErr != nil {
			return loadErr
		}
	}
	return show(w, r, status, applicationPage(p, v))
}

// applicationAct runs one act on a case: back to the case when it was done, the case with what is wrong when not.
func (s *Server) applicationAct(w http.ResponseWriter, r *http.Request, done string, act func(application.ID) error) error {
	id := application.ID(r.PathValue("id"))
	err := act(id)
	if again(err) {
		return s.applicationShow(w, r, wrongStatus(r, err), err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, caseHref(id), done)
}

// applicationAccept takes the case on.
func (s *Server) applicationAccept(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "application.accept.done", func(id application.ID) error {
		return s.casework.AcceptApplication(r.Context(), actor(r), id, casework.Acceptance{Sighted: r.PostForm["sighted"], Distinct: r.PostFormValue("distinct"), Aids: typedAids(r, "accept-aid")})
	})
}
