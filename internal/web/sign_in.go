package web

import (
	"net/http"
	"strings"

	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// signIn shows the form.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, signInPage(s.page(w, r, lang.T("signin.title")), signInForm{Next: gate.Next(r), Province: s.office.Province()}))
}

// signInForm is what was typed; the password is never shown again.
type signInForm struct{ Login, Next, Province string }

// signInTry checks the password and begins the sign-in.
func (s *Server) signInTry(w http.ResponseWriter, r *http.Request) error {
	form := signInForm{strings.TrimSpace(r.PostFormValue("account")), gate.Next(r), s.office.Province()}
	token, err := s.office.SignIn(r.Context(), office.Attempt{Login: form.Login, Password: r.PostFormValue("password"),
		Addr: gate.Address(r.Context()), Agent: r.UserAgent()})
	if fault.Of(err) == fault.Refused {
		p := s.page(w, r, lang.T("signin.title"))
		p.Problems = look.Find(err)
		p.Problems[0].Name = "account"
		return show(w, r, http.StatusUnprocessableEntity, signInPage(p, form))
	}
	if err != nil {
		return err
	}
	s.gate.SetToken(w, token, 0)
	return redirect(w, r, form.Next)
}

// signOut ends the sign-in.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.office.SignOut(r.Context(), actor(r), s.gate.Token(r)); err != nil {
		return err
	}
	s.gate.DropToken(w)
	return s.done(w, r, "/sign-in", "signin.out")
}
