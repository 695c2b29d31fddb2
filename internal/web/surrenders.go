package web

import (
	"net/http"
	"net/url"
	"slices"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
)

// surrenders is the cards that cancelled holders did not give back.
func (s *Server) surrenders(w http.ResponseWriter, r *http.Request) error {
	return s.surrendersShow(w, r, r.URL.Query(), nil)
}

func (s *Server) surrendersShow(w http.ResponseWriter, r *http.Request, q url.Values, wrong error) error {
	v := surrendersView{q: q, by: actor(r)}
	f := records.OwedFilter{Region: region.Code(q.Get("region")), Given: v.settled(), After: q.Get("after"), Limit: recallsAtOnce}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	if fault.Of(wrong) == fault.Stale {
		status = http.StatusConflict
	}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.RecallRead, f.Region); err == nil && !v.whole {
		v.Owings, err = s.records.Owings(r.Context(), v.by, f)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("surrender.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, surrendersPage(p, v))
}

// surrendersTake records what became of the ticked cards.
func (s *Server) surrendersTake(w http.ResponseWriter, r *http.Request) error {
	on, ok := look.ReadDay(r.PostFormValue("day"))
	if !ok {
		on = day.Day("")
	}
	x := card.Surrender{Day: on, Reason: r.PostFormValue("reason")}
	var err error
	var path, said string
	switch r.PostFormValue("do") {
	case "take":
		x.Obtained, path, said = true, "/recalls", "surrender.done"
		err = s.records.TakeRecalled(r.Context(), actor(r), x, tickedCards(r))
	case "missing":
		path, said = "/recalls/cancelled", "surrender.done.missing"
		err = s.records.TakeRecalled(r.Context(), actor(r), x, tickedCards(r))
	case "retract":
		path, said = "/recalls/cancelled", "surrender.done.retract"
		err = s.records.RetractRecalled(r.Context(), actor(r), false, tickedCards(r))
	default:
		err = fault.New(fault.Refused, "form.choice.wrong")
	}
	if again(err) || fault.Of(err) == fault.Stale {
		return s.surrendersShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, path, said)
}

// tickedCards is the certificates that were ticked.
func tickedCards(r *http.Request) (ids []certificate.ID) {
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, certificate.ID(id))
	}
	return ids
}

// surrendersView is the cards as the page lays them out; q is the conditions, and what was typed when the form failed.
type surrendersView struct {
	records.Owings
	q     url.Values
	by    access.Actor
	where look.Choice
	whole bool // no county is chosen yet
}

func (v surrendersView) taking() bool { return v.by.Can(access.RecallTake) && len(v.Rows) > 0 }

func (v surrendersView) given() look.Choices {
	return look.Choices{Field: look.Field{Name: "given", Label: lang.T("surrender.given")}, Options: []look.Option{{Value: "yes", Text: lang.T("surrender.given.yes")}}, Values: v.q["given"]}
}

func (v surrendersView) table() look.Table {
	t := look.Table{Caption: lang.T("surrender.title"), Quiet: true, Empty: lang.T("surrender.empty"), Columns: []look.Column{{Text: lang.T("cards.column.name")}, {Text: lang.T("recall.old")},
		{Text: lang.T("cards.column.village")}, {Text: lang.T("surrender.since"), Tight: true}, {Text: lang.T("surrender.why")}, {Text: lang.T("surrender.reason")}}}
	if v.whole {
		t.Empty = lang.T("recall.choose")
	}
	if v.taking() {
		t.Select = "ids"
	}
	for _, o := range v.Rows {
		c := o.Certificate
		t.Rows = append(t.Rows, look.Row{Value: string(c.ID), Label: o.Person.Name, Picked: slices.Contains(v.q["ids"], string(c.ID)), Cells: []look.Cell{
			{Text: o.Person.Name, Href: "/certificates/" + string(c.ID)}, {Text: c.Number.Masked()}, {Text: v.Places[c.Region]}, {Text: string(c.Since)}, {Text: reasonWord(c.Reason)},
			{Text: o.Surrender.Reason, Note: o.Surrender.Clerk}}})
	}
	return t
}

// reasonWord is why a certificate was cancelled, "" when a list did not say.
func reasonWord(r certificate.Reason) string {
	if r == "" {
		return ""
	}
	return lang.T(r.Word())
}

// settled says whether those are shown that were found not to be obtained.
func (v surrendersView) settled() bool { return v.q.Get("given") != "" }

// buttons is what the reader may do; one that was found not to be obtained may have turned up, or was meant to be another.
func (v surrendersView) buttons() []look.Button {
	second := look.Button{Text: lang.T("surrender.missing"), Kind: look.Secondary, Name: "do", Value: "missing"}
	if v.settled() {
		second.Text, second.Value = lang.T("surrender.retract"), "retract"
	}
	return []look.Button{{Text: lang.T("surrender.take"), Name: "do", Value: "take"}, second}
}

func (v surrendersView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Rows), Total: -1}
	if v.q.Get("after") != "" {
		p.First = carrying("/recalls/cancelled", v.q, []string{"region", "given"})
	}
	if v.Next != "" {
		p.Next = carrying("/recalls/cancelled", v.q, []string{"region", "given"}, "after", v.Next)
	}
	return p
}

func (v surrendersView) day() look.Input {
	return look.Input{Field: look.Field{Name: "day", Label: lang.T("surrender.day")}, Value: v.q.Get("day"), Width: look.W20, Complete: "off"}
}

func (v surrendersView) reason() look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("surrender.reason"), Hint: lang.T("surrender.reason.hint")}, Value: v.q.Get("reason"), Complete: "off"}
}
