package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// confirm asks for the password that came with a grave act; whoever may not do the act at all is told so by the desk instead.
func (s *Server) confirm(r *http.Request, act access.Act) error {
	if !actor(r).Can(act) {
		return nil
	}
	return s.office.Confirm(r.Context(), actor(r), r.PostFormValue("confirm"))
}

// confirmField is where the password is typed.
func confirmField() look.Field {
	return look.Field{Name: "confirm", Label: lang.T("confirm.label"), Hint: lang.T("confirm.hint")}
}
