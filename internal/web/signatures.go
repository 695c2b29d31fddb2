package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/assessment"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/reassessment"
)

// signatures is what waits for the doctor's second signature.
func (s *Server) signatures(w http.ResponseWriter, r *http.Request) error {
	by := actor(r)
	after := r.URL.Query().Get("after")
	all, err := s.assessing.Signatures(r.Context(), by, application.ID(after), rows)
	if err != nil {
		return err
	}
	t := look.Table{Caption: lang.T("signature.title"), Quiet: true, Empty: lang.T("signature.none"), Columns: []look.Column{{Text: lang.T("column.name"), Tight: true},
		{Text: lang.T("session.column.wanted")}, {Text: lang.T("signature.first"), Tight: true}, {Text: lang.T("signature.since"), Tight: true}, {Text: lang.T("signature.asked"), Tight: true}}}
	for _, x := range all.Lines {
		asked := look.Cell{}
		if x.Named {
			asked.Tag = look.Tag{Text: lang.T("policy.yes"), Colour: look.Orange}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: x.Person.Name, Href: caseHref(x.Application.ID) + "/assess", Note: x.Person.Number.Masked()},
			{Text: categoryWords(x.Conclusion.Awaits())}, {Text: x.Conclusion.First}, {Text: instant(x.Since)}, asked}})
	}
	return show(w, r, http.StatusOK, signaturesPage(s.page(w, r, lang.T("signature.title")), t, signaturePager(after, all)))
}

func signaturePager(after string, all assessing.SignatureList) look.Pager {
	p := look.Pager{Shown: len(all.Lines), Total: -1}
	if after != "" {
		p.First = "/signatures"
	}
	if all.More {
		p.Next = "/signatures?after=" + url.QueryEscape(string(all.Lines[len(all.Lines)-1].Case.Application.ID))
	}
	return p
}

// dutiesMost is from how many on the number of signatures is not counted.
const dutiesMost = 500

// doctorDuties is what waits for a doctor beside the sessions.
func (s *Server) doctorDuties(r *http.Request) ([]look.Stat, error) {
	by := actor(r)
	if !by.Can(access.ApplicationCountersign) {
		return nil, nil
	}
	waiting, err := s.assessing.Signatures(r.Context(), by, "", dutiesMost)
	if err != nil {
		return nil, err
	}
	all, err := s.assessing.Reassessments(r.Context(), by)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(x reassessment.Reassessment) bool {
		return x.State != reassessment.Ordered && x.State != reassessment.Signed
	})
	var out []look.Stat
	if n := len(waiting.Lines); n > 0 {
		one := look.Stat{Number: n, Text: lang.T("signature.tray"), Href: "/signatures"}
		if waiting.More {
			one.Note = lang.T("signature.tray.more", n)
		}
		out = append(out, one)
	}
	if n := len(all); n > 0 {
		out = append(out, look.Stat{Number: n, Text: lang.T("signature.reassessments"), Href: "/reassessments"})
	}
	return out, nil
}

// applicationCountersign signs second, or sends back.
func (s *Server) applicationCountersign(w http.ResponseWriter, r *http.Request) error {
	id, do := application.ID(r.PathValue("id")), r.PostFormValue("do")
	var err error
	switch do {
	case "countersign":
		err = s.assessing.CountersignApplication(r.Context(), actor(r), id)
	case "return":
		err = s.assessing.ReturnSignature(r.Context(), actor(r), id, r.PostFormValue("reason"))
	default:
		err = fault.New(fault.Invalid, "form.choice.wrong")
	}
	if again(err) {
		return s.applicationAssessShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, caseHref(id), "assessment."+do+".done")
}

// waiting says whether a second doctor reads the conclusion, so that no form is offered.
func (v assessView) waiting() bool { return v.Signature != nil && v.Signature.Waiting }

// first says whether the reader signed first.
func (v assessView) isFirst() bool { return v.Signature.Conclusion.Doctor == v.account }

// seconds says whether the reader's second signature is wanted.
func (v assessView) seconds() bool {
	return slices.ContainsFunc(v.Signature.Conclusion.Findings, func(f assessment.Finding) bool {
		return f.Confirmer == "" && f.Doctor != v.account && slices.Contains(v.Licensed, f.Category)
	})
}

func (v assessView) signedRows() []look.Detail {
	c := v.Signature.Conclusion
	out := conclusionRows(c, v.Measure)
	return append(out, look.Detail{Key: lang.T("assessment.signed.by"), Value: c.First + " " + instant(v.Signature.Since)}, look.Detail{Key: lang.T("assessment.signed.asked"), Value: c.Second})
}

// returnTitle is what the second half of the form is for.
func (v assessView) returnTitle() string {
	if v.isFirst() {
		return lang.T("assessment.return.own")
	}
	return lang.T("assessment.return.title")
}

func (v assessView) returnReason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("assessment.return.reason"), Hint: lang.T("assessment.return.hint")}, Value: v.value("reason", ""), Rows: 3, Max: application.TextMost}
}

func (v assessView) returnButton() look.Button {
	b := look.Button{Text: lang.T("assessment.return"), Kind: look.Secondary, Name: "do", Value: "return"}
	if v.isFirst() {
		b.Text = lang.T("assessment.return.own")
	}
	return b
}

// second is who is asked for the second signature: a colleague with an account.
func (v assessView) second() look.Choice {
	c := look.Choice{Field: look.Field{Name: "second", Label: lang.T("assessment.second"), Hint: lang.T("assessment.second.hint")}, Value: v.value("second", ""), Empty: lang.T("assessment.second.pick")}
	for _, d := range v.Colleagues {
		o := look.Option{Value: string(d.Doctor.Doctor), Text: strings.TrimSpace(d.Name + " " + d.Title), Disabled: d.Bar != nil}
		if d.Bar != nil {
			o.Text += "（" + say(d.Bar) + "）"
		}
		c.Options = append(c.Options, o)
	}
	return c
}

// secondName is the name of a second doctor without an account.
func (v assessView) secondName() look.Input {
	return look.Input{Field: look.Field{Name: "second_name", Label: lang.T("assessment.second.name"), Hint: lang.T("assessment.second.name.hint"), Optional: true}, Value: v.value("second_name", ""), Width: look.W20}
}
