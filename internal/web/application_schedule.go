package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/session"
)

// applicationSchedule gives the case a seat in the session chosen on its page.
func (s *Server) applicationSchedule(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "application.schedule.done", func(id application.ID) error {
		to := session.ID(r.PostFormValue("session"))
		if to == "" {
			var p fault.Problems
			p.Add("session", "application.schedule.missing")
			return p.Fault()
		}
		_, err := s.assessing.ScheduleApplications(r.Context(), actor(r), to, []application.ID{id})
		return err
	})
}

// seats is the coming sessions that call the person; a full one is shown, but cannot be chosen.
func (v caseView) seats() look.Choice {
	c := look.Choice{Field: look.Field{Name: "session", Label: lang.T("application.schedule.label")}}
	if t := v.typed["session"]; len(t) > 0 {
		c.Value = t[0]
	}
	for _, n := range v.Next {
		o := look.Option{Value: string(n.ID), Text: lang.T("application.schedule.option", n.Day, n.Hospital, n.Kind), Hint: lang.T("session.seats", n.Taken, n.Capacity, n.Left()),
			Disabled: n.Left() == 0}
		if string(n.ID) == v.a().Session {
			o.Disabled, o.Hint = true, lang.T("application.schedule.here")
		}
		c.Options = append(c.Options, o)
	}
	return c
}

// appointment is when and where the person is or was examined, and what the hospital concluded.
func (v caseView) appointment() []look.Detail {
	out := []look.Detail{
		{Key: lang.T("session.column.day"), Value: v.Session.Day.Chinese(), Actions: []look.Link{{Text: lang.T("application.session.link"), Href: sessionHref(v.Session.ID)}}},
		{Key: lang.T("session.column.hospital"), Value: v.Hospital.Name},
		{Key: lang.T("session.column.place"), Value: v.Session.Place},
	}
	return out
}

// conclusions is what was signed, finding by finding; what exactly was seen is shown to those who decide on it.
func (v caseView) conclusions() look.Table {
	t := look.Table{Caption: lang.T("application.conclusion.title"), Columns: []look.Column{
		{Text: lang.T("assessment.column.day"), Tight: true}, {Text: lang.T("assessment.column.category"), Tight: true}, {Text: lang.T("assessment.column.result"), Tight: true},
		{Text: lang.T("assessment.column.findings")}, {Text: lang.T("assessment.column.cause")}, {Text: lang.T("assessment.column.signed")}}}
	for _, c := range v.Assessments {
		for _, f := range c.Findings {
			result := lang.T("assessment.unmet")
			if f.Meets {
				result = word(f.Level)
			}
			t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: string(c.On)}, {Text: word(f.Category)}, {Text: result, Note: suggestedText(f)}, {Text: valuesText(f), Note: f.Reason}, {Text: f.Cause},
				{Text: lang.T("assessment.signed", c.First, c.Second), Note: f.Name}}})
		}
	}
	return t
}

// suggestedText is what the standard suggested where the doctors signed something else.
func suggestedText(f assessment.Finding) string {
	switch {
	case f.Outcome == "" || !f.Differs():
		return ""
	case f.Suggested != "":
		return lang.T("assessment.suggested", f.Suggested, f.Confirmed)
	}
	return lang.T("assessment.suggested", f.Outcome, f.Confirmed)
}

// assessable says whether the reader is a doctor who may enter the conclusion.
func (v caseView) assessable() bool {
	return v.can(access.ApplicationAssess) && v.Session != nil && v.Session.Day <= v.s.today()
}
