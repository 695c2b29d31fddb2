package web

import (
	"net/http"
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/sheet"
)

// sessions is the list of coming sessions; it is the home page of a hospital's staff.
func (s *Server) sessions(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := sessionFilter(q)
	p := s.page(w, r, lang.T("session.list.title"))
	status, ok := http.StatusOK, true
	if f.From, ok = look.ReadDay(q.Get("from")); !ok {
		status, p.Problems = http.StatusUnprocessableEntity, look.Problems{fault.Field{Name: "from", Key: "session.day.typed"}}
	}
	f.Limit = rows
	l, err := s.assessing.Sessions(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	duties, err := s.doctorDuties(r)
	if err != nil {
		return err
	}
	return show(w, r, status, sessionsPage(p, sessionsView{l, s, q, actor(r), duties}))
}

func sessionFilter(q url.Values) assessing.Filter {
	return assessing.Filter{Region: region.Code(q.Get("region")), Hospital: org.ID(q.Get("hospital")), After: session.ID(q.Get("after"))}
}

// sessionsExport is the list as a workbook.
func (s *Server) sessionsExport(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := sessionFilter(q)
	f.From, _ = look.ReadDay(q.Get("from"))
	return s.take(w, r, taking{name: lang.T("session.export.title"), columns: assessing.SessionColumns, write: func(to sheet.Out) error {
		return s.assessing.ExportSessions(r.Context(), actor(r), f, to)
	}})
}

// sessionsView is the list as the page lays it out; q is the conditions as they were typed.
type sessionsView struct {
	assessing.List
	s  *Server
	q  url.Values
	by access.Actor

	duties []look.Stat // what waits for a doctor beside the sessions
}

func (v sessionsView) places() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("session.column.region")}, Value: v.q.Get("region"), Empty: lang.T("session.all")}
	for _, r := range v.Townships {
		c.Options = append(c.Options, look.Option{Value: string(r.Code), Text: r.Name})
	}
	return c
}

func (v sessionsView) hospitals() look.Choice {
	c := hospitalChoice(v.Hospitals, v.q.Get("hospital"))
	c.Empty = lang.T("session.all")
	return c
}

func hospitalChoice(all []org.Org, value string) look.Choice {
	c := look.Choice{Field: look.Field{Name: "hospital", Label: lang.T("session.column.hospital")}, Value: value}
	for _, o := range all {
		c.Options = append(c.Options, look.Option{Value: string(o.ID), Text: o.Name})
	}
	return c
}

func (v sessionsView) from() look.Date {
	return look.Date{Field: look.Field{Name: "from", Label: lang.T("session.from")}, Value: v.List.From, Typed: v.q.Get("from")}
}

func (v sessionsView) table() look.Table {
	t := look.Table{Caption: lang.T("session.list.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{
		{Text: lang.T("session.column.day"), Tight: true}, {Text: lang.T("session.column.region")}, {Text: lang.T("session.column.hospital")},
		{Text: lang.T("session.column.kind"), Tight: true}, {Text: lang.T("session.column.taken"), Number: true}, {Text: lang.T("session.column.left"), Number: true},
		{Text: lang.T("session.column.waiting"), Number: true}, {Text: lang.T("session.column.state"), Tight: true}}}
	for _, l := range v.Lines {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{
			{Text: string(l.Day), Href: sessionHref(l.ID)}, {Text: v.Regions[l.Region]}, {Text: v.Hospital(l.Hospital), Note: l.Place}, {Text: word(l.Kind)},
			{Text: lang.T("session.of", l.Taken, l.Capacity)}, {Text: strconv.Itoa(l.Left())}, {Text: strconv.Itoa(l.Waiting), Note: blockedNote(l)}, {Tag: v.s.sessionTag(l)}}})
	}
	return t
}

// blockedNote is how many of those who wait nobody may examine any more.
func blockedNote(l assessing.Line) string {
	if l.Blocked == 0 {
		return ""
	}
	return lang.T("session.blocked.list", l.Blocked)
}

// sessionTag says what is to be done with a session.
func (s *Server) sessionTag(l assessing.Line) look.Tag {
	switch {
	case l.Day == s.today():
		return look.Tag{Text: lang.T("session.state.today"), Colour: look.Orange}
	case l.Day < s.today() && l.Waiting > 0:
		return look.Tag{Text: lang.T("session.state.late"), Colour: look.Red}
	case l.Day < s.today():
		return look.Tag{Text: lang.T("session.state.over"), Colour: look.Grey}
	case l.Left() == 0:
		return look.Tag{Text: lang.T("session.state.full"), Colour: look.Yellow}
	}
	return look.Tag{Text: lang.T("session.state.open"), Colour: look.Blue}
}

// empty says what to do when the list has no rows.
func (v sessionsView) empty() string {
	switch {
	case v.by.Role.Clinical():
		return lang.T("session.empty.hospital")
	case v.by.Region.Level() < region.County && v.q.Get("region") == "":
		return lang.T("session.empty.county")
	case v.by.Can(access.SessionPlan):
		return lang.T("session.empty.clerk")
	}
	return lang.T("session.empty.others")
}

func (v sessionsView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Lines), Total: -1}
	if v.q.Get("after") != "" {
		p.First = v.href("/sessions", "")
	}
	if v.More {
		p.Next = v.href("/sessions", string(v.Lines[len(v.Lines)-1].ID))
	}
	return p
}

// href is a page with the list's conditions, from the row after the given one on.
func (v sessionsView) href(path, after string) string {
	q := url.Values{}
	for _, k := range []string{"region", "hospital", "from"} {
		if s := v.q.Get(k); s != "" {
			q.Set(k, s)
		}
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// sessionHref is the page of a session.
func sessionHref(id session.ID) string { return "/sessions/" + string(id) }
