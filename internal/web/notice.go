package web

import (
	"bytes"
	"io"
	"net/http"

	"hefa/internal/announcement"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// notice shows one notice with its list as published.
func (s *Server) notice(w http.ResponseWriter, r *http.Request) error {
	return s.noticeShow(w, r, http.StatusOK, nil)
}

func (s *Server) noticeShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	n, loadErr := s.casework.Notice(r.Context(), actor(r), announcement.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("notice.title", n.Place))
	p.Caption, p.Problems = n.No, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}, {Text: lang.T("notice.list.title"), Href: "/notices"}}
	return show(w, r, status, noticePage(p, postingView{n}))
}

// noticeClose moves everybody whose period is over into review.
func (s *Server) noticeClose(w http.ResponseWriter, r *http.Request) error {
	id := announcement.ID(r.PathValue("id"))
	n, err := s.casework.Notice(r.Context(), actor(r), id)
	if err == nil {
		err = s.casework.CloseApplications(r.Context(), actor(r), n.Closable)
	}
	if fault.Of(err) == fault.Refused {
		return s.noticeShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, noticeHref(id), "notice.close.done")
}

// noticeList is the list to hang up, as PDF.
func (s *Server) noticeList(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.casework.WriteNotice(r.Context(), actor(r), announcement.ID(r.PathValue("id")), to)
	})
}

// sendPDF shows a paper in the browser once it is whole.
func sendPDF(w http.ResponseWriter, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", "inline")
	_, _ = b.WriteTo(w) // the reader has left; there is nobody to tell
	return nil
}

// postingView is a notice as the page lays it out.
type postingView struct{ casework.Posting }

func (v postingView) details() []look.Detail {
	return []look.Detail{
		{Key: lang.T("notice.column.state"), Body: look.State(noticeTag(v.Running))},
		{Key: lang.T("notice.column.starts"), Value: v.Starts.Chinese()},
		{Key: lang.T("notice.period"), Value: lang.T("notice.period.text", v.Starts.Add(1).Chinese(), v.Ends.Chinese(), v.Days)},
		{Key: lang.T("notice.column.people"), Value: lang.T("notice.people", v.People)},
		{Key: lang.T("notice.office"), Value: v.Office.Name},
		{Key: lang.T("notice.phone"), Value: v.Phone},
	}
}

func (v postingView) table() look.Table {
	t := look.Table{Caption: lang.T("notice.rows"), Empty: lang.T("notice.rows.empty"), Columns: []look.Column{
		{Text: lang.T("notice.column.masked"), Tight: true}, {Text: lang.T("notice.column.village")}, {Text: lang.T("notice.column.grade"), Tight: true},
		{Text: lang.T("column.no"), Tight: true}, {Text: lang.T("notice.column.now"), Tight: true}}}
	for _, r := range v.Rows {
		no := look.Cell{Text: r.No}
		if r.Open {
			no.Href = caseHref(r.ID)
			if no.Text == "" {
				no.Text = lang.T("notice.case")
			}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{
			{Text: r.Name}, {Text: r.Village}, {Text: lang.T("notice.grade", r.Category, r.Level)}, no, {Tag: stateTag(r.State)}}})
	}
	return t
}
