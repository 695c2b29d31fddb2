package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/registry"
)

// personReveal asks for the reason before the full number is shown.
func (s *Server) personReveal(w http.ResponseWriter, r *http.Request) error {
	return s.revealShow(w, r, http.StatusOK, nil)
}

func (s *Server) revealShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	f, err := s.registry.Person(r.Context(), actor(r), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if err := actor(r).May(access.PersonReveal, f.Region); err != nil {
		return err
	}
	p := s.personFrame(w, r, lang.T("reveal.title"), look.Link{Text: f.Name, Href: personHref(f.ID)})
	p.Caption, p.Problems = f.Name, look.Find(wrong)
	return show(w, r, status, revealPage(p, f, r.PostFormValue("reason")))
}

// personRevealed shows the full numbers once, on the answer itself, which no browser keeps (every answer says no-store).
func (s *Server) personRevealed(w http.ResponseWriter, r *http.Request) error {
	n, err := s.registry.RevealPerson(r.Context(), actor(r), person.ID(r.PathValue("id")), r.PostFormValue("reason"))
	if again(err) {
		return s.revealShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	p := s.personFrame(w, r, lang.T("reveal.title"), look.Link{Text: n.Person.Name, Href: personHref(n.Person.ID)})
	p.Caption = n.Person.Name
	return show(w, r, http.StatusOK, revealedPage(p, n))
}

func numbersOf(n registry.Numbers) []look.Detail {
	out := []look.Detail{{Key: lang.T("detail.number"), Value: string(n.Person.Number)}}
	for _, c := range n.Certificates {
		out = append(out, look.Detail{Key: lang.T("certificates.number"), Value: string(c.Number)})
	}
	return out
}
