package web

import (
	"net/http"
	"net/url"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/lang"
	"hefa/internal/lapse"
	"hefa/internal/look"
	"hefa/internal/renewing"
)

// lapse shows one certificate that was put up, with the objections to its cancellation.
func (s *Server) lapse(w http.ResponseWriter, r *http.Request) error {
	return s.lapseShow(w, r, http.StatusOK, nil)
}

func (s *Server) lapseShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	f, loadErr := s.renewing.Lapse(r.Context(), actor(r), lapse.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	v := lapseView{LapseFile: f, by: actor(r), q: r.PostForm}
	p := s.page(w, r, lang.T("lapse.title", f.Person.Name))
	p.Caption, p.Crumbs = f.Posting.No, []look.Link{{Text: lang.T("lapse.list.title"), Href: "/lapses"}}
	if err != nil {
		v.tried = lastPart(r.URL.Path)
		p.Problems = look.Find(under(v.tried, err))
		if len(p.Problems) == 0 {
			p.Problems = look.Find(err)
		}
	}
	return show(w, r, status, lapsePage(p, v))
}

// lapseAct does something to the lapse and shows it again.
func (s *Server) lapseAct(w http.ResponseWriter, r *http.Request, done string, do func(lapse.ID) error) error {
	id := lapse.ID(r.PathValue("id"))
	err := do(id)
	if again(err) {
		return s.lapseShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, lapseHref(id), done)
}

// lapseObject records an objection that was brought to the counter.
func (s *Server) lapseObject(w http.ResponseWriter, r *http.Request) error {
	return s.lapseAct(w, r, "lapse.object.done", func(id lapse.ID) error {
		return s.renewing.ObjectLapse(r.Context(), actor(r), id, announcement.Objection{
			Name: r.PostFormValue("object-name"), Phone: look.Narrow(r.PostFormValue("object-phone")), Text: r.PostFormValue("object-text")})
	})
}

// lapseResolve decides the objections.
func (s *Server) lapseResolve(w http.ResponseWriter, r *http.Request) error {
	return s.lapseAct(w, r, "lapse.resolve.done", func(id lapse.ID) error {
		return s.renewing.ResolveLapse(r.Context(), actor(r), id, lapse.Step(r.PostFormValue("resolve-decision")), r.PostFormValue("resolve-reason"))
	})
}

// lapseDrop takes the certificate off the list.
func (s *Server) lapseDrop(w http.ResponseWriter, r *http.Request) error {
	return s.lapseAct(w, r, "lapse.drop.done", func(id lapse.ID) error {
		return s.renewing.DropLapse(r.Context(), actor(r), id, r.PostFormValue("drop-reason"))
	})
}

// lapseView is a lapse as the page lays it out; q is what was typed into the form that failed, tried which one that was.
type lapseView struct {
	renewing.LapseFile
	by    access.Actor
	q     url.Values
	tried string
}

func (v lapseView) href(what string) string { return lapseHref(v.Lapse.ID) + "/" + what }

// can says whether the reader may do act to the lapse as it stands.
func (v lapseView) can(act access.Act) bool {
	if !v.by.Can(act) {
		return false
	}
	switch act {
	case access.LapseObject, access.LapseDrop:
		return v.Lapse.State.Open()
	case access.LapseResolve:
		return v.Lapse.State == lapse.Disputed
	case access.LapseCancel:
		return v.Lapse.State == lapse.Announced && v.Lapse.Ends < v.Today
	}
	return false
}

func (v lapseView) details() []look.Detail {
	n, p, c := v.Lapse, v.Person, v.Certificate
	out := []look.Detail{{Key: lang.T("lapse.column.state"), Body: look.State(lapseTag(n.State))}, {Key: lang.T("lapse.column.cause"), Value: word(n.Cause)},
		{Key: lang.T("lapse.period"), Value: lang.T("lapse.period.text", v.Posting.Starts.Add(1).Chinese(), n.Ends.Chinese()), Actions: []look.Link{{Text: lang.T("lapse.posting.link"), Href: "/postings/" + n.Posting}}},
		{Key: lang.T("lapse.column.name"), Value: p.Name, Actions: []look.Link{{Text: lang.T("reminder.person.link"), Href: personHref(p.ID) + "/reminders"}}},
		{Key: lang.T("detail.number"), Value: p.Number.Masked()}, {Key: lang.T("detail.place"), Value: v.Place},
		{Key: lang.T("lapse.column.number"), Value: c.Number.Masked(), Actions: []look.Link{{Text: lang.T("reminder.certificate.link"), Href: certificateHref(c.ID)}}},
		{Key: lang.T("lapse.column.expires"), Value: c.Expires.Chinese()}}
	if n.Decided != "" {
		out = append(out, look.Detail{Key: lang.T("lapse.column.decided"), Value: n.Decided.Chinese()})
	}
	if n.Reason != "" {
		out = append(out, look.Detail{Key: lang.T("lapse.reason"), Value: n.Reason})
	}
	if v.Barred != "" {
		out = append(out, look.Detail{Key: lang.T("lapse.barred"), Value: lang.T("lapse.barred.text", v.Barred.Chinese())})
	}
	return out
}

// typed is what was typed into a field of the form that failed.
func (v lapseView) typed(form, name string) string {
	if v.tried != form {
		return ""
	}
	return v.q.Get(form + "-" + name)
}

func (v lapseView) objector() look.Input {
	return look.Input{Field: look.Field{Name: "object-name", Label: lang.T("objection.name"), Hint: lang.T("objection.name.hint"), Optional: true}, Value: v.typed("object", "name"), Width: look.W20, Complete: "off"}
}

func (v lapseView) objectorPhone() look.Input {
	return look.Input{Field: look.Field{Name: "object-phone", Label: lang.T("objection.phone"), Optional: true}, Value: v.typed("object", "phone"), Width: look.W20, Numeric: true, Complete: "off"}
}

func (v lapseView) objectionText() look.Area {
	return look.Area{Field: look.Field{Name: "object-text", Label: lang.T("objection.text"), Hint: lang.T("objection.text.hint")}, Value: v.typed("object", "text"), Max: 2000}
}

func (v lapseView) decision() look.Choice {
	return look.Choice{Field: look.Field{Name: "resolve-decision", Label: lang.T("objection.decision")}, Value: v.typed("resolve", "decision"), Options: []look.Option{
		{Value: string(lapse.Dismiss), Text: lang.T("lapse.decision.dismiss"), Hint: lang.T("lapse.decision.dismiss.hint")},
		{Value: string(lapse.Uphold), Text: lang.T("lapse.decision.uphold"), Hint: lang.T("lapse.decision.uphold.hint")}}}
}

func (v lapseView) reason(form, hint string) look.Area {
	return look.Area{Field: look.Field{Name: form + "-reason", Label: lang.T("lapse.reason"), Hint: hint}, Value: v.typed(form, "reason"), Rows: 2, Max: 500}
}

// objection is one objection as the page shows it.
func (v lapseView) objection(o announcement.Objection) []look.Detail {
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
	return append(out, look.Detail{Key: lang.T("objection.decision"), Value: lang.T("lapse.decided." + o.Decision)}, look.Detail{Key: lang.T("objection.reason"), Value: o.Reason},
		look.Detail{Key: lang.T("objection.decided"), Value: o.Decided.Chinese()})
}
