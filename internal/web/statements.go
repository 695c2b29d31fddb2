package web

import (
	"cmp"
	"io"
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/statement"
)

func statementHref(id statement.ID) string { return "/statements/" + string(id) }

func statementTag(s statement.State) look.Tag {
	return look.Tag{Text: word(s), Colour: map[statement.State]look.Colour{statement.Out: look.Blue, statement.Back: look.Green, statement.Revoked: look.Yellow, statement.Void: look.Grey}[s]}
}

// statements is the numbered papers of the area, with the form to print more of them.
func (s *Server) statements(w http.ResponseWriter, r *http.Request) error {
	return s.statementsShow(w, r, http.StatusOK, nil)
}

func (s *Server) statementsShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	q := r.URL.Query()
	v := statementsView{r: r}
	f := fieldwork.StatementFilter{Region: region.Code(q.Get("region")), Kind: statement.Kind(q.Get("kind")), State: statement.State(q.Get("state")), After: statement.ID(q.Get("after")), Limit: rows}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.StatementRead, f.Region); err != nil {
		return err
	}
	if !v.whole {
		if v.all, v.more, err = s.fieldwork.Statements(r.Context(), actor(r), f); err != nil {
			return err
		}
	}
	if v.to, err = s.placeField(r, look.Field{Name: "place", Label: lang.T("statement.place"), Hint: lang.T("statement.place.hint")}, region.Code(r.PostFormValue("place"))); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("statement.title"))
	p.Problems = look.Find(wrong)
	for i := range p.Problems {
		if p.Problems[i].Name == "region" {
			p.Problems[i].Name = "place"
		}
	}
	return show(w, r, status, statementsPage(p, v))
}

// statementIssue numbers papers and leads to them.
func (s *Server) statementIssue(w http.ResponseWriter, r *http.Request) error {
	o := statement.Order{Kind: statement.Kind(r.PostFormValue("form")), Region: region.Code(r.PostFormValue("place")), Person: person.ID(r.PostFormValue("person")), Count: counted(r, "count"),
		Signer: r.PostFormValue("signer"), Post: r.PostFormValue("post")}
	id, err := s.fieldwork.IssueStatements(r.Context(), actor(r), o)
	if o.Kind == statement.Waiver && o.Person != "" && fault.Of(err) == fault.Refused {
		return s.attemptsShow(w, r, o.Person, err) // where what is missing can be entered
	}
	if again(err) {
		return s.statementsShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, statementHref(id), "statement.issued.done")
}

// statementsView is the list as the page lays it out.
type statementsView struct {
	r         *http.Request
	all       []statement.Statement
	more      bool
	where, to look.Choice
	whole     bool // no county is chosen yet
}

func (v statementsView) issues() bool { return actor(v.r).Can(access.StatementIssue) }

func (v statementsView) next() string {
	if !v.more {
		return ""
	}
	return string(v.all[len(v.all)-1].ID)
}

func (v statementsView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("statement.kind")}, Value: v.r.URL.Query().Get("kind"), Empty: lang.T("reminder.filter.all")}, statement.Kinds)
}

func (v statementsView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("statement.state")}, Value: v.r.URL.Query().Get("state"), Empty: lang.T("reminder.filter.all")}, statement.States)
}

func (v statementsView) form() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "form", Label: lang.T("statement.kind")}, Value: v.r.PostFormValue("form"), Empty: lang.T("edit.pick")}, statement.Kinds)
}

func (v statementsView) count() look.Input {
	i := typed(v.r, "count", lang.T("statement.count"), lang.T("statement.count.hint"), look.W5)
	i.Value, i.Numeric = cmp.Or(i.Value, "1"), true
	return i
}

func (v statementsView) signer() look.Input {
	i := typed(v.r, "signer", lang.T("statement.signer"), lang.T("statement.signer.hint"), look.W20)
	i.Optional = true
	return i
}

func (v statementsView) post() look.Input {
	i := typed(v.r, "post", lang.T("statement.post"), "", look.W30)
	i.Optional = true
	return i
}

func (v statementsView) table() look.Table {
	t := statementTable(v.all)
	if v.whole {
		t.Empty = lang.T("disclosure.choose")
	}
	return t
}

// statementTable is signed papers in rows.
func statementTable(all []statement.Statement) look.Table {
	t := look.Table{Caption: lang.T("statement.title"), Quiet: true, Empty: lang.T("statement.empty"), Columns: []look.Column{{Text: lang.T("statement.no"), Tight: true}, {Text: lang.T("statement.kind")},
		{Text: lang.T("statement.signer")}, {Text: lang.T("statement.printed"), Tight: true}, {Text: lang.T("statement.received"), Tight: true}, {Text: lang.T("statement.state"), Tight: true}}}
	for _, x := range all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: x.No, Href: statementHref(x.ID)}, {Text: word(x.Kind)}, {Text: x.Signer, Note: x.Post}, {Text: string(x.Printed)}, {Text: string(x.Received)},
			{Tag: statementTag(x.State)}}})
	}
	return t
}

// statement is one signed paper.
func (s *Server) statement(w http.ResponseWriter, r *http.Request) error {
	return s.statementShow(w, r, http.StatusOK, nil)
}

func (s *Server) statementShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	x, err := s.fieldwork.Statement(r.Context(), actor(r), statement.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, x.No)
	p.Caption, p.Problems = word(x.Kind), look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("statement.title"), Href: "/statements"}}
	return show(w, r, status, statementPage(p, statementView{x, r}))
}

func (s *Server) statementDo(w http.ResponseWriter, r *http.Request, done string, do func(statement.ID) error) error {
	id := statement.ID(r.PathValue("id"))
	err := do(id)
	if again(err) {
		return s.statementShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, statementHref(id), done)
}

// statementName says who is on a paper.
func (s *Server) statementName(w http.ResponseWriter, r *http.Request) error {
	return s.statementDo(w, r, "statement.named.done", func(id statement.ID) error {
		return s.fieldwork.NameOnStatement(r.Context(), actor(r), id, typedNumber(r.PostForm))
	})
}

// statementEnd ends a paper that will not come back, or revokes a signed one.
func (s *Server) statementEnd(w http.ResponseWriter, r *http.Request) error {
	return s.statementDo(w, r, "statement.ended.done", func(id statement.ID) error {
		if r.PostFormValue("do") == "revoke" {
			return s.fieldwork.RevokeStatement(r.Context(), actor(r), id, r.PostFormValue("reason"))
		}
		return s.fieldwork.SpoilStatement(r.Context(), actor(r), id, r.PostFormValue("reason"))
	})
}

// statementForms is the papers of one printing, to be signed.
func (s *Server) statementForms(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.fieldwork.WriteStatements(r.Context(), actor(r), statement.ID(r.PathValue("id")), to)
	})
}

// statementOff takes somebody off the paper who was named on it wrongly.
func (s *Server) statementOff(w http.ResponseWriter, r *http.Request) error {
	id, who := statement.ID(r.PathValue("id")), person.ID(r.PostFormValue("person"))
	var wrong fault.Problems
	if who == "" {
		wrong.Add("person", "statement.off.missing")
	}
	err := wrong.Fault()
	if err == nil {
		err = s.fieldwork.TakeOffStatement(r.Context(), actor(r), id, who, r.PostFormValue("off"))
	}
	if again(err) {
		return s.statementShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, statementHref(id), "statement.off.done")
}

// statementProof is the scan of a signed paper, for a reason.
func (s *Server) statementProof(w http.ResponseWriter, r *http.Request) error {
	id := statement.ID(r.PathValue("id"))
	kind, content, err := s.fieldwork.StatementProof(r.Context(), actor(r), id, r.PostFormValue("reason"))
	return s.archived(w, r, kept{lang.T("statement.proof"), kind, content, look.Link{Text: lang.T("statement.proof.back"), Href: statementHref(id)}}, err)
}

// statementView is one paper as the page lays it out.
type statementView struct {
	fieldwork.Statement
	r *http.Request
}

func (v statementView) href(more string) string { return statementHref(v.ID) + more }

func (v statementView) details() []look.Detail {
	out := []look.Detail{{Key: lang.T("statement.state"), Body: look.State(statementTag(v.State))}, {Key: lang.T("statement.signer"), Value: v.Signer}, {Key: lang.T("statement.post"), Value: v.Post},
		{Key: lang.T("statement.printed"), Value: lang.T("statement.by", v.Printed, v.Clerk)}}
	if v.Received != "" {
		out = append(out, look.Detail{Key: lang.T("statement.received"), Value: string(v.Received)}, look.Detail{Key: lang.T("statement.pages"), Value: strconv.Itoa(v.Pages)})
	}
	if v.Proof != "" {
		out[len(out)-1].Actions = []look.Link{{Text: lang.T("statement.proof"), Href: v.href("/proof")}}
	}
	return out
}

func (v statementView) people() look.Table {
	t := look.Table{Caption: lang.T("statement.people"), Quiet: true, Empty: lang.T("statement.people.none"), Columns: []look.Column{{Text: lang.T("detail.name")}, {Text: lang.T("detail.number")}}}
	for _, p := range v.People {
		c := look.Cell{Text: p.Name}
		if actor(v.r).Can(access.PersonRead) {
			c.Href = personHref(p.ID)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{c, {Text: p.Number.Masked()}}})
	}
	return t
}

func (v statementView) names() bool {
	return actor(v.r).Can(access.StatementReceive) && v.State != statement.Void && v.Takes(len(v.People))
}

// takesOff says whether the reader may take somebody off the paper who was named on it wrongly.
func (v statementView) takesOff() bool {
	return actor(v.r).Can(access.StatementReceive) && len(v.People) > 0 && v.Kind != statement.Pledge && (v.State == statement.Out || v.State == statement.Back)
}

func (v statementView) person() look.Choice {
	c := look.Choice{Field: look.Field{Name: "person", Label: lang.T("statement.off.person")}, Value: v.r.PostFormValue("person"), Empty: lang.T("edit.pick")}
	for _, p := range v.People {
		c.Options = append(c.Options, look.Option{Value: string(p.ID), Text: p.Name + "　" + p.Number.Masked()})
	}
	return c
}

// offReason is why; its name differs from that of the reason for which the paper ends, as both stand on one page.
func (v statementView) offReason() look.Input {
	return look.Input{Field: look.Field{Name: "off", Label: lang.T("statement.off.reason"), Hint: lang.T("statement.off.hint")}, Value: v.r.PostFormValue("off"), Width: look.W30, Complete: "off"}
}

// ends says how the paper can end now: "spoil", "revoke" or "".
func (v statementView) ends() string {
	switch {
	case !actor(v.r).Can(access.StatementEnd):
	case v.State == statement.Out:
		return "spoil"
	case v.State == statement.Back && v.Kind == statement.Waiver:
		return "revoke"
	}
	return ""
}

// end is the words of how it ends.
func (v statementView) end() string {
	if v.ends() == "revoke" {
		return lang.T("statement.revoke")
	}
	return lang.T("statement.spoil")
}

func (v statementView) number() look.Input {
	return look.Input{Field: look.Field{Name: "number", Label: lang.T("statement.number"), Hint: lang.T("statement.number.hint")}, Value: v.r.PostFormValue("number"), Width: look.W20, Complete: "off"}
}

func (v statementView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("statement.reason")}, Value: v.r.PostFormValue("reason"), Rows: 2, Max: 200}
}
