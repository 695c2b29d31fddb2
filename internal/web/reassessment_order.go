package web

import (
	"net/http"
	"net/url"
	"slices"

	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/org"
	"hefa/internal/reassessment"
	"hefa/internal/staff"
)

// reassessmentOrder chooses a hospital, and then its doctors.
func (s *Server) reassessmentOrder(w http.ResponseWriter, r *http.Request) error {
	return s.reassessmentOrderShow(w, r, org.ID(r.URL.Query().Get("hospital")), nil)
}

func (s *Server) reassessmentOrderShow(w http.ResponseWriter, r *http.Request, hospital org.ID, wrong error) error {
	id := application.ID(r.PathValue("id"))
	o, err := s.casework.Ordering(r.Context(), actor(r), id, hospital)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("reassessment.order.title"))
	p.Caption, p.Problems = o.Case.Person.Name, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: o.Case.Person.Name, Href: caseHref(id)}, {Text: lang.T("appeal.title"), Href: appealHref(id)}}
	return show(w, r, status, reassessmentOrderPage(p, orderView{o, r.PostForm}))
}

// reassessmentOrderDo orders it.
func (s *Server) reassessmentOrderDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	id := application.ID(r.PathValue("id"))
	o := casework.Order{Hospital: org.ID(r.PostFormValue("hospital")), Reason: r.PostFormValue("reason")}
	for _, d := range r.PostForm["doctor"] {
		o.Doctors = append(o.Doctors, staff.ID(d))
	}
	o.Day, _ = look.ReadDay(r.PostFormValue("day")) // what is no day is refused as none
	err := s.casework.OrderReassessment(r.Context(), actor(r), id, o)
	if again(err) {
		return s.reassessmentOrderShow(w, r, o.Hospital, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, appealHref(id), "reassessment.order.done")
}

type orderView struct {
	casework.Ordering
	typed url.Values
}

func (v orderView) action() string { return appealHref(v.Case.Application.ID) + "/order" }

func (v orderView) hospitals() look.Choice {
	c := hospitalChoice(v.Hospitals, string(v.Hospital))
	c.Empty = lang.T("session.choose")
	return c
}

func (v orderView) hospitalName() string {
	for _, h := range v.Hospitals {
		if h.ID == v.Hospital {
			return h.Name
		}
	}
	return ""
}

// doctors is everybody of the hospital; who may not be named stands there with the reason.
func (v orderView) doctors() look.Choices {
	c := look.Choices{Field: look.Field{Name: "doctor", Label: lang.T("reassessment.doctors"), Hint: lang.T("reassessment.doctors.hint", categoryWords(v.Wanted))}, Values: v.typed["doctor"]}
	for _, d := range v.Candidates {
		o := look.Option{Value: string(d.Doctor), Text: d.Name, Hint: d.Title + " " + categoryWords(d.Categories)}
		if d.Bar != nil {
			o.Disabled, o.Hint = true, say(d.Bar)
		}
		c.Options = append(c.Options, o)
	}
	return c
}

// allowed says whether anybody of the hospital can be named.
func (v orderView) allowed() bool {
	return slices.ContainsFunc(v.Candidates, func(c reassessment.Candidate) bool { return c.Bar == nil })
}

func (v orderView) day() look.Date {
	d := look.Date{Field: look.Field{Name: "day", Label: lang.T("reassessment.day"), Hint: lang.T("reassessment.day.hint")}}
	if v.typed != nil {
		d.Typed = v.typed.Get("day")
	}
	return d
}

func (v orderView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("reassessment.check.reason"), Hint: lang.T("reassessment.check.hint")}, Value: v.typed.Get("reason"), Rows: 3, Max: reassessment.TextMost}
}
