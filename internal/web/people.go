package web

import (
	"net/http"
	"strconv"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/registry"
)

// peopleFilter is what was asked for; a day or an age that is none is a problem at its field.
func peopleFilter(r *http.Request) (registry.PeopleFilter, look.Problems) {
	q := r.URL.Query()
	f := registry.PeopleFilter{Region: region.Code(q.Get("region")), Q: look.Narrow(q.Get("q")), Poor: q.Get("poor") == "yes", State: certificate.State(q.Get("state")),
		Category: certificate.Category(q.Get("category")), Level: certificate.Level(q.Get("level")), After: person.ID(q.Get("after")), Limit: rows}
	var p look.Problems
	var ok bool
	if f.From, ok = look.ReadDay(q.Get("from")); !ok {
		p = append(p, fault.Field{Name: "from", Key: "audit.day.wrong"})
	}
	if f.To, ok = look.ReadDay(q.Get("to")); !ok {
		p = append(p, fault.Field{Name: "to", Key: "audit.day.wrong"})
	}
	for name, age := range map[string]*int{"age_min": &f.AgeMin, "age_max": &f.AgeMax} {
		if s := look.Narrow(q.Get(name)); s != "" {
			n, err := strconv.Atoi(s)
			if *age = n; err != nil {
				*age = -1 // which the desk refuses in words
			}
		}
	}
	return f, p
}

// people finds people by whatever is known of them.
func (s *Server) people(w http.ResponseWriter, r *http.Request) error {
	f, wrong := peopleFilter(r)
	v := peopleView{f: f, r: r}
	status := http.StatusOK
	var err error
	if len(wrong) == 0 {
		v.People, err = s.registry.SearchPeople(r.Context(), actor(r), f)
	}
	if again(err) {
		wrong = atField("region", err)
	} else if err != nil {
		return err
	}
	if len(wrong) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if v.where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("people.region")}, f.Region); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("people.title"))
	p.Problems = wrong
	return show(w, r, status, peoplePage(p, v))
}

type peopleView struct {
	registry.People
	f     registry.PeopleFilter
	where look.Choice
	r     *http.Request
}

func (v peopleView) typed(name string) string { return v.r.URL.Query().Get(name) }

// ofCertificate is the conditions on a certificate, as its own list shows them.
func (v peopleView) ofCertificate() certificatesView {
	return certificatesView{f: registry.CertificateFilter{State: v.f.State, Category: v.f.Category, Level: v.f.Level, Poor: v.f.Poor}, r: v.r}
}

func (v peopleView) age(name, label string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: label}, Value: v.typed(name), Width: look.W5, Numeric: true, Complete: "off"}
}

func (v peopleView) table() look.Table {
	t := look.Table{Caption: lang.T("people.title"), Quiet: true, Empty: lang.T("people.empty"), Columns: []look.Column{{Text: lang.T("detail.name")},
		{Text: lang.T("detail.sex"), Tight: true}, {Text: lang.T("person.born"), Tight: true}, {Text: lang.T("detail.number"), Tight: true}, {Text: lang.T("detail.place")}}}
	for _, p := range v.People.People {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: p.Name, Href: personHref(p.ID)}, {Text: word(p.Sex)}, {Text: string(p.Birth)},
			v.number(p), {Text: v.Places[p.Region.Township()] + villageName(p.Region, v.Places)}}})
	}
	return t
}

// number is the number of somebody who was found; of who had the one looked for before a correction, both.
func (v peopleView) number(p person.Person) look.Cell {
	c := look.Cell{Text: p.Number.Masked()}
	if v.Formerly(p) {
		c.Note = lang.T("former.found", v.People.Number.Masked())
	}
	return c
}
