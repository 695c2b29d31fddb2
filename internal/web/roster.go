package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/roster"
)

// roster shows one list: how far it is, what would be entered, and every line that goes back.
func (s *Server) roster(w http.ResponseWriter, r *http.Request) error {
	return s.rosterShow(w, r, http.StatusOK, nil)
}

func (s *Server) rosterShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	after, _ := strconv.Atoi(r.URL.Query().Get("after")) // anything else is the beginning
	h, lines, loadErr := s.fieldwork.Roster(r.Context(), actor(r), roster.ID(r.PathValue("id")), after, rows+1)
	if loadErr != nil {
		return loadErr
	}
	v := rosterView{h: h, lines: lines[:min(len(lines), rows)], after: after, more: len(lines) > rows, may: actor(r).Can(access.RosterImport)}
	p := s.page(w, r, word(h.Kind))
	p.Caption, p.Problems = h.Township+" "+h.Name, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("rosters.title"), Href: "/rosters"}}
	return show(w, r, status, rosterPage(p, v))
}

// rosterProgress is the bar alone, which the page asks for again and again; when the work is over it leads to the page.
func (s *Server) rosterProgress(w http.ResponseWriter, r *http.Request) error {
	h, _, err := s.fieldwork.Roster(r.Context(), actor(r), roster.ID(r.PathValue("id")), 0, 0)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, rosterBar(rosterView{h: h}))
}

// rosterConfirm has the good rows entered.
func (s *Server) rosterConfirm(w http.ResponseWriter, r *http.Request) error {
	id := roster.ID(r.PathValue("id"))
	err := s.fieldwork.ConfirmRoster(r.Context(), actor(r), id)
	if again(err) {
		return s.rosterShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, rosterHref(id))
}

// rosterDrop gives the list up.
func (s *Server) rosterDrop(w http.ResponseWriter, r *http.Request) error {
	err := s.fieldwork.DropRoster(r.Context(), actor(r), roster.ID(r.PathValue("id")))
	if again(err) {
		return s.rosterShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/rosters", "roster.drop.done")
}

// rosterRejected sends the lines that go back as a spreadsheet.
func (s *Server) rosterRejected(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	if err := s.fieldwork.WriteRejected(r.Context(), actor(r), roster.ID(r.PathValue("id")), &b); err != nil {
		return err
	}
	return sendSheet(w, lang.T("roster.rejected.file"), &b)
}

// sendSheet sends a workbook as a file of that name.
func sendSheet(w http.ResponseWriter, name string, b *bytes.Buffer) error {
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="list.xlsx"; filename*=UTF-8''`+url.PathEscape(name+".xlsx"))
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, err := b.WriteTo(w)
	if err != nil {
		return fmt.Errorf("sending a spreadsheet: %w", err)
	}
	return nil
}

// rosterView is a list as the page lays it out.
type rosterView struct {
	h     fieldwork.Handed
	lines []fieldwork.Rejected
	after int
	more  bool
	may   bool
}

func (v rosterView) href(act string) string { return rosterHref(v.h.ID) + act }

func (v rosterView) ready() bool { return v.h.State == roster.Ready && v.may }

// telling says whether the reader may tell what the columns hold: nothing was entered yet.
func (v rosterView) telling() bool {
	return v.may && (v.h.State == roster.Ready || v.h.State == roster.Unreadable)
}

func (v rosterView) columnsLink() string {
	if v.h.State == roster.Unreadable {
		return lang.T("roster.columns.link.unreadable")
	}
	return lang.T("roster.columns.link")
}

// bar is how far the program is.
func (v rosterView) bar() look.Progress {
	p := look.Progress{ID: "roster-progress", Poll: v.href("/progress"), Label: lang.T("roster.checking.label"), Note: lang.T("roster.checking.note", v.h.Rows)}
	if v.h.State == roster.Storing {
		p.Label, p.Done, p.Total, p.Note = lang.T("roster.storing.label"), v.h.Done, v.h.Good, ""
	}
	return p
}

func (v rosterView) details() []look.Detail {
	u := v.h
	out := []look.Detail{
		{Key: lang.T("rosters.column.state"), Body: look.State(rosterTag(u.State))},
		{Key: lang.T("roster.detail.handed"), Value: u.Author + " " + look.Moment(u.At.In(day.Beijing))},
	}
	if u.State == roster.Unreadable {
		return append(out, look.Detail{Key: lang.T("roster.detail.fault"), Value: u.Fault})
	}
	if u.State == roster.Checking {
		return out
	}
	out = append(out, look.Detail{Key: lang.T("roster.detail.rows"), Value: lang.T("roster.detail.rows.text", u.Header, u.Rows)},
		look.Detail{Key: lang.T("roster.detail.good"), Value: strconv.Itoa(u.Good)},
		look.Detail{Key: lang.T("roster.detail.bad"), Value: strconv.Itoa(u.Rows - u.Good)})
	if u.State == roster.Stored || u.State == roster.Storing {
		out = append(out, look.Detail{Key: lang.T("roster.detail.stored"), Value: lang.T("roster.detail.stored.text", u.Added, u.Changed, u.Known, u.Declined)})
	}
	if u.State == roster.Stored && u.Kind == roster.Register {
		out = append(out, look.Detail{Key: lang.T("roster.detail.absent"), Value: lang.T("roster.detail.absent.text", u.Absent),
			Actions: []look.Link{{Text: lang.T("roster.detail.absent.link"), Href: "/certificates?absent=" + string(u.ID) + "&region=" + string(u.Region)}}},
			look.Detail{Key: lang.T("difference.title"), Actions: []look.Link{{Text: lang.T("roster.detail.differences.link"), Href: "/differences?state=all&roster=" + string(u.ID) + "&region=" + string(u.Region)}}})
	}
	return out
}

// sample is the first good rows.
func (v rosterView) sample() look.Table {
	t := look.Table{Caption: lang.T("roster.sample", len(v.h.Sample)), Columns: []look.Column{{Text: lang.T("roster.column.row"), Number: true},
		{Text: lang.T("listed.column.name")}, {Text: lang.T("listed.column.number"), Tight: true}, {Text: lang.T("listed.column.village")}}}
	if v.h.Kind.Held() {
		t.Columns = append(t.Columns, look.Column{Text: lang.T("roster.column.grade")}, look.Column{Text: lang.T("listed.column.expires"), Tight: true})
	} else {
		t.Columns = append(t.Columns, look.Column{Text: lang.T("listed.column.why")})
	}
	for _, e := range v.h.Sample {
		cells := []look.Cell{{Text: strconv.Itoa(e.Row)}, {Text: e.Name}, {Text: e.Number}, {Text: e.Village}}
		switch {
		case v.h.Kind.Held():
			cells = append(cells, look.Cell{Text: word(e.Category) + " " + word(e.Level)}, look.Cell{Text: string(e.Expires)})
		case e.Reason != "":
			cells = append(cells, look.Cell{Text: word(e.Reason)})
		default:
			cells = append(cells, look.Cell{})
		}
		t.Rows = append(t.Rows, look.Row{Cells: cells})
	}
	return t
}

// rejected is the lines that go back.
func (v rosterView) rejected() look.Table {
	t := look.Table{Caption: lang.T("roster.rejected.title"), Empty: lang.T("roster.rejected.none"), Columns: []look.Column{
		{Text: lang.T("roster.column.row"), Number: true}, {Text: lang.T("roster.column.column"), Tight: true}, {Text: lang.T("roster.column.value")}, {Text: lang.T("roster.column.message")}}}
	for _, l := range v.lines {
		shown := shade(l.Value)
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: strconv.Itoa(l.Row)}, {Text: l.Column}, {Text: shown}, {Text: shadeIn(l.Message, l.Value, shown)}}})
	}
	return t
}

func (v rosterView) pages() look.Pager {
	p := look.Pager{Shown: len(v.lines), Total: v.h.Rows - v.h.Good + v.h.Declined}
	if v.after > 0 {
		p.First = v.href("")
	}
	if v.more {
		p.Next = v.href("?after=" + strconv.Itoa(v.lines[len(v.lines)-1].Row))
	}
	return p
}

// shade hides the middle of a value that is somebody's right number; a wrong one stays, because what is wrong must be seen.
func shade(value string) string {
	plain := strings.ToUpper(strings.Join(strings.Fields(value), ""))
	switch {
	case person.Number(plain).Check() == "":
		return person.Number(plain).Masked()
	case len(plain) >= 20 && certificate.Number(plain).Person().Check() == "":
		return certificate.Number(plain).Masked()
	}
	return value
}

func shadeIn(message, value, shown string) string {
	if value == "" {
		return message
	}
	return strings.ReplaceAll(message, value, shown)
}
