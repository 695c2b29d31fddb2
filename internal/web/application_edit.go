package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// applicationEdit shows the form of a draft or a returned case.
func (s *Server) applicationEdit(w http.ResponseWriter, r *http.Request) error {
	return s.applicationEditShow(w, r, http.StatusOK, nil, nil)
}

// applicationEditShow shows the form with what was typed (nil: with what stands in the case), and what is wrong with it.
func (s *Server) applicationEditShow(w http.ResponseWriter, r *http.Request, status int, typed url.Values, err error) error {
	f, loadErr := s.casework.Application(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	if a := f.Case.Application; !slices.Contains(f.Steps, access.ApplicationEdit) {
		return fault.New(fault.Refused, "application.step.wrong", access.ApplicationEdit, a.State)
	}
	v := intakeView{typed: typed, today: s.today(), id: f.Case.Application.ID, known: casework.Applicant{Minor: f.MustGuardian}}
	version := strconv.Itoa(f.Case.Application.Version)
	v.later = f.Case.Application.Matter != application.New
	if !f.Case.Application.State.Editable() {
		v.overtaken = f.Overtaken
	}
	switch {
	case typed == nil:
		v.typed = url.Values{}
		fillPerson(v.typed, f.Person.With(f.Proposed))
		v.typed.Set("stated", f.Case.Application.Stated)
		for _, c := range f.Case.Application.Wanted {
			v.typed.Add("wanted", string(c))
		}
	case status == http.StatusConflict:
		v.typed.Set("version", strconv.Itoa(f.Person.Version))
	default:
		version = typed.Get("case_version")
	}
	v.typed.Set("number", string(f.Person.Number))
	if err := v.places(s, r); err != nil {
		return err
	}
	if status == http.StatusConflict {
		v.changed = changes(f.Person, typedPerson(v.typed), f.Place, v.place())
		if mine := categoryWords(typedWanted(v.typed)); mine != categoryWords(f.Case.Application.Wanted) {
			v.changed = append(v.changed, change{lang.T("detail.wanted"), categoryWords(f.Case.Application.Wanted), mine})
		}
	}
	p := s.page(w, r, lang.T("intake.edit"))
	p.Caption, p.Problems = f.Person.Name, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}, {Text: f.Person.Name, Href: caseHref(v.id)}}
	return show(w, r, status, applicationEditPage(p, v, version))
}

// applicationEditSave keeps the form, and submits the case when that was asked.
func (s *Server) applicationEditSave(w http.ResponseWriter, r *http.Request) error {
	id, typed := application.ID(r.PathValue("id")), r.PostForm
	if typed.Get("do") == "place" {
		typed.Del("region")
		return s.applicationEditShow(w, r, http.StatusOK, typed, nil)
	}
	version, _ := strconv.Atoi(typed.Get("case_version"))
	err := s.casework.EditApplication(r.Context(), actor(r), id, casework.Edit{Person: typedPerson(typed), Wanted: typedWanted(typed), Stated: typed.Get("stated"), Version: version})
	switch {
	case again(err):
		return s.applicationEditShow(w, r, http.StatusUnprocessableEntity, typed, err)
	case fault.Of(err) == fault.Stale:
		return s.applicationEditShow(w, r, http.StatusConflict, typed, err)
	case err != nil:
		return err
	case typed.Get("do") == "submit":
		return s.applicationSubmit(w, r)
	}
	return s.done(w, r, caseHref(id), "intake.saved")
}

// applicationSubmit hands the case to the acceptance desk; what is missing is shown in the form where it can be filled in.
func (s *Server) applicationSubmit(w http.ResponseWriter, r *http.Request) error {
	id := application.ID(r.PathValue("id"))
	err := s.casework.SubmitApplication(r.Context(), actor(r), id)
	if fault.Of(err) == fault.Invalid {
		return s.applicationEditShow(w, r, http.StatusUnprocessableEntity, nil, err)
	}
	return s.applicationAct(w, r, "intake.handed", func(application.ID) error { return err })
}
