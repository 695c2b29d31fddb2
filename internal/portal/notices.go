package portal

import (
	"net/http"

	"hefa/internal/announcement"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// notices is the running notices of a county by place.
func (s *Server) notices(w http.ResponseWriter, r *http.Request) error {
	b, err := s.casework.PublicNotices(r.Context(), anybody(r), s.where(r))
	if err != nil {
		return err
	}
	p := s.page(r, lang.T("portal.notices.title"), r.URL.RequestURI())
	p.Caption = b.Place
	return look.Send(w, r, http.StatusOK, noticesPage(p, boardView{b}))
}

// boardView is the running notices as the page lays them out.
type boardView struct{ casework.Board }

func (v boardView) counties() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("portal.notices.county")}, Value: string(v.Region.County())}
	for _, r := range v.Counties {
		c.Options = append(c.Options, look.Option{Value: string(r.Code), Text: r.Name})
	}
	return c
}

func (v boardView) table() look.Table {
	t := look.Table{Caption: lang.T("portal.notices.running"), Empty: lang.T("portal.notices.empty"), Columns: []look.Column{
		{Text: lang.T("portal.column.place")}, {Text: lang.T("portal.column.period")}, {Text: lang.T("portal.column.people"), Number: true}}}
	if v.Region == "" {
		t.Empty = lang.T("portal.notices.choose")
	}
	for _, n := range v.Notices {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: n.Place, Href: noticeHref(n.ID)},
			{Text: lang.T("portal.period", n.Starts.Add(1).Chinese(), n.Ends.Chinese())}, {Text: lang.T("portal.people", n.People)}}})
	}
	return t
}

// notice is one running notice with its masked list; after its last day it is gone.
func (s *Server) notice(w http.ResponseWriter, r *http.Request) error {
	n, err := s.casework.PublicNotice(r.Context(), anybody(r), announcement.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(r, lang.T("portal.notice.title", n.Place), r.URL.RequestURI())
	p.Caption, p.Crumbs = n.No, noticeCrumbs()
	return look.Send(w, r, http.StatusOK, noticePage(p, listView{n}))
}

func noticeCrumbs(more ...look.Link) []look.Link {
	return append([]look.Link{{Text: lang.T("portal.guide.title"), Href: "/public"}, {Text: lang.T("portal.notices.title"), Href: "/public/notices"}}, more...)
}

// listView is a notice as the page lays it out.
type listView struct{ casework.PublicNotice }

func (v listView) table() look.Table {
	t := look.Table{Caption: lang.T("portal.notice.rows", len(v.Rows)), Empty: lang.T("portal.notice.empty"), Columns: []look.Column{
		{Text: lang.T("portal.column.name"), Tight: true}, {Text: lang.T("portal.column.village")}, {Text: lang.T("portal.column.category"), Tight: true},
		{Text: lang.T("portal.column.level"), Tight: true}, {Text: lang.T("portal.column.object")}}}
	for _, r := range v.Rows {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: r.Name}, {Text: r.Village}, {Text: word(r.Category)}, {Text: word(r.Level)},
			{Body: objectLink(noticeHref(v.ID)+"/object?row="+r.Key, r.Name)}}})
	}
	return t
}

// noticeHref is the page of a notice.
func noticeHref(id announcement.ID) string { return "/public/notices/" + string(id) }
