package web

import (
	"net/http"
	"net/url"

	"hefa/internal/access"
	"hefa/internal/correction"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/registry"
)

func correctionHref(id person.ID) string { return personHref(id) + "/correction" }

// corrections is the identity numbers that were to be corrected.
func (s *Server) corrections(w http.ResponseWriter, r *http.Request) error {
	v := correctionsView{r: r}
	q := r.URL.Query()
	f := registry.CorrectionFilter{Region: region.Code(q.Get("region")), State: correction.State(q.Get("state")), After: q.Get("after"), Limit: rows}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.CorrectionRead, f.Region); err == nil && !v.whole {
		v.CorrectionList, err = s.registry.Corrections(r.Context(), actor(r), f)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, correctionsPage(s.page(w, r, lang.T("correction.title")), v))
}

type correctionsView struct {
	registry.CorrectionList
	r     *http.Request
	where look.Choice
	whole bool // no county is chosen yet
}

func (v correctionsView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("correction.state")}, Value: v.r.URL.Query().Get("state"), Empty: lang.T("reminder.filter.all")}, correction.States)
}

func (v correctionsView) table() look.Table {
	t := look.Table{Caption: lang.T("correction.title"), Quiet: true, Empty: lang.T("correction.empty"), Columns: []look.Column{{Text: lang.T("detail.name"), Tight: true},
		{Text: lang.T("correction.was"), Tight: true}, {Text: lang.T("correction.number"), Tight: true}, {Text: lang.T("correction.author"), Tight: true}, {Text: lang.T("correction.state"), Tight: true}}}
	for _, c := range v.Corrections {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: c.Name, Href: correctionHref(c.Person), Note: v.Places[c.Region]}, {Text: c.Was.Masked()}, {Text: c.Number.Masked()},
			{Text: c.AuthorName, Note: string(c.On)}, {Tag: correctionTag(c.Correction)}}})
	}
	return t
}

func correctionTag(c correction.Correction) look.Tag {
	return look.Tag{Text: word(c.State), Colour: map[correction.State]look.Colour{correction.Asked: look.Blue, correction.Granted: look.Green, correction.Denied: look.Red}[c.State]}
}

// correction shows the corrections of a person's number, with the form to ask for one or to decide about it.
func (s *Server) correction(w http.ResponseWriter, r *http.Request) error {
	return s.correctionShow(w, r, url.Values{}, nil)
}

func (s *Server) correctionShow(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	f, err := s.registry.Correction(r.Context(), actor(r), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	if fault.Of(wrong) == fault.Stale {
		status = http.StatusConflict
	}
	p := s.personFrame(w, r, lang.T("correction.title"), look.Link{Text: f.Name, Href: personHref(f.ID)})
	p.Caption, p.Problems = f.Name, look.Find(wrong)
	return show(w, r, status, correctionPage(p, correctionView{f, typed}))
}

// correctionAsk takes the form.
func (s *Server) correctionAsk(w http.ResponseWriter, r *http.Request) error {
	x := correction.Correction{Person: person.ID(r.PathValue("id")), Number: person.Number(look.Narrow(r.PostFormValue("number"))), Cause: correction.Cause(r.PostFormValue("cause")),
		Reason: r.PostFormValue("reason"), Evidence: r.PostFormValue("evidence")}
	err := s.registry.AskCorrection(r.Context(), actor(r), x)
	switch {
	case again(err):
		return s.correctionShow(w, r, r.PostForm, err)
	case err != nil:
		return err
	}
	return s.done(w, r, correctionHref(x.Person), "correction.asked.done")
}

// correctionJudge grants or denies.
func (s *Server) correctionJudge(w http.ResponseWriter, r *http.Request) error {
	of := person.ID(r.PathValue("id"))
	v := correction.Verdict{ID: r.PostFormValue("correction"), Grant: r.PostFormValue("do") == "grant", Number: person.Number(look.Narrow(r.PostFormValue("again"))), Opinion: r.PostFormValue("opinion")}
	err := s.registry.JudgeCorrection(r.Context(), actor(r), of, v)
	switch {
	case again(err) || fault.Of(err) == fault.Stale:
		return s.correctionShow(w, r, r.PostForm, err)
	case err != nil:
		return err
	case v.Grant:
		return s.done(w, r, personHref(of), "correction.granted.done")
	}
	return s.done(w, r, correctionHref(of), "correction.denied.done")
}

type correctionView struct {
	registry.CorrectionFile
	typed url.Values
}

func (v correctionView) details() []look.Detail {
	p := v.Person
	return []look.Detail{{Key: lang.T("detail.name"), Value: p.Name}, {Key: lang.T("detail.place"), Value: v.Place}, {Key: lang.T("correction.was"), Value: p.Number.Masked()},
		{Key: lang.T("detail.sex"), Value: word(p.Sex)}, {Key: lang.T("person.born"), Value: p.Birth.Chinese()}}
}

// told is one correction in words.
func (v correctionView) told(c correction.Correction) []look.Detail {
	out := []look.Detail{{Key: lang.T("correction.state"), Body: look.State(correctionTag(c))},
		{Key: lang.T("correction.number"), Value: lang.T("correction.number.text", c.Number.Masked(), c.Number.Sex(), c.Number.Birth().Chinese())},
		{Key: lang.T("correction.was"), Value: c.Was.Masked()}, {Key: lang.T("correction.cause"), Value: word(c.Cause)}, {Key: lang.T("correction.reason"), Value: c.Reason},
		{Key: lang.T("correction.evidence"), Value: c.Evidence}, {Key: lang.T("correction.author"), Value: lang.T("correction.by", c.AuthorName, c.On.Chinese())}}
	if c.Judged != "" {
		out = append(out, look.Detail{Key: lang.T("correction.judged"), Value: lang.T("correction.by", c.JudgeName, c.Judged.Chinese())}, look.Detail{Key: lang.T("correction.opinion"), Value: c.Opinion})
	}
	return out
}

func (v correctionView) causes() look.Choice {
	c := look.Choice{Field: look.Field{Name: "cause", Label: lang.T("correction.cause")}, Value: v.typed.Get("cause")}
	for _, k := range correction.Causes {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
	}
	return c
}

func (v correctionView) area(name string) look.Area {
	return look.Area{Field: look.Field{Name: name, Label: lang.T("correction." + name), Hint: lang.T("correction." + name + ".hint"), Optional: name == "opinion"}, Value: v.typed.Get(name), Rows: 2, Max: 200}
}

// input is a number as typed.
func (v correctionView) input(name string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: lang.T("correction." + name), Hint: lang.T("correction." + name + ".hint")}, Value: v.typed.Get(name), Width: look.W20, Complete: "off"}
}

// formers is the numbers that the person had before.
func (v correctionView) formers() look.Table {
	t := look.Table{Caption: lang.T("former.title"), Quiet: true, Columns: []look.Column{{Text: lang.T("former.number"), Tight: true}, {Text: lang.T("former.on"), Tight: true}, {Text: lang.T("former.state")}}}
	for _, f := range v.Formers {
		state := look.Cell{Text: lang.T("former.open")}
		if f.Decided != "" {
			state.Text, state.Note = lang.T("former.back"), lang.T("correction.by", f.Name, f.Decided.Chinese())+" "+f.Reason
		}
		if f.Apart {
			state.Text = lang.T("former.apart")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: f.Number.Masked()}, {Text: string(f.On)}, state}})
	}
	return t
}

// holders is who had the person's number before it was found to be theirs.
func (v correctionView) holders() look.Table {
	t := look.Table{Caption: lang.T("former.holders"), Quiet: true, Columns: []look.Column{{Text: lang.T("former.holder")}, {Text: lang.T("former.on"), Tight: true}, {Text: lang.T("former.reason")}}}
	for _, h := range v.Holders {
		who, found := look.Cell{Text: h.Place, Note: lang.T("former.holder.hidden")}, look.Cell{Text: h.Decided.Chinese()}
		if h.Known != nil {
			who = look.Cell{Text: h.Known.Name, Href: correctionHref(h.Person), Note: lang.T("former.holder.now", h.Known.Number.Masked())}
			found = look.Cell{Text: h.Reason, Note: lang.T("correction.by", h.Name, h.Decided.Chinese())}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{who, {Text: string(h.On)}, found}})
	}
	return t
}

// finding is where it is written how it was found whose a number truly is; of several numbers each has its own field.
func (v correctionView) finding(f registry.Former) look.Area {
	name := "former-" + f.ID + "-reason"
	return look.Area{Field: look.Field{Name: name, Label: lang.T("former.reason"), Hint: lang.T("former.reason.hint")}, Value: v.typed.Get(name), Rows: 2, Max: 200}
}

func apartButton(f registry.Former) look.Button {
	if f.Apart {
		return look.Button{Text: lang.T("former.back.button"), Kind: look.Secondary, Name: "do", Value: "back"}
	}
	return look.Button{Text: lang.T("former.apart.button"), Kind: look.Secondary, Name: "do", Value: "apart"}
}

// correctionFormer keeps whether a number of before is somebody else's.
func (s *Server) correctionFormer(w http.ResponseWriter, r *http.Request) error {
	of, former := person.ID(r.PathValue("id")), r.PostFormValue("former")
	x := registry.Finding{Former: former, Apart: r.PostFormValue("do") == "apart", Reason: r.PostFormValue("former-" + former + "-reason")}
	err := s.registry.FindApart(r.Context(), actor(r), of, x)
	switch {
	case again(err) || fault.Of(err) == fault.Stale:
		return s.correctionShow(w, r, r.PostForm, under("former-"+former, err))
	case err != nil:
		return err
	case x.Apart:
		return s.done(w, r, correctionHref(of), "former.apart.done")
	}
	return s.done(w, r, correctionHref(of), "former.back.done")
}
