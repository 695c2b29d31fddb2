package web

import (
	"bytes"
	"net/http"
	"slices"

	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/staff"
)

// applicationReturn sends the case back with all that is missing.
func (s *Server) applicationReturn(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "desk.return.done", func(id application.ID) error {
		return under("return", s.casework.ReturnApplication(r.Context(), actor(r), id, r.PostForm["return-missing"], r.PostFormValue("return-note")))
	})
}

// applicationDecline turns the request down.
func (s *Server) applicationDecline(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "desk.decline.done", func(id application.ID) error {
		return under("decline", s.casework.DeclineApplication(r.Context(), actor(r), id, casework.Declining{Reason: r.PostFormValue("decline-reason"), Same: person.ID(r.PostFormValue("decline-same"))}))
	})
}

// applicationWithdraw ends the case at the applicant's wish.
func (s *Server) applicationWithdraw(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "desk.withdraw.done", func(id application.ID) error {
		return under("withdraw", s.casework.WithdrawApplication(r.Context(), actor(r), id, r.PostFormValue("withdraw-reason")))
	})
}

// applicationUrge asks whoever's turn it is to hurry.
func (s *Server) applicationUrge(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "desk.urge.done", func(id application.ID) error {
		return under("urge", s.casework.UrgeApplication(r.Context(), actor(r), id, r.PostFormValue("urge-note")))
	})
}

// applicationHandover puts the case into a colleague's hand.
func (s *Server) applicationHandover(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "desk.handover.done", func(id application.ID) error {
		return under("handover", s.casework.HandOverApplication(r.Context(), actor(r), id, staff.ID(r.PostFormValue("handover-to")), r.PostFormValue("handover-note")))
	})
}

// under names the fields of err as the panel of the act names them, because one page holds several panels.
func under(act string, err error) error {
	fields := fault.Fields(err)
	if len(fields) == 0 {
		return err
	}
	var p fault.Problems
	for _, f := range fields {
		p.Add(act+"-"+f.Name, f.Key, f.Args...)
	}
	return p.Fault()
}

// applicationPackage sends the case as a signed ZIP for inspectors.
func (s *Server) applicationPackage(w http.ResponseWriter, r *http.Request) error {
	id := application.ID(r.PathValue("id"))
	var b bytes.Buffer
	err := under("package", s.casework.WritePackage(r.Context(), actor(r), id, r.PostFormValue("package-reason"), &b))
	if again(err) {
		return s.applicationShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return file(w, "evidence-"+string(id)+".zip", "application/zip", func(to *bytes.Buffer) error {
		*to = b
		return nil
	})
}

// text is the reason or note of an act's panel, with what was typed when it failed.
func (v caseView) text(act, name, label, hint string, optional bool) look.Area {
	field := act + "-" + name
	return look.Area{Field: look.Field{Name: field, Label: label, Hint: hint, Optional: optional}, Value: v.sent(act, field), Rows: 3, Max: application.TextMost}
}

// missing is the papers that can be asked for: those that were neither seen nor sent are ticked at first.
func (v caseView) missing() look.Choices {
	c := look.Choices{Field: look.Field{Name: "return-missing", Label: lang.T("desk.return.missing"), Hint: lang.T("desk.return.missing.hint")}}
	for _, p := range v.Checklist {
		c.Options = append(c.Options, look.Option{Value: p, Text: paperWord(p)})
		sent := false
		for _, a := range v.Attachments {
			sent = sent || a.Paper == p
		}
		if !sent && !v.Sighted[p] {
			c.Values = append(c.Values, p)
		}
	}
	if v.tried == "return" {
		c.Values = v.typed["return-missing"]
	}
	return c
}

// returned is how often the case was sent back already.
func (v caseView) returned() int {
	n := 0
	for _, l := range v.Letters {
		if l.Kind == application.CorrectionLetter {
			n++
		}
	}
	return n
}

// colleagues is into whose hand the case can go.
func (v caseView) colleagues() look.Choice {
	c := look.Choice{Field: look.Field{Name: "handover-to", Label: lang.T("desk.handover.to")}, Value: v.sent("handover", "handover-to"), Empty: lang.T("desk.handover.choose")}
	for _, to := range v.Colleagues {
		text := lang.T("desk.handover.option", to.Name, to.Role)
		if string(to.ID) == v.me {
			text = lang.T("desk.handover.me", to.Name)
		}
		c.Options = append(c.Options, look.Option{Value: string(to.ID), Text: text})
	}
	return c
}

// attended is who has the case in hand and how often they were urged.
func (v caseView) attended() []look.Detail {
	var out []look.Detail
	if v.HandlerName != "" {
		out = append(out, look.Detail{Key: lang.T("desk.handler"), Value: v.HandlerName})
	}
	if a := v.a(); a.Urges > 0 {
		out = append(out, look.Detail{Key: lang.T("desk.urged"), Body: look.State(look.Tag{Text: lang.T("desk.urged.text", a.Urges, a.Urged), Colour: look.Orange})})
	}
	return out
}

// works says whether a tray of cases waits for the reader somewhere.
func works(r *http.Request) bool {
	by := actor(r)
	return !by.Role.Clinical() && slices.ContainsFunc(application.Course, func(g application.Stage) bool { return slices.Contains(g.Turn, by.Role) })
}

// applicationNext leads to the next case of the reader's tray, or home when none waits.
func (s *Server) applicationNext(w http.ResponseWriter, r *http.Request) error {
	next, err := s.casework.NextApplication(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if next == "" {
		return s.done(w, r, "/", "desk.next.none")
	}
	return redirect(w, r, caseHref(next))
}
