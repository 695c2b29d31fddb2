package web

import (
	"net/http"

	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// applicationAnnounce publishes one case on a notice of its own.
func (s *Server) applicationAnnounce(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "application.announce.done", func(id application.ID) error {
		f, err := s.casework.Application(r.Context(), actor(r), id)
		if err != nil {
			return err
		}
		_, err = s.casework.AnnounceApplications(r.Context(), actor(r), f.Case.Application.Region.Township(), []application.ID{id})
		return err
	})
}

// applicationObject records an objection that was brought to the counter.
func (s *Server) applicationObject(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "application.object.done", func(id application.ID) error {
		return s.casework.ObjectApplication(r.Context(), actor(r), id, announcement.Objection{
			Name: r.PostFormValue("name"), Phone: look.Narrow(r.PostFormValue("phone")), Text: r.PostFormValue("text")})
	})
}

// applicationResolve decides the objections to a case.
func (s *Server) applicationResolve(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "application.resolve.done", func(id application.ID) error {
		return s.casework.ResolveObjection(r.Context(), actor(r), id, application.Decision(r.PostFormValue("decision")), r.PostFormValue("reason"))
	})
}

// applicationClose moves one case whose period is over into review.
func (s *Server) applicationClose(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "application.close.done", func(id application.ID) error {
		return s.casework.CloseApplications(r.Context(), actor(r), []application.ID{id})
	})
}

// sent is what was typed into a field of the act that failed.
func (v caseView) sent(act, name string) string {
	if v.tried != act || len(v.typed[name]) == 0 {
		return ""
	}
	return v.typed[name][0]
}

func (v caseView) objector() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("objection.name"), Hint: lang.T("objection.name.hint"), Optional: true}, Value: v.sent("object", "name"), Width: look.W20, Complete: "off"}
}

func (v caseView) objectorPhone() look.Input {
	return look.Input{Field: look.Field{Name: "phone", Label: lang.T("objection.phone"), Optional: true}, Value: v.sent("object", "phone"), Width: look.W20, Numeric: true, Complete: "off"}
}

func (v caseView) objectionText() look.Area {
	return look.Area{Field: look.Field{Name: "text", Label: lang.T("objection.text"), Hint: lang.T("objection.text.hint")}, Value: v.sent("object", "text"), Max: 2000}
}

func (v caseView) decision() look.Choice {
	c := look.Choice{Field: look.Field{Name: "decision", Label: lang.T("objection.decision")}, Value: v.sent("resolve", "decision")}
	for _, d := range application.Decisions {
		c.Options = append(c.Options, look.Option{Value: string(d), Text: word(d), Hint: lang.T("objection.decision." + string(d))})
	}
	return c
}

func (v caseView) decisionReason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("objection.reason"), Hint: lang.T("objection.reason.hint")}, Value: v.sent("resolve", "reason"), Max: 1000}
}

// objection is one objection as the case page shows it.
func (v caseView) objection(o announcement.Objection) []look.Detail {
	out := []look.Detail{{Key: lang.T("objection.no"), Value: o.No}, {Key: lang.T("objection.day"), Value: o.Day.Chinese()}}
	if o.Text == "" {
		return append(out, look.Detail{Key: lang.T("objection.text"), Value: lang.T("objection.veiled")})
	}
	who := o.Name
	if who == "" {
		who = lang.T("objection.anonymous")
	}
	out = append(out, look.Detail{Key: lang.T("objection.name"), Value: who + " " + o.Phone}, look.Detail{Key: lang.T("objection.text"), Value: o.Text})
	if o.Decision == "" {
		return append(out, look.Detail{Key: lang.T("objection.decision"), Body: look.State(look.Tag{Text: lang.T("objection.open"), Colour: look.Orange})})
	}
	return append(out, look.Detail{Key: lang.T("objection.decision"), Value: word(application.Decision(o.Decision))},
		look.Detail{Key: lang.T("objection.reason"), Value: o.Reason}, look.Detail{Key: lang.T("objection.decided"), Value: o.Decided.Chinese()})
}
