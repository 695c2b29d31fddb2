package web

import (
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// auditSearch is what was asked for; a day that is none is a problem at its field.
func auditSearch(r *http.Request) (office.AuditSearch, look.Problems) {
	q := r.URL.Query()
	s := office.AuditSearch{County: region.Code(q.Get("region")).County(), Who: look.Narrow(q.Get("who")), Act: access.Act(q.Get("act")),
		Subject: look.Narrow(q.Get("subject")), After: q.Get("after"), Limit: rows}
	var p look.Problems
	var ok bool
	if s.From, ok = look.ReadDay(q.Get("from")); !ok {
		p = append(p, fault.Field{Name: "from", Key: "audit.day.wrong"})
	}
	if s.To, ok = look.ReadDay(q.Get("to")); !ok {
		p = append(p, fault.Field{Name: "to", Key: "audit.day.wrong"})
	}
	return s, p
}

// audit searches the audit lines.
func (s *Server) audit(w http.ResponseWriter, r *http.Request) error {
	search, wrong := auditSearch(r)
	v := auditView{search: search, r: r}
	status := http.StatusOK
	var err error
	if len(wrong) > 0 {
		status = http.StatusUnprocessableEntity
	} else if v.AuditPage, err = s.office.Audit(r.Context(), actor(r), search); err != nil {
		return err
	}
	at := region.Code(r.URL.Query().Get("region"))
	if v.where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("audit.county")}, at); err != nil {
		return err
	}
	if at == "" { // the alarm is about the auditor's own county
		sights, err := s.office.Reveals(r.Context(), actor(r), "", s.today().Add(-30))
		if err != nil && !again(err) {
			return err
		}
		v.unusual = slices.ContainsFunc(sights, func(x office.Sight) bool { return x.Unusual })
	}
	p := s.page(w, r, lang.T("audit.title"))
	p.Problems = wrong
	return show(w, r, status, auditPage(p, v))
}

// auditExport sends what the search finds as a workbook.
func (s *Server) auditExport(w http.ResponseWriter, r *http.Request) error {
	search, wrong := auditSearch(r)
	if len(wrong) > 0 {
		return &fault.Fault{Kind: fault.Invalid, Key: "audit.day.wrong", Fields: wrong}
	}
	return s.take(w, r, taking{name: lang.T("audit.title"), columns: office.AuditColumns, streams: true, write: func(to sheet.Out) error {
		return s.office.ExportAudit(r.Context(), actor(r), search, to)
	}})
}

// auditReveals counts who saw full numbers in the last 30 days.
func (s *Server) auditReveals(w http.ResponseWriter, r *http.Request) error {
	since := s.today().Add(-30)
	all, err := s.office.Reveals(r.Context(), actor(r), region.Code(r.URL.Query().Get("region")).County(), since)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("reveals.title"))
	p.Crumbs = []look.Link{{Text: lang.T("audit.title"), Href: "/audit"}}
	return show(w, r, http.StatusOK, revealsPage(p, revealsTable(all, since)))
}

// auditLog goes through the logs of the auditor's counties and shows what it found.
func (s *Server) auditLog(w http.ResponseWriter, r *http.Request) error {
	verdicts, err := s.office.VerifyAudit(r.Context(), actor(r), nil)
	if err != nil {
		return err
	}
	var wrong []string
	for _, v := range verdicts {
		if v.Trouble != nil {
			wrong = append(wrong, v.Words()+lang.T("audit.log.do"))
		}
	}
	p := s.page(w, r, lang.T("audit.log.title"))
	p.Crumbs = []look.Link{{Text: lang.T("audit.title"), Href: "/audit"}}
	return show(w, r, http.StatusOK, auditLogPage(p, wrong, verdictTable(verdicts)))
}

func verdictTable(all []office.Verdict) look.Table {
	t := look.Table{Caption: lang.T("audit.log.caption"), Empty: lang.T("audit.log.empty"), Columns: []look.Column{{Text: lang.T("audit.where")},
		{Text: lang.T("audit.log.result")}, {Text: lang.T("audit.log.lines"), Number: true}, {Text: lang.T("audit.log.fresh"), Number: true}, {Text: lang.T("audit.log.last"), Tight: true}, {Text: lang.T("audit.log.root")}}}
	for _, v := range all {
		last := look.Cell{}
		if v.Last.Size > 0 {
			last.Text = look.Moment(v.Last.At.In(day.Beijing))
		}
		where, result := string(v.County), lang.T("audit.log.whole")
		if where == "" {
			where = lang.T("audit.log.nowhere")
		}
		if v.Trouble != nil {
			result = lang.T("audit.log.touched")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: where}, {Text: result}, {Text: strconv.FormatInt(v.Lines, 10)}, {Text: strconv.FormatInt(v.Fresh, 10)}, last,
			{Text: hex.EncodeToString(v.Last.Root)}}})
	}
	return t
}

func revealsTable(all []office.Sight, since day.Day) look.Table {
	t := look.Table{Caption: lang.T("reveals.since", since), Empty: lang.T("reveals.empty"), Columns: []look.Column{{Text: lang.T("audit.who")},
		{Text: lang.T("audit.role")}, {Text: lang.T("reveals.count"), Number: true}, {Text: lang.T("reveals.today"), Tight: true}}}
	for _, d := range all {
		today := look.Cell{Text: lang.T("reveals.times", d.Today)}
		if d.Unusual {
			today = look.Cell{Tag: look.Tag{Text: lang.T("reveals.unusual", d.Today), Colour: look.Red}}
		}
		href := "/audit?act=" + string(access.PersonReveal) + "&who=" + d.Name + "&from=" + string(since)
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: d.Name, Href: href}, {Text: word(d.Role)}, {Text: lang.T("reveals.times", d.Count)}, today}})
	}
	return t
}

// auditView is what was found, as the page lays it out.
type auditView struct {
	unusual bool // somebody saw more full numbers today than work explains
	office.AuditPage
	search office.AuditSearch
	where  look.Choice
	r      *http.Request
}

func (v auditView) typed(name string) string { return v.r.URL.Query().Get(name) }

func (v auditView) acts() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "act", Label: lang.T("audit.act")}, Value: string(v.search.Act), Empty: lang.T("edit.all")}, access.Acts)
}

func (v auditView) table() look.Table {
	t := look.Table{Caption: lang.T("audit.title"), Quiet: true, Empty: lang.T("audit.empty"), Columns: []look.Column{{Text: lang.T("audit.at"), Tight: true},
		{Text: lang.T("audit.who")}, {Text: lang.T("audit.act")}, {Text: lang.T("audit.about")}, {Text: lang.T("audit.where")}, {Text: lang.T("audit.addr"), Tight: true}}}
	for _, l := range v.Lines {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: look.Moment(l.At.In(day.Beijing))}, {Text: l.Name, Note: word(l.Role)}, {Text: word(l.Act)},
			{Text: office.Told(l), Note: l.Subject}, {Text: placeName(l.Region, v.Places)}, {Text: l.Addr}}})
	}
	return t
}

func (v auditView) pager() look.Pager {
	next := ""
	if v.More {
		next = v.Lines[len(v.Lines)-1].ID
	}
	return turner(v.r, len(v.Lines), next)
}
