package web

import (
	"net/http"
	"net/url"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// notices is the list of public notices, running and ended.
func (s *Server) notices(w http.ResponseWriter, r *http.Request) error {
	v := noticesView{q: r.URL.Query(), mayAdd: actor(r).Can(access.ApplicationAnnounce), mayExport: actor(r).Can(access.ListExport)}
	f, wrong := v.filter()
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	var err error
	if v.NoticePage, err = s.casework.Notices(r.Context(), actor(r), f); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("notice.list.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, noticesPage(p, v))
}

// noticesView is the list as the page lays it out; q is the conditions as they were typed.
type noticesView struct {
	casework.NoticePage
	q         url.Values
	mayAdd    bool
	mayExport bool
}

// filter is the conditions, and what is wrong with their dates; a wrong one does not narrow.
func (v noticesView) filter() (casework.NoticeFilter, error) {
	f := casework.NoticeFilter{Region: region.Code(v.q.Get("region")), State: casework.NoticeState(v.q.Get("state")),
		After: announcement.ID(v.q.Get("after")), Limit: rows}
	var wrong fault.Problems
	var ok bool
	if f.EndsFrom, ok = look.ReadDay(v.q.Get("from")); !ok {
		wrong.Add("from", "notice.day.wrong")
	}
	if f.EndsTo, ok = look.ReadDay(v.q.Get("to")); !ok {
		wrong.Add("to", "notice.day.wrong")
	}
	return f, wrong.Fault()
}

// noticesExport is the list with its conditions as a workbook.
func (s *Server) noticesExport(w http.ResponseWriter, r *http.Request) error {
	f, err := noticesView{q: r.URL.Query()}.filter()
	if err != nil {
		return err
	}
	return s.take(w, r, taking{name: lang.T("notice.list.title"), columns: casework.NoticeColumns, write: func(to sheet.Out) error {
		return s.casework.ExportNotices(r.Context(), actor(r), f, to)
	}})
}

func (v noticesView) places() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("notice.filter.region")}, Value: v.q.Get("region"), Empty: lang.T("notice.filter.all")}
	for _, r := range v.Places {
		c.Options = append(c.Options, look.Option{Value: string(r.Code), Text: r.Name})
	}
	return c
}

func (v noticesView) states() look.Choice {
	c := look.Choice{Field: look.Field{Name: "state", Label: lang.T("notice.filter.state")}, Value: v.q.Get("state"), Empty: lang.T("notice.filter.all")}
	for _, s := range []casework.NoticeState{casework.Running, casework.Ended} {
		c.Options = append(c.Options, look.Option{Value: string(s), Text: lang.T("notice.state." + string(s))})
	}
	return c
}

// day is one end of the span of last days.
func (v noticesView) day(name, label string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: label}, Value: v.q.Get(name), Width: look.W10, Complete: "off"}
}

func (v noticesView) table() look.Table {
	t := look.Table{Caption: lang.T("notice.list.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{
		{Text: lang.T("notice.column.no"), Tight: true}, {Text: lang.T("notice.column.place")}, {Text: lang.T("notice.column.starts"), Tight: true},
		{Text: lang.T("notice.column.ends"), Tight: true}, {Text: lang.T("notice.column.people"), Number: true}, {Text: lang.T("notice.column.state"), Tight: true}}}
	for _, n := range v.Notices {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{
			{Text: n.No, Href: noticeHref(n.ID)}, {Text: n.Place}, {Text: string(n.Starts)}, {Text: string(n.Ends)},
			{Text: lang.T("notice.people", n.People)}, {Tag: noticeTag(n.Running)}}})
	}
	return t
}

// empty says what to do when the list has no rows.
func (v noticesView) empty() string {
	switch {
	case v.Region == "":
		return lang.T("notice.list.choose")
	case v.q.Encode() != "":
		return lang.T("notice.list.none")
	}
	return lang.T("notice.list.empty")
}

func (v noticesView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Notices), Total: -1}
	if v.q.Get("after") != "" {
		p.First = v.href("")
	}
	if v.More {
		p.Next = v.href(string(v.Notices[len(v.Notices)-1].ID))
	}
	return p
}

// href is the list with the same conditions, from the row after the given one on.
func (v noticesView) href(after string) string { return "/notices?" + v.query(after) }

// query is the conditions once more.
func (v noticesView) query(after string) string {
	q := url.Values{}
	for _, k := range []string{"region", "state", "from", "to"} {
		if s := v.q.Get(k); s != "" {
			q.Set(k, s)
		}
	}
	if after != "" {
		q.Set("after", after)
	}
	return q.Encode()
}

// noticeTag says whether a notice still runs.
func noticeTag(running bool) look.Tag {
	if running {
		return look.Tag{Text: lang.T("notice.state.running"), Colour: look.Blue}
	}
	return look.Tag{Text: lang.T("notice.state.ended"), Colour: look.Grey}
}

// noticeHref is the page of a notice.
func noticeHref(id announcement.ID) string { return "/notices/" + string(id) }
