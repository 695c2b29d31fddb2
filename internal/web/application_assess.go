package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// What a doctor says about a category.
const (
	verdictMet   = "met"
	verdictUnmet = "unmet"
)

// applicationAssessForm shows the form of the conclusion, with what this doctor wrote down before, and notes that it was opened.
func (s *Server) applicationAssessForm(w http.ResponseWriter, r *http.Request) error {
	if err := s.assessing.OpenExamination(r.Context(), actor(r), application.ID(r.PathValue("id"))); err != nil {
		return err
	}
	return s.applicationAssessShow(w, r, http.StatusOK, nil)
}

func (s *Server) applicationAssessShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	e, loadErr := s.assessing.Examination(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("assessment.title", e.Person.Name))
	p.Caption, p.Problems = lang.T("session.title", e.Hospital.Name, e.Session.Day), look.Find(err)
	p.Crumbs = append(sessionCrumbs(), look.Link{Text: e.Session.Day.Chinese(), Href: sessionHref(e.Session.ID)}, look.Link{Text: e.Person.Name, Href: caseHref(e.Application.ID)})
	v := assessView{Examination: e, s: s, doctor: actor(r).Name, account: actor(r).Account, stale: fault.Of(err) == fault.Stale}
	if r.Method == http.MethodPost {
		v.typed = r.PostForm
	}
	return show(w, r, status, applicationAssessPage(p, v))
}

// applicationAssess keeps the doctor's findings, or signs the conclusion.
func (s *Server) applicationAssess(w http.ResponseWriter, r *http.Request) error {
	id := application.ID(r.PathValue("id"))
	c, wrong := readConclusion(r)
	if r.PostFormValue("do") == "weigh" {
		if err := c.CheckValues(); err != nil {
			return s.applicationAssessShow(w, r, http.StatusUnprocessableEntity, err)
		}
		return s.applicationAssessShow(w, r, http.StatusOK, nil)
	}
	if err := wrong.Fault(); err != nil {
		return s.applicationAssessShow(w, r, http.StatusUnprocessableEntity, err)
	}
	act, done := s.assessing.AssessApplication, "assessment.done"
	if r.PostFormValue("second") != "" {
		done = "assessment.signed.done"
	}
	if r.PostFormValue("do") == "keep" {
		act, done = s.assessing.KeepFindings, "assessment.kept.done"
	}
	err := act(r.Context(), actor(r), id, c)
	switch {
	case fault.Of(err) == fault.Stale:
		return s.applicationAssessShow(w, r, http.StatusConflict, err)
	case again(err):
		return s.applicationAssessShow(w, r, http.StatusUnprocessableEntity, err)
	case err != nil:
		return err
	}
	return s.done(w, r, caseHref(id), done)
}

// readConclusion reads what the doctor wrote; a category without a verdict is left out unless something was written for it.
func readConclusion(r *http.Request) (assessment.Conclusion, fault.Problems) {
	var wrong fault.Problems
	c := assessment.Conclusion{First: r.PostFormValue("first"), Second: r.PostFormValue("second")}
	if c.Second == "" {
		c.Second = r.PostFormValue("second_name")
	}
	c.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	var ok bool
	if c.On, ok = look.ReadDay(r.PostFormValue("on")); !ok {
		wrong.Add("on", "session.day.typed")
	}
	for _, k := range certificate.Categories {
		n := string(k)
		f := assessment.Finding{Category: k, Findings: strings.TrimSpace(r.PostFormValue("findings-" + n)), Cause: strings.TrimSpace(r.PostFormValue("cause-" + n)),
			Values: readValues(r, k), Reason: strings.TrimSpace(r.PostFormValue("reason-" + n))}
		switch r.PostFormValue("category-" + n) {
		case verdictMet:
			f.Meets, f.Level = true, certificate.Level(r.PostFormValue("level-"+n))
		case verdictUnmet:
		default:
			if f.Findings != "" || len(f.Values) > 0 {
				wrong.Add("category-"+n, "assessment.verdict.missing", k)
			}
			if r.PostFormValue("do") != "weigh" || len(f.Values) == 0 {
				continue
			}
		}
		c.Findings = append(c.Findings, f)
	}
	return c, wrong
}

// applicationConfirm is a second doctor's word for a finding that differs from what the standard suggests.
func (s *Server) applicationConfirm(w http.ResponseWriter, r *http.Request) error {
	id, c := application.ID(r.PathValue("id")), certificate.Category(r.PostFormValue("category"))
	err := s.assessing.ConfirmFinding(r.Context(), actor(r), id, c)
	if again(err) {
		return s.applicationAssessShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, caseHref(id)+"/assess", "assessment.confirm.done")
}

// applicationEvaluation is 残疾评定表, filled in or blank.
func (s *Server) applicationEvaluation(w http.ResponseWriter, r *http.Request) error {
	id := application.ID(r.PathValue("id"))
	return sendPDF(w, func(to io.Writer) error { return s.casework.WriteEvaluation(r.Context(), actor(r), id, to) })
}
