package web

import (
	"net/http"
	"strconv"

	"hefa/internal/application"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// applicationAid notes what the applicant needs on the day.
func (s *Server) applicationAid(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "aid.done", func(id application.ID) error {
		return under("aid", s.casework.SetAids(r.Context(), actor(r), id, *typedAids(r, "aid-aid")))
	})
}

// typedAids is what the boxes of a field say; nil when the form did not have them.
func typedAids(r *http.Request, field string) *application.Aids {
	version, err := strconv.Atoi(r.PostFormValue("aid-version"))
	if err != nil && field != "aid-aid" {
		return nil
	}
	out := application.Aids{Version: version}
	for _, a := range r.PostForm[field] {
		out.All = append(out.All, application.Aid(a))
	}
	return &out
}

// aids is the boxes of what the applicant needs on the day.
func (v caseView) aids(field string) look.Choices {
	c := look.Choices{Field: look.Field{Name: field, Label: lang.T("aid.title"), Hint: lang.T("aid.hint"), Optional: true}}
	if v.tried+"-aid" == field {
		c.Values = v.typed[field]
	} else {
		for _, a := range v.Aids.All {
			c.Values = append(c.Values, string(a))
		}
	}
	for _, a := range application.AidKinds {
		c.Options = append(c.Options, look.Option{Value: string(a), Text: word(a)})
	}
	return c
}
