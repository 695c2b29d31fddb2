package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
)

// intakeNew asks for the identity number first; region, when it is in the address, is the village of the case before.
func (s *Server) intakeNew(w http.ResponseWriter, r *http.Request) error {
	return s.intakeAsk(w, r, http.StatusOK, intakeView{typed: r.URL.Query()}, nil)
}

// intakeAsk shows the first step with what was typed and what is wrong with it.
func (s *Server) intakeAsk(w http.ResponseWriter, r *http.Request, status int, v intakeView, err error) error {
	v.town = region.Code(v.typed.Get("township"))
	by := actor(r).Region
	if err := actor(r).May(access.ApplicationOpen, by); err != nil {
		return err
	}
	if by.Level() < region.County {
		return fault.New(fault.Refused, "scope.county.wanted")
	}
	if by.Level() == region.County {
		if err := v.choose(s, r, by); err != nil {
			return err
		}
	}
	p := s.page(w, r, lang.T("intake.title"))
	p.Problems = look.Find(err)
	if m := application.Matter(v.typed.Get("matter")); slices.Contains(application.Matters, m) {
		p.Caption = word(m)
	}
	return show(w, r, status, intakeAskPage(p, v))
}

// intakeOpen takes either step: the number, another township, or the whole form.
func (s *Server) intakeOpen(w http.ResponseWriter, r *http.Request) error {
	typed := r.PostForm
	where := actor(r).Region
	if t := region.Code(typed.Get("township")); where.Contains(t) && t.Level() == region.Township {
		where = t
	}
	ask := s.casework.Applicant
	if typed.Get("guest") == "yes" {
		ask = s.casework.Guest
	}
	known, err := ask(r.Context(), actor(r), where, typedNumber(typed))
	if err != nil {
		if again(err) {
			return s.intakeAsk(w, r, http.StatusUnprocessableEntity, intakeView{typed: typed, known: known}, err)
		}
		return err
	}
	switch typed.Get("do") {
	case "look":
		return s.intakeShow(w, r, http.StatusOK, known, nil)
	case "place":
		typed.Del("region")
		return s.intakeShow(w, r, http.StatusOK, known, nil)
	}
	o := casework.Opening{Person: typedPerson(typed), Request: application.Request{Matter: application.Matter(typed.Get("matter")), Wanted: typedWanted(typed),
		Origin: application.Counter, Cause: certificate.Reason(typed.Get("cause")), Stated: typed.Get("stated"), Target: region.Code(look.Narrow(typed.Get("target")))}, Whole: typed.Get("do") == "submit"}
	if typed.Get("guest") == "yes" {
		o.Home = typedHome(typed)
	}
	id, err := s.casework.OpenApplication(r.Context(), actor(r), o)
	switch {
	case again(err):
		return s.intakeShow(w, r, http.StatusUnprocessableEntity, known, err)
	case fault.Of(err) == fault.Stale:
		return s.intakeShow(w, r, http.StatusConflict, known, err)
	case err != nil:
		return err
	case typed.Get("do") == "draft":
		return s.done(w, r, caseHref(id), "intake.drafted", o.Person.Name)
	}
	err = s.casework.SubmitApplication(r.Context(), actor(r), id)
	if again(err) { // an old certificate told no category to ask for; the draft's form says what is missing
		r.SetPathValue("id", string(id))
		return s.applicationEditShow(w, r, http.StatusUnprocessableEntity, nil, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, caseHref(id), "intake.submitted", o.Person.Name)
}

// intakeShow shows the form of the second step; on the way from the first one it is filled with what is known.
func (s *Server) intakeShow(w http.ResponseWriter, r *http.Request, status int, known casework.Applicant, err error) error {
	v := intakeView{typed: r.PostForm, known: known, today: s.today()}
	if v.typed.Get("do") == "look" {
		v.fill()
	}
	if err := v.places(s, r); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("intake.title"))
	p.Crumbs, p.Problems = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}}, look.Find(err)
	if status == http.StatusConflict {
		v.typed.Set("version", strconv.Itoa(known.Known.Version))
		v.changed = changes(*known.Known, typedPerson(v.typed), known.Place, v.place())
	}
	return show(w, r, status, intakePage(p, v))
}

// places fills the choice of villages, and of townships for officers of the whole county. The township is the one just chosen, else that of the village
// known or of the officer.
func (v *intakeView) places(s *Server, r *http.Request) error {
	by := actor(r).Region
	v.town = region.Code(v.typed.Get("township"))
	if at := region.Code(v.typed.Get("region")); v.town == "" && by.Contains(at) {
		v.town = at.Township()
	}
	if by.Level() > region.County {
		v.town = by.Township()
	} else if err := v.choose(s, r, by); err != nil {
		return err
	}
	below := v.town
	if by.Level() == region.Village {
		below = by
	}
	if !by.Contains(below) || below.Level() < region.Township {
		return nil
	}
	all, err := s.casework.Places(r.Context(), actor(r), below)
	v.villages = placeOptions(all)
	if len(all) == 1 {
		v.typed.Set("region", string(all[0].Code))
	}
	return err
}

// choose fills the choice of townships.
func (v *intakeView) choose(s *Server, r *http.Request, county region.Code) error {
	all, err := s.casework.Places(r.Context(), actor(r), county)
	v.townships = placeOptions(all)
	return err
}

func placeOptions(all []region.Region) []look.Option {
	var out []look.Option
	for _, p := range all {
		out = append(out, look.Option{Value: string(p.Code), Text: p.Name})
	}
	return out
}

func typedNumber(f url.Values) person.Number {
	return person.Number(strings.ToUpper(strings.ReplaceAll(look.Narrow(f.Get("number")), " ", "")))
}

// typedPerson is the person as the form states it.
func typedPerson(f url.Values) person.Person {
	get := func(name string) string { return strings.TrimSpace(f.Get(name)) }
	version, _ := strconv.Atoi(f.Get("version"))
	p := person.Person{Number: typedNumber(f), Name: get("name"), Nation: get("nation"), Region: region.Code(f.Get("region")), Address: get("address"),
		Phone: look.Narrow(f.Get("phone")), Poor: f.Get("poor") == "yes", Version: version,
		Guardian: person.Guardian{Name: get("guardian"), Relation: get("guardian_relation"), Phone: look.Narrow(f.Get("guardian_phone"))}}
	return p
}

// typedHome is the county of registration of a guest; a code that is none stays one that the desk refuses.
func typedHome(f url.Values) region.Code {
	if c := region.Code(strings.TrimSpace(look.Narrow(f.Get("home")))); c != "" {
		return c
	}
	return "0"
}

func typedWanted(f url.Values) []certificate.Category {
	var out []certificate.Category
	for _, c := range f["wanted"] {
		out = append(out, certificate.Category(c))
	}
	return out
}
