package web

import (
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/attempt"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/statement"
)

// atField puts the sentence of a fault without fields beside a field.
func atField(name string, err error) look.Problems {
	p := look.Find(err)
	for i := range p {
		if p[i].Name == "" {
			p[i].Name = name
		}
	}
	return p
}

// registerParts leads between the lists of the register that the actor may open.
func registerParts(r *http.Request) []look.Link {
	var out []look.Link
	for _, part := range []struct {
		word, href string
		act        access.Act
	}{{"people.title", "/people", access.PersonRead}, {"certificates.title", "/certificates", access.CertificateRead}} {
		if actor(r).Can(part.act) {
			out = append(out, look.Link{Text: lang.T(part.word), Href: part.href, Current: r.URL.Path == part.href})
		}
	}
	return out
}

func personHref(id person.ID) string { return "/people/" + string(id) }

func villageName(code region.Code, names map[region.Code]string) string {
	if code.Level() == region.Village {
		return names[code]
	}
	return ""
}

// person shows one person with certificates, cases and history.
func (s *Server) person(w http.ResponseWriter, r *http.Request) error {
	f, err := s.registry.Person(r.Context(), actor(r), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	by := actor(r)
	v := personView{File: f, corrects: by.Can(access.CorrectionRead), reminds: by.Can(access.ReminderRead), household: by.Can(access.HouseholdRead), states: by.Can(access.StatementRead), issues: by.Can(access.StatementIssue)}
	held, making := f.Misfits()
	v.held, v.making, v.opens = len(held), len(making), by.Can(access.ApplicationOpen)
	if v.states {
		if v.statements, err = s.fieldwork.StatementsOf(r.Context(), by, f.ID); err != nil {
			return err
		}
	}
	if v.attempts, err = s.attemptsOf(r, f.ID); err != nil {
		return err
	}
	return show(w, r, http.StatusOK, personPage(s.personFrame(w, r, f.Name), v))
}

func (s *Server) personFrame(w http.ResponseWriter, r *http.Request, title string, more ...look.Link) look.Page {
	p := s.page(w, r, title)
	p.Crumbs = append([]look.Link{{Text: lang.T("people.title"), Href: "/people"}}, more...)
	return p
}

// personView is a person as the page lays them out; reminds leads to the letters that went to them.
type personView struct {
	registry.File
	held      int  // certificates in hand that bear another number
	making    int  // and cards in the making
	opens     bool // opens cases
	corrects  bool // leads to the correction of the number
	reminds   bool
	household bool // leads to the household

	states     bool // shows the signed papers
	issues     bool // prints them
	statements []statement.Statement
	attempts   []attempt.Attempt
}

func (v personView) details() []look.Detail {
	p := v.Person
	number := look.Detail{Key: lang.T("detail.number"), Value: p.Number.Masked()}
	if v.CanReveal {
		number.Actions = []look.Link{{Text: lang.T("reveal.link"), Href: personHref(p.ID) + "/reveal"}}
	}
	if v.corrects {
		number.Actions = append(number.Actions, look.Link{Text: lang.T("correction.title"), Href: correctionHref(p.ID)})
	}
	phone, guardianPhone := p.Phone, p.Guardian.Phone
	if !v.CanEdit {
		phone, guardianPhone = person.MaskedPhone(phone), person.MaskedPhone(guardianPhone)
	}
	out := []look.Detail{{Key: lang.T("detail.name"), Value: p.Name}, number, {Key: lang.T("detail.sex"), Value: word(p.Sex)},
		{Key: lang.T("person.born"), Value: lang.T("person.birth", p.Birth, p.Birth.Age(v.Today))}, {Key: lang.T("detail.place"), Value: v.Place},
		{Key: lang.T("person.address"), Value: p.Address}, {Key: lang.T("person.phone"), Value: phone},
		{Key: lang.T("person.guardian"), Value: guardianText(p.Guardian, guardianPhone)}, {Key: lang.T("person.poor"), Value: yesNo(p.Poor)}}
	for _, t := range v.Transfers {
		out = append(out, look.Detail{Key: word(t.Way), Value: lang.T("transfer.person", t.Sent, t.Parcel.From, t.State), Actions: []look.Link{{Text: t.Parcel.No, Href: transferHref(t.ID)}}})
	}
	for _, d := range v.Departures {
		if d.State != departure.Dismissed {
			out = append(out, look.Detail{Key: word(d.Kind), Value: lang.T("person.departure", d.On, d.Whither, lang.T(d.Word()))})
		}
	}
	return out
}

func guardianText(g person.Guardian, phone string) string {
	if g.Name == "" {
		return ""
	}
	return lang.T("person.guardian.text", g.Name, g.Relation, phone)
}

func yesNo(b bool) string {
	if b {
		return lang.T("policy.yes")
	}
	return lang.T("policy.no")
}

func (v personView) certificates() look.Table {
	t := look.Table{Caption: lang.T("certificates.title"), Empty: lang.T("person.certificates.empty"), Columns: []look.Column{{Text: lang.T("certificates.number"), Tight: true},
		{Text: lang.T("certificates.category")}, {Text: lang.T("certificates.state"), Tight: true}, {Text: lang.T("certificates.expires"), Tight: true}}}
	for _, c := range v.Certificates {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: c.Number.Masked(), Href: certificateHref(c.ID)}, {Text: gradesText(c)},
			{Tag: standingTag(c, v.Today)}, {Text: string(c.Expires)}}})
	}
	return t
}

func (v personView) cases() look.Table {
	t := look.Table{Caption: lang.T("person.cases"), Empty: lang.T("person.cases.empty"), Columns: []look.Column{{Text: lang.T("column.matter"), Tight: true},
		{Text: lang.T("column.no"), Tight: true}, {Text: lang.T("detail.state"), Tight: true}, {Text: lang.T("person.opened"), Tight: true}}}
	for _, c := range v.Cases {
		a := c.Application
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(a.Matter), Href: caseHref(a.ID)}, {Text: a.No}, {Tag: look.Tag{Text: word(a.State)}}, {Text: string(a.Opened)}}})
	}
	return t
}

func (v personView) events() []look.Event {
	var out []look.Event
	for _, l := range v.Lines {
		out = append(out, look.Event{Title: word(l.Act), By: l.Name, At: l.At.In(day.Beijing), Text: l.Note})
	}
	return out
}

// personEdit shows the form of how a person can be reached.
func (s *Server) personEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.registry.Person(r.Context(), actor(r), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if err := actor(r).May(access.PersonEdit, f.Region); err != nil {
		return err
	}
	return s.personEditShow(w, r, http.StatusOK, personForm{Person: f.Person}, nil)
}

// personForm is a person's contact as typed; Others is what somebody else saved meanwhile.
type personForm struct {
	person.Person
	Others *person.Person
}

// personSave keeps the changes; when somebody was faster the form shows both.
func (s *Server) personSave(w http.ResponseWriter, r *http.Request) error {
	e := registry.PersonEdit{ID: person.ID(r.PathValue("id")), Phone: look.Narrow(r.PostFormValue("phone")), Address: look.Narrow(r.PostFormValue("address")),
		Guardian: person.Guardian{Name: look.Narrow(r.PostFormValue("guardian")), Relation: look.Narrow(r.PostFormValue("guardian_relation")),
			Phone: look.Narrow(r.PostFormValue("guardian_phone"))}, Poor: r.PostFormValue("poor") == "yes"}
	e.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	err := s.registry.EditPerson(r.Context(), actor(r), e)
	if err == nil {
		return s.done(w, r, personHref(e.ID), "person.edit.done")
	}
	f, loadErr := s.registry.Person(r.Context(), actor(r), e.ID)
	if loadErr != nil {
		return loadErr
	}
	typed := f.Person
	typed.Phone, typed.Address, typed.Guardian, typed.Poor, typed.Version = e.Phone, e.Address, e.Guardian, e.Poor, e.Version
	switch {
	case again(err):
		return s.personEditShow(w, r, http.StatusUnprocessableEntity, personForm{Person: typed}, err)
	case fault.Of(err) == fault.Stale:
		typed.Version = f.Version
		return s.personEditShow(w, r, http.StatusConflict, personForm{Person: typed, Others: &f.Person}, err)
	}
	return err
}

func (s *Server) personEditShow(w http.ResponseWriter, r *http.Request, status int, f personForm, wrong error) error {
	p := s.personFrame(w, r, lang.T("person.edit"), look.Link{Text: f.Name, Href: personHref(f.ID)})
	p.Caption, p.Problems = f.Name, look.Find(wrong)
	return show(w, r, status, personEditPage(p, f))
}

func (f personForm) theirs() []look.Detail {
	o := f.Others
	return []look.Detail{{Key: lang.T("person.phone"), Value: o.Phone}, {Key: lang.T("person.address"), Value: o.Address},
		{Key: lang.T("person.guardian"), Value: guardianText(o.Guardian, o.Guardian.Phone)}, {Key: lang.T("person.poor"), Value: yesNo(o.Poor)}}
}

func (f personForm) poorField() look.Choices {
	c := look.Choices{Field: look.Field{Name: "poor", Label: lang.T("person.poor"), Optional: true}, Options: []look.Option{{Value: "yes", Text: lang.T("person.poor.yes")}}}
	if f.Poor {
		c.Values = []string{"yes"}
	}
	return c
}
