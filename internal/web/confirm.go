package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// confirm asks for the proof that came with a grave act; whoever may not do the act at all is told so by the desk instead.
func (s *Server) confirm(r *http.Request, act access.Act) error {
	if !actor(r).Can(act) {
		return nil
	}
	return s.office.Confirm(r.Context(), actor(r), s.proof(r))
}

// proof is what the form holds of confirmInput.
func (s *Server) proof(r *http.Request) office.Proof {
	return office.Proof{Typed: r.PostFormValue("confirm"), Key: r.PostFormValue("key"), Token: s.gate.Token(r)}
}

// passwordField is where the password is typed once more.
func passwordField() look.Field {
	return look.Field{Name: "confirm", Label: lang.T("confirm.label"), Hint: lang.T("confirm.hint")}
}

// codeInput is where a code is typed, or a recovery code where there is only a key.
func codeInput(p look.Page) look.Input {
	if p.Code {
		return look.Input{Field: look.Field{Name: "confirm", Label: lang.T("confirm.code.label"), Hint: lang.T("confirm.code.hint")}, Width: look.W10, Complete: "one-time-code"}
	}
	return look.Input{Field: look.Field{Name: "confirm", Label: lang.T("confirm.spare.label"), Hint: lang.T("confirm.spare.hint")}, Width: look.W10, Complete: "off"}
}
