package web

import (
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// doctors lists the doctors of the area and says who may assess today.
func (s *Server) doctors(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := assessing.DoctorFilter{Region: region.Code(q.Get("region")), Q: look.Narrow(q.Get("q")), After: staff.ID(q.Get("after")), Limit: rows}
	l, err := s.assessing.Doctors(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, doctorsPage(s.page(w, r, lang.T("doctors.title")), doctorsView{l, f, r}))
}

// doctor shows the form of a doctor's papers.
func (s *Server) doctor(w http.ResponseWriter, r *http.Request) error {
	d, err := s.assessing.Doctor(r.Context(), actor(r), staff.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.doctorShow(w, r, http.StatusOK, doctorForm{Doctor: d}, nil)
}

// doctorSave keeps the papers; when somebody was faster the form shows both.
func (s *Server) doctorSave(w http.ResponseWriter, r *http.Request) error {
	p := staff.Practice{Doctor: staff.ID(r.PathValue("id")), Title: look.Narrow(r.PostFormValue("title")), Categories: typedCategories(r), Licence: look.Narrow(r.PostFormValue("licence")),
		Training: look.Narrow(r.PostFormValue("training")), Standing: staff.Standing(r.PostFormValue("standing"))}
	p.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	typed := r.PostFormValue("until")
	var ok bool
	var err error
	if p.Until, ok = look.ReadDay(typed); ok {
		typed = ""
		err = s.assessing.EditDoctor(r.Context(), actor(r), p)
	} else {
		var wrong fault.Problems
		wrong.Add("until", "session.day.typed")
		err = wrong.Fault()
	}
	if err == nil {
		return s.done(w, r, "/doctors", "doctor.edit.done")
	}
	now, loadErr := s.assessing.Doctor(r.Context(), actor(r), p.Doctor)
	if loadErr != nil {
		return loadErr
	}
	f := doctorForm{Doctor: now, typed: typed}
	f.Practice, f.Region = p, now.Region
	switch {
	case again(err):
		return s.doctorShow(w, r, http.StatusUnprocessableEntity, f, err)
	case fault.Of(err) == fault.Stale:
		f.Version, f.Others = now.Version, &now
		return s.doctorShow(w, r, http.StatusConflict, f, err)
	}
	return err
}

func (s *Server) doctorShow(w http.ResponseWriter, r *http.Request, status int, f doctorForm, wrong error) error {
	var err error
	if f.scans, err = s.scansOf(r, org.Paper{Kind: org.SpecimenDeed, Owner: string(f.Doctor.Doctor)}); err != nil {
		return err
	}
	p := s.page(w, r, f.Name)
	p.Caption, p.Problems = f.Hospital, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("doctors.title"), Href: "/doctors"}}
	return show(w, r, status, doctorPage(p, f))
}

// doctorForm is a doctor's papers as typed; Others is what somebody else saved meanwhile.
type doctorForm struct {
	assessing.Doctor
	typed  string // what was typed as a day and is none
	Others *assessing.Doctor
	scans  scansOf // of the signature's specimen
}

func (f doctorForm) theirs() []look.Detail {
	o := f.Others
	return []look.Detail{{Key: lang.T("doctor.title"), Value: o.Title}, {Key: lang.T("doctor.categories"), Value: joinWords(o.Categories)},
		{Key: lang.T("doctor.licence"), Value: o.Licence}, {Key: lang.T("doctor.training"), Value: o.Training}, {Key: lang.T("doctor.until"), Value: string(o.Until)},
		{Key: lang.T("doctor.standing"), Value: word(o.Standing)}}
}

func (f doctorForm) standing() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "standing", Label: lang.T("doctor.standing")}, Value: string(f.Standing), Empty: lang.T("edit.pick")}, staff.Standings)
}

// doctorsView is the list as the page lays it out.
type doctorsView struct {
	assessing.DoctorList
	f assessing.DoctorFilter
	r *http.Request
}

func (v doctorsView) table() look.Table {
	t := look.Table{Caption: lang.T("doctors.title"), Quiet: true, Empty: lang.T("doctors.empty"), Columns: []look.Column{{Text: lang.T("doctor.name")},
		{Text: lang.T("doctor.hospital")}, {Text: lang.T("doctor.categories")}, {Text: lang.T("doctor.until"), Tight: true}, {Text: lang.T("doctor.specimen"), Tight: true},
		{Text: lang.T("doctor.state"), Tight: true}}}
	for _, d := range v.Doctors {
		href := ""
		if actor(v.r).Can(access.DoctorEdit) {
			href = "/doctors/" + string(d.Doctor)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: d.Name, Href: href, Note: d.Title}, {Text: d.Hospital}, {Text: joinWords(d.Categories)},
			{Text: string(d.Until)}, v.specimen(d), {Tag: doctorTag(d, v.Today)}}})
	}
	return t
}

// specimen leads to the newest specimen of a doctor's signature.
func (v doctorsView) specimen(d assessing.Doctor) look.Cell {
	if no := v.Specimens[d.Doctor]; no > 0 {
		return look.Cell{Text: lang.T("doctor.specimen.show", d.Name), Href: scansOf{at: "/doctors/" + string(d.Doctor)}.href(no)}
	}
	return look.Cell{Text: lang.T("doctor.specimen.none")}
}

func (v doctorsView) pager() look.Pager {
	next := ""
	if v.More {
		next = string(v.Doctors[len(v.Doctors)-1].Doctor)
	}
	return turner(v.r, len(v.Doctors), next)
}

// doctorTag says whether a doctor may assess on the day, and if not, what stands against it.
func doctorTag(d assessing.Doctor, today day.Day) look.Tag {
	switch {
	case d.MayAssess(today) == nil:
		return look.Tag{Text: lang.T("doctor.state.may"), Colour: look.Green}
	case d.Standing == staff.Retired || d.Standing == staff.Left:
		return look.Tag{Text: word(d.Standing), Colour: look.Grey}
	case d.Until != "":
		return look.Tag{Text: lang.T("doctor.state.over"), Colour: look.Red}
	}
	return look.Tag{Text: lang.T("doctor.state.untrained"), Colour: look.Red}
}
