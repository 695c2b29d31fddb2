package portal

import (
	"bytes"
	"net/http"

	"hefa/internal/announcement"
	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/renewing"
)

// cancellations is the running lists of certificates to be cancelled in a county.
func (s *Server) cancellations(w http.ResponseWriter, r *http.Request) error {
	b, err := s.casework.PublicNotices(r.Context(), anybody(r), s.where(r))
	if err != nil {
		return err
	}
	all, err := s.renewing.PublicPostings(r.Context(), anybody(r), b.Region)
	if err != nil {
		return err
	}
	p := s.page(r, lang.T("portal.cancellations.title"), r.URL.RequestURI())
	p.Caption = b.Place
	return look.Send(w, r, http.StatusOK, cancellationsPage(p, cancellationsView{boardView{b}, all}))
}

// cancellationsView is the running lists as the page lays them out.
type cancellationsView struct {
	boardView
	all []renewing.PublicPosting
}

func (v cancellationsView) table() look.Table {
	t := v.boardView.table()
	t.Caption, t.Rows = lang.T("portal.cancellations.running"), nil
	if v.Region != "" {
		t.Empty = lang.T("portal.cancellations.empty")
	}
	for _, n := range v.all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: n.Place, Href: cancellationHref(n.ID)},
			{Text: lang.T("portal.period", n.Starts.Add(1).Chinese(), n.Ends.Chinese())}, {Text: lang.T("portal.people", n.People)}}})
	}
	return t
}

// cancellationHref is the page of a list.
func cancellationHref(id string) string { return "/public/cancellations/" + id }

// cancellation is one running list with its masked rows; after its last day it is gone.
func (s *Server) cancellation(w http.ResponseWriter, r *http.Request) error {
	n, err := s.renewing.PublicPosting(r.Context(), anybody(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := s.page(r, lang.T("portal.cancellation.title", n.Place), r.URL.RequestURI())
	p.Caption, p.Crumbs = n.No, cancellationCrumbs()
	return look.Send(w, r, http.StatusOK, cancellationPage(p, cancellationView{n}))
}

func cancellationCrumbs(more ...look.Link) []look.Link {
	return append([]look.Link{{Text: lang.T("portal.guide.title"), Href: "/public"}, {Text: lang.T("portal.cancellations.title"), Href: "/public/cancellations"}}, more...)
}

// cancellationList is the same list on paper, as long as it runs.
func (s *Server) cancellationList(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	if err := s.renewing.WritePosting(r.Context(), anybody(r), r.PathValue("id"), &b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", "inline")
	_, _ = b.WriteTo(w) // the reader has left; there is nobody to tell
	return nil
}

// cancellationView is a list as the page lays it out.
type cancellationView struct{ renewing.PublicPosting }

func (v cancellationView) table() look.Table {
	t := look.Table{Caption: lang.T("portal.cancellation.rows", len(v.Rows)), Empty: lang.T("portal.cancellation.none"), Columns: []look.Column{
		{Text: lang.T("portal.column.name"), Tight: true}, {Text: lang.T("portal.column.village")}, {Text: lang.T("lapse.column.cause"), Tight: true}, {Text: lang.T("portal.column.object")}}}
	for _, r := range v.Rows {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: r.Name}, {Text: r.Village}, {Text: word(r.Cause)},
			{Body: objectLink(cancellationHref(v.ID)+"/object?row="+r.Key, r.Name)}}})
	}
	return t
}

// contest is the form in which somebody says why a certificate should not be cancelled.
func (s *Server) contest(w http.ResponseWriter, r *http.Request) error {
	return s.contestShow(w, r, http.StatusOK, nil)
}

// contestShow shows the form with what was typed, and what is wrong with it when err is not nil.
func (s *Server) contestShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	n, loadErr := s.renewing.PublicPosting(r.Context(), anybody(r), r.PathValue("id"))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(r, lang.T("portal.object.title"), cancellationHref(n.ID)+"/object")
	p.Caption, p.Problems = n.No, look.Find(err)
	p.Crumbs = cancellationCrumbs(look.Link{Text: lang.T("portal.cancellation.title", n.Place), Href: cancellationHref(n.ID)})
	return look.Send(w, r, status, contestPage(p, contestView{n, r.FormValue("row"), typed(r)}))
}

// contestSend takes the objection and answers with its number.
func (s *Server) contestSend(w http.ResponseWriter, r *http.Request) error {
	if _, ok := s.objected.Allow(gate.Address(r.Context())); !ok {
		return s.contestShow(w, r, http.StatusTooManyRequests, fault.New(fault.Busy, "portal.object.busy"))
	}
	no, err := s.renewing.ObjectPosting(r.Context(), anybody(r), r.PathValue("id"), r.PostFormValue("row"), typed(r))
	switch fault.Of(err) {
	case fault.Invalid, fault.Refused:
		return s.contestShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/public/objections/"+no, http.StatusSeeOther)
	return nil
}

// contestView is the form as the page lays it out.
type contestView struct {
	renewing.PublicPosting
	row   string
	typed announcement.Objection
}

// fields is the same fields as those of an objection to an assessment, with the people of this list.
func (v contestView) fields() objectView { return objectView{row: v.row, typed: v.typed} }

func (v contestView) who() look.Choice {
	c := v.fields().who()
	for i, r := range v.Rows {
		c.Options = append(c.Options, look.Option{Value: r.Key, Text: lang.T("portal.cancellation.row", i+1, r.Name, r.Village, r.Cause)})
	}
	return c
}
