package web

import (
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/org"
	"hefa/internal/region"
)

// agreements lists the agreements of the area with hospitals.
func (s *Server) agreements(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := assessing.AgreementFilter{Region: region.Code(q.Get("region")), Bare: q.Get("bare") != "", After: q.Get("after"), Limit: rows}
	l, err := s.assessing.Agreements(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, agreementsPage(s.page(w, r, lang.T("agreements.title")), agreementsView{l, f.Bare, r}))
}

// agreementForm is an agreement as typed; Others is what somebody else saved meanwhile.
type agreementForm struct {
	org.Agreement
	assessing.AgreementList
	edit     bool
	scans    scansOf
	named    scansOf      // the province's designation of the hospital
	kind     org.DeedKind // of the scan that was sent
	from, to string       // what was typed as a day and is none
	Others   *org.Agreement
}

// agreementNew shows the empty form.
func (s *Server) agreementNew(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.AgreementEdit, actor(r).Region); err != nil {
		return err
	}
	return s.agreementShow(w, r, http.StatusOK, agreementForm{edit: true}, nil)
}

// agreement shows one agreement, to whoever keeps it as a form.
func (s *Server) agreement(w http.ResponseWriter, r *http.Request) error {
	a, err := s.assessing.Agreement(r.Context(), actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.agreementShow(w, r, http.StatusOK, agreementForm{Agreement: a, edit: actor(r).Can(access.AgreementEdit)}, nil)
}

// agreementAdd enters an agreement.
func (s *Server) agreementAdd(w http.ResponseWriter, r *http.Request) error {
	f, err := typedAgreement(r)
	if err == nil {
		_, err = s.assessing.AddAgreement(r.Context(), actor(r), f.Agreement)
	}
	if again(err) {
		return s.agreementShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/agreements", "agreement.add.done")
}

// agreementSave keeps the changes; when somebody was faster the form shows both.
func (s *Server) agreementSave(w http.ResponseWriter, r *http.Request) error {
	f, err := typedAgreement(r)
	f.ID = r.PathValue("id")
	if err == nil {
		err = s.assessing.EditAgreement(r.Context(), actor(r), f.Agreement)
	}
	if err == nil {
		return s.done(w, r, "/agreements", "agreement.edit.done")
	}
	now, loadErr := s.assessing.Agreement(r.Context(), actor(r), f.ID)
	if loadErr != nil {
		return loadErr
	}
	f.Agreement.Hospital, f.Region = now.Hospital, now.Region
	switch {
	case again(err):
		return s.agreementShow(w, r, http.StatusUnprocessableEntity, f, err)
	case fault.Of(err) == fault.Stale:
		f.Version, f.Others = now.Version, &now
		return s.agreementShow(w, r, http.StatusConflict, f, err)
	}
	return err
}

// typedAgreement is what the form sent; the error names days that are none.
func typedAgreement(r *http.Request) (agreementForm, error) {
	text := func(name string) string { return look.Narrow(r.PostFormValue(name)) }
	f := agreementForm{edit: true, Agreement: org.Agreement{Hospital: org.ID(text("hospital")), Number: text("number"), Parties: text("parties"),
		Categories: typedCategories(r), Duties: r.PostFormValue("duties"), Doctors: r.PostFormValue("doctors")}}
	f.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	var wrong fault.Problems
	var ok bool
	if f.From, ok = look.ReadDay(text("from")); !ok {
		f.from = text("from")
		wrong.Add("from", "session.day.typed")
	}
	if f.To, ok = look.ReadDay(text("to")); !ok {
		f.to = text("to")
		wrong.Add("to", "session.day.typed")
	}
	return f, wrong.Fault()
}

func (s *Server) agreementShow(w http.ResponseWriter, r *http.Request, status int, f agreementForm, wrong error) error {
	var err error
	if f.AgreementList, err = s.assessing.Agreements(r.Context(), actor(r), assessing.AgreementFilter{Limit: 1}); err != nil {
		return err
	}
	title := lang.T("agreement.edit")
	if f.ID == "" {
		title = lang.T("agreement.add")
	} else if err := s.agreementScans(r, &f); err != nil {
		return err
	}
	p := s.page(w, r, title)
	p.Problems, p.Crumbs = look.Find(wrong), []look.Link{{Text: lang.T("agreements.title"), Href: "/agreements"}}
	return show(w, r, status, agreementPage(p, f))
}

func (f agreementForm) action() string {
	if f.ID == "" {
		return "/agreements"
	}
	return "/agreements/" + f.ID
}

func (f agreementForm) hospitals() look.Choice {
	c := look.Choice{Field: look.Field{Name: "hospital", Label: lang.T("agreement.hospital")}, Value: string(f.Agreement.Hospital), Empty: lang.T("edit.pick")}
	for _, o := range f.Hospitals {
		c.Options = append(c.Options, look.Option{Value: string(o.ID), Text: o.Name})
	}
	return c
}

// details is an agreement as it stands.
func (f agreementForm) details(a org.Agreement) []look.Detail {
	return []look.Detail{{Key: lang.T("agreement.hospital"), Value: f.AgreementList.Hospital(a.Hospital)}, {Key: lang.T("agreement.number"), Value: a.Number},
		{Key: lang.T("agreement.parties"), Value: a.Parties}, {Key: lang.T("agreement.term"), Value: lang.T("agreement.term.text", a.From, a.To)},
		{Key: lang.T("agreement.categories"), Value: joinWords(a.Categories)}, {Key: lang.T("agreement.duties"), Value: a.Duties}, {Key: lang.T("agreement.doctors"), Value: a.Doctors}}
}

// agreementsView is the list as the page lays it out.
type agreementsView struct {
	assessing.AgreementList
	bare bool // only those without a scan
	r    *http.Request
}

func (v agreementsView) may() bool { return actor(v.r).Can(access.AgreementEdit) }

func (v agreementsView) table() look.Table {
	t := look.Table{Caption: lang.T("agreements.title"), Quiet: true, Empty: lang.T("agreements.empty"), Columns: []look.Column{{Text: lang.T("agreement.hospital")},
		{Text: lang.T("agreement.county"), Tight: true}, {Text: lang.T("agreement.categories")}, {Text: lang.T("agreement.term"), Tight: true},
		{Text: lang.T("agreement.state"), Tight: true}, {Text: lang.T("deed.scan"), Tight: true}}}
	for _, a := range v.Agreements {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: v.Hospital(a.Hospital), Href: "/agreements/" + a.ID, Note: a.Number}, {Text: v.Places[a.Region]},
			{Text: joinWords(a.Categories)}, {Text: lang.T("agreement.term.text", a.From, a.To)}, {Tag: v.tag(a)}, scanCell(a)}})
	}
	return t
}

// tag says whether an agreement is in force, and warns before it ends.
func (v agreementsView) tag(a org.Agreement) look.Tag {
	switch {
	case a.Ends(v.Today, v.Warn):
		return look.Tag{Text: lang.T("agreement.state.ends"), Colour: look.Yellow}
	case a.Holds(v.Today):
		return look.Tag{Text: lang.T("agreement.state.valid"), Colour: look.Green}
	case v.Today < a.From:
		return look.Tag{Text: lang.T("agreement.state.ahead"), Colour: look.Grey}
	}
	return look.Tag{Text: lang.T("agreement.state.over"), Colour: look.Red}
}

func (v agreementsView) pager() look.Pager {
	next := ""
	if v.More {
		next = v.Agreements[len(v.Agreements)-1].ID
	}
	return turner(v.r, len(v.Agreements), next)
}

// scanCell leads to the newest scan of an agreement, or marks that there is none.
func scanCell(a org.Agreement) look.Cell {
	if a.Scan == 0 {
		return look.Cell{Tag: look.Tag{Text: lang.T("deed.none"), Colour: look.Orange}}
	}
	return look.Cell{Text: lang.T("deed.version", a.Scan), Href: scansOf{at: "/agreements/" + a.ID}.href(a.Scan)}
}

// bareField narrows the list to agreements without a scan.
func (v agreementsView) bareField() look.Choices {
	c := look.Choices{Field: look.Field{Name: "bare", Label: lang.T("deed.scan")}, Options: []look.Option{{Value: "yes", Text: lang.T("deed.bare")}}}
	if v.bare {
		c.Values = []string{"yes"}
	}
	return c
}
