package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/session"
)

// session shows one session: who comes, and who can still be given a seat.
func (s *Server) session(w http.ResponseWriter, r *http.Request) error {
	return s.sessionShow(w, r, http.StatusOK, nil)
}

// sessionTell shows the session after seats were given, with who got none and which doctors keep away.
func (s *Server) sessionTell(w http.ResponseWriter, r *http.Request, given assessing.Seating) error {
	r.PostForm = nil
	p, v, err := s.sessionRead(w, r, nil)
	if err != nil {
		return err
	}
	v.given = given
	return show(w, r, http.StatusOK, sessionPage(p, v))
}

// sessionShow shows the session, with what went wrong with giving seats when err is not nil.
func (s *Server) sessionShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	p, v, err := s.sessionRead(w, r, wrong)
	if err != nil {
		return err
	}
	return show(w, r, status, sessionPage(p, v))
}

// sessionRead reads what the page of a session shows.
func (s *Server) sessionRead(w http.ResponseWriter, r *http.Request, wrong error) (p look.Page, v sessionView, err error) {
	id := session.ID(r.PathValue("id"))
	d, err := s.assessing.Session(r.Context(), actor(r), id)
	if err != nil {
		return p, v, err
	}
	v = sessionView{Day: d, s: s, by: actor(r), picked: r.PostForm["application"], after: r.FormValue("after"), typed: r.PostForm}
	if v.can(access.ApplicationSchedule) {
		if v.queue, err = s.assessing.Waiting(r.Context(), actor(r), id, application.ID(v.after), rows); err != nil {
			return p, v, err
		}
	}
	p = s.page(w, r, lang.T("session.title", d.Township, d.Day))
	p.Caption, p.Problems, p.Crumbs = d.Hospital.Name, look.Find(wrong), sessionCrumbs()
	return p, v, nil
}

// sessionSchedule gives seats to the people chosen.
func (s *Server) sessionSchedule(w http.ResponseWriter, r *http.Request) error {
	id := session.ID(r.PathValue("id"))
	var chosen []application.ID
	for _, a := range r.PostForm["application"] {
		chosen = append(chosen, application.ID(a))
	}
	given, err := s.assessing.ScheduleApplications(r.Context(), actor(r), id, chosen)
	if again(err) || fault.Of(err) == fault.Stale {
		status := http.StatusUnprocessableEntity
		if fault.Of(err) == fault.Stale {
			status = http.StatusConflict
		}
		return s.sessionShow(w, r, status, err)
	}
	if err != nil {
		return err
	}
	if len(given.Left)+len(given.Recused) > 0 {
		return s.sessionTell(w, r, given)
	}
	return s.done(w, r, sessionHref(id), "session.schedule.done", strconv.Itoa(len(given.Seated)))
}

// sessionMiss records who did not come.
func (s *Server) sessionMiss(w http.ResponseWriter, r *http.Request) error {
	id := session.ID(r.PathValue("id"))
	var chosen []application.ID
	for _, a := range r.PostForm["missed"] {
		chosen = append(chosen, application.ID(a))
	}
	err := s.assessing.MissApplications(r.Context(), actor(r), chosen, application.Absence(r.PostFormValue("absence")), r.PostFormValue("note"))
	if again(err) {
		return s.sessionShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, sessionHref(id), "absence.done", strconv.Itoa(len(chosen)))
}

// sessionList is the day list, as PDF.
func (s *Server) sessionList(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.assessing.WriteDayList(r.Context(), actor(r), session.ID(r.PathValue("id")), to)
	})
}

// sessionRoute is the route of a round, as PDF.
func (s *Server) sessionRoute(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.assessing.WriteRoute(r.Context(), actor(r), session.ID(r.PathValue("id")), to)
	})
}

// sessionCalls is whom to call village by village, as PDF.
func (s *Server) sessionCalls(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.assessing.WriteCallList(r.Context(), actor(r), session.ID(r.PathValue("id")), to)
	})
}

// sessionSummons is a notice for everybody who is called in a reading, as PDF.
func (s *Server) sessionSummons(w http.ResponseWriter, r *http.Request) error {
	reading, err := readingOf(r)
	if err != nil {
		return err
	}
	return sendPDF(w, func(to io.Writer) error {
		return s.assessing.WriteSummons(r.Context(), actor(r), session.ID(r.PathValue("id")), reading, to)
	})
}

// sessionView is a session as the page lays it out.
type sessionView struct {
	assessing.Day
	s      *Server
	by     access.Actor
	queue  assessing.Queue
	picked []string
	after  string
	typed  url.Values
	given  assessing.Seating // when seats were given just now
}

// apart is who keeps away from somebody who is expected.
func (v sessionView) apart(of person.ID) string {
	if len(v.Kin[of]) == 0 {
		return ""
	}
	return lang.T("session.relative.apart", assessing.DoctorNames(v.Kin[of]))
}

func (v sessionView) can(act access.Act) bool { return slices.Contains(v.Steps, act) }

func (v sessionView) details() []look.Detail {
	out := []look.Detail{
		{Key: lang.T("session.column.day"), Value: v.Session.Day.Chinese()},
		{Key: lang.T("session.column.hospital"), Value: v.Hospital.Name},
		{Key: lang.T("session.column.place"), Value: v.Place},
		{Key: lang.T("session.column.kind"), Value: word(v.Kind)},
		{Key: lang.T("session.column.taken"), Value: lang.T("session.seats", v.Taken, v.Capacity, v.Left())},
	}
	for _, part := range []struct{ name, value string }{{"starts", v.Round.Starts}, {"team", v.Round.Team}, {"vehicle", v.Round.Vehicle}, {"gear", v.Round.Gear}} {
		if part.value != "" {
			out = append(out, look.Detail{Key: lang.T("session." + part.name), Value: part.value})
		}
	}
	if v.can(access.SessionPlan) {
		out[0].Actions = []look.Link{{Text: lang.T("session.change.link"), Href: sessionHref(v.ID) + "/change", Hidden: lang.T("session.column.day")}}
	}
	return out
}

// prints is what can be printed of the session.
func (v sessionView) prints() []look.Button {
	out := []look.Button{{Text: lang.T("session.print"), Href: sessionHref(v.ID) + "/list.pdf", Kind: look.Secondary}}
	if len(v.Expected()) > 0 {
		for _, reading := range paper.Readings {
			out = append(out, look.Button{Text: lang.T("session.print.summons", lang.T("reminder.reading."+readingName(reading))), Href: sessionHref(v.ID) + "/summons.pdf" + query(reading),
				Kind: look.Secondary})
		}
		out = append(out, look.Button{Text: lang.T("session.print.calls"), Href: sessionHref(v.ID) + "/calls.pdf", Kind: look.Secondary})
		if v.Kind == session.Home {
			out = append(out, look.Button{Text: lang.T("session.print.route"), Href: sessionHref(v.ID) + "/route.pdf", Kind: look.Secondary})
		}
	}
	return out
}

// people is the day list; what somebody needs has a column when anybody needs something.
func (v sessionView) people() look.Table {
	needs := slices.ContainsFunc(v.Cases, func(c assessing.Case) bool { return v.AidText(c.Application.ID) != "" })
	t := look.Table{Caption: lang.T("session.people.title", len(v.Cases)), Empty: lang.T("session.people.empty"), Columns: []look.Column{
		{Text: lang.T("column.name"), Tight: true}, {Text: lang.T("session.column.sex"), Tight: true}, {Text: lang.T("session.column.age"), Number: true},
		{Text: lang.T("column.matter"), Tight: true}, {Text: lang.T("session.column.wanted")}, {Text: lang.T("session.column.village")},
		{Text: lang.T("detail.phone"), Tight: true}, {Text: lang.T("detail.state"), Tight: true}}}
	if needs {
		t.Columns = slices.Insert(t.Columns, 5, look.Column{Text: lang.T("aid.title")})
	}
	for _, c := range v.Cases {
		p, a := c.Person, c.Application
		phone := p.Phone
		if phone == "" {
			phone = p.Guardian.Phone
		}
		cells := []look.Cell{{Text: p.Name, Href: v.caseHref(a), Note: p.Number.Masked()}, {Text: word(p.Sex)}, {Text: strconv.Itoa(p.Birth.Age(v.Session.Day))}, {Text: word(a.Matter)},
			{Text: categoryWords(a.Wanted), Note: v.apart(p.ID)}, {Text: v.Villages[p.Region]}, {Text: person.MaskedPhone(phone)}, {Tag: stateTag(a.State)}}
		if needs {
			cells = slices.Insert(cells, 5, look.Cell{Text: v.AidText(a.ID)})
		}
		t.Rows = append(t.Rows, look.Row{Cells: cells})
	}
	return t
}

// caseHref leads a doctor to the form of the conclusion while it is wanted, everybody else to the case.
func (v sessionView) caseHref(a application.Application) string {
	if v.by.Can(access.ApplicationAssess) && a.State == application.Scheduled && v.Session.Day <= v.s.today() {
		return caseHref(a.ID) + "/assess"
	}
	return caseHref(a.ID)
}

// expected is who has not been examined: those who did not come are ticked.
func (v sessionView) expected() look.Table {
	t := look.Table{Caption: lang.T("absence.expected"), Select: "missed", Columns: []look.Column{{Text: lang.T("column.name"), Tight: true}, {Text: lang.T("session.column.wanted")},
		{Text: lang.T("session.column.village")}}}
	for _, c := range v.Expected() {
		t.Rows = append(t.Rows, look.Row{Value: string(c.Application.ID), Label: c.Person.Name, Picked: slices.Contains(v.typed["missed"], string(c.Application.ID)),
			Cells: []look.Cell{{Text: c.Person.Name, Note: c.Person.Number.Masked()}, {Text: categoryWords(c.Application.Wanted)}, {Text: v.Villages[c.Person.Region]}}})
	}
	return t
}

func (v sessionView) absences() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "absence", Label: lang.T("absence.why")}, Value: v.typed.Get("absence")}, application.Absences)
}

func (v sessionView) absenceNote() look.Area {
	return look.Area{Field: look.Field{Name: "note", Label: lang.T("absence.note"), Hint: lang.T("absence.note.hint"), Optional: true}, Value: v.typed.Get("note"), Rows: 2,
		Max: application.TextMost}
}

// absent is who did not come.
func (v sessionView) absent() look.Table {
	t := look.Table{Caption: lang.T("absence.list", len(v.Absent)), Columns: []look.Column{{Text: lang.T("column.name"), Tight: true}, {Text: lang.T("session.column.village")},
		{Text: lang.T("absence.why")}, {Text: lang.T("detail.state"), Tight: true}}}
	for _, m := range v.Absent {
		href := caseHref(m.Application.ID)
		if v.by.Role.Clinical() {
			href = "" // the case is no longer this hospital's
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: m.Person.Name, Href: href, Note: m.Person.Number.Masked()}, {Text: v.Villages[m.Person.Region]},
			{Text: word(m.Why), Note: m.Note}, {Tag: stateTag(m.Application.State)}}})
	}
	return t
}

// waiting is who can be given a seat.
func (v sessionView) waiting() look.Table {
	t := look.Table{Caption: lang.T("session.waiting.title"), Empty: lang.T("session.waiting.empty"), Select: "application", Columns: []look.Column{
		{Text: lang.T("column.due"), Tight: true}, {Text: lang.T("column.name"), Tight: true}, {Text: lang.T("column.matter"), Tight: true},
		{Text: lang.T("session.column.wanted")}, {Text: lang.T("session.column.village")}}}
	for _, c := range v.queue.Cases {
		p, a := c.Person, c.Application
		t.Rows = append(t.Rows, look.Row{Value: string(a.ID), Label: p.Name, Picked: slices.Contains(v.picked, string(a.ID)), Cells: []look.Cell{
			{Tag: v.s.dueTag(a)}, {Text: p.Name, Href: caseHref(a.ID), Note: p.Number.Masked()}, {Text: word(a.Matter)}, {Text: categoryWords(a.Wanted)},
			{Text: v.queue.Names[p.Region], Note: v.before(a.ID)}}})
	}
	return t
}

// before is that somebody who waits did not come to an earlier session, and why the last time.
func (v sessionView) before(id application.ID) string {
	all := v.queue.Absences[id]
	if len(all) == 0 {
		return ""
	}
	return lang.T("absence.before", len(all), all[len(all)-1].Why)
}

func (v sessionView) pager() look.Pager {
	p := look.Pager{Shown: len(v.queue.Cases), Total: -1}
	if v.after != "" {
		p.First = sessionHref(v.ID)
	}
	if v.queue.More {
		p.Next = sessionHref(v.ID) + "?after=" + url.QueryEscape(lastID(v.queue.Cases))
	}
	return p
}
