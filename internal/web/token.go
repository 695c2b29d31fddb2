package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// tokens lists the tokens by which other programs act.
func (s *Server) tokens(w http.ResponseWriter, r *http.Request) error {
	return s.tokensShow(w, r, office.TokenOrder{Days: 30}, nil)
}

func (s *Server) tokensShow(w http.ResponseWriter, r *http.Request, o office.TokenOrder, wrong error) error {
	l, err := s.office.Tokens(r.Context(), actor(r), r.URL.Query().Get("after"), rows)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("tokens.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, tokensPage(p, tokensView{l, r, o}))
}

// tokenIssue makes a token, which is shown once.
func (s *Server) tokenIssue(w http.ResponseWriter, r *http.Request) error {
	o := office.TokenOrder{Login: strings.TrimSpace(r.PostFormValue("login")), Name: r.PostFormValue("name")}
	o.Days, _ = strconv.Atoi(strings.TrimSpace(r.PostFormValue("days"))) // what is no number is 0, which is refused
	for _, act := range r.PostForm["grave"] {
		o.Grave = append(o.Grave, access.Act(act))
	}
	token, err := s.office.IssueToken(r.Context(), actor(r), o, s.proof(r))
	if again(err) {
		return s.tokensShow(w, r, o, err)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("token.made.title"))
	p.Crumbs = []look.Link{{Text: lang.T("tokens.title"), Href: "/tokens"}}
	return show(w, r, http.StatusOK, tokenMadePage(p, token))
}

// tokenRevoke ends a token.
func (s *Server) tokenRevoke(w http.ResponseWriter, r *http.Request) error {
	err := s.office.RevokeToken(r.Context(), actor(r), r.PathValue("id"))
	if err != nil && fault.Of(err) != fault.Stale { // it was revoked already
		return err
	}
	return s.done(w, r, "/tokens", "token.revoke.done")
}

type tokensView struct {
	office.TokenList
	r *http.Request
	o office.TokenOrder // as typed
}

func (v tokensView) login() look.Input {
	return look.Input{Field: look.Field{Name: "login", Label: lang.T("token.new.login"), Hint: lang.T("token.new.login.hint")}, Value: v.o.Login, Width: look.W20, Complete: "off"}
}

func (v tokensView) name() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("token.name"), Hint: lang.T("token.new.name.hint")}, Value: v.o.Name, Width: look.W20, Complete: "off"}
}

func (v tokensView) days() look.Input {
	days := ""
	if v.o.Days != 0 {
		days = strconv.Itoa(v.o.Days)
	}
	return look.Input{Field: look.Field{Name: "days", Label: lang.T("token.new.days"), Hint: lang.T("token.new.days.hint", office.GraveDays)}, Value: days, Width: look.W5, Complete: "off"}
}

func (v tokensView) grave() look.Choices {
	c := look.Choices{Field: look.Field{Name: "grave", Label: lang.T("token.new.grave"), Hint: lang.T("token.new.grave.hint"), Optional: true}}
	for _, act := range access.Grave {
		c.Options = append(c.Options, look.Option{Value: string(act), Text: word(act)})
	}
	for _, act := range v.o.Grave {
		c.Values = append(c.Values, string(act))
	}
	return c
}

// acts is grave acts in words.
func acts(all []access.Act) string {
	var out []string
	for _, a := range all {
		out = append(out, word(a))
	}
	if len(out) == 0 {
		return lang.T("token.grave.none")
	}
	return strings.Join(out, "、")
}

func tokenTag(t office.TokenRow, now time.Time) look.Tag {
	switch {
	case t.Token.Revoked:
		return look.Tag{Text: lang.T("token.state.revoked"), Colour: look.Grey}
	case !now.Before(t.Token.Expires):
		return look.Tag{Text: lang.T("token.state.over"), Colour: look.Grey}
	}
	return look.Tag{Text: lang.T("token.state.valid"), Colour: look.Green}
}

func (v tokensView) table() look.Table {
	t := look.Table{Caption: lang.T("tokens.title"), Quiet: true, Empty: lang.T("tokens.empty"), Columns: []look.Column{{Text: lang.T("token.name")},
		{Text: lang.T("token.account")}, {Text: lang.T("token.created"), Tight: true}, {Text: lang.T("token.expires"), Tight: true},
		{Text: lang.T("token.grave")}, {Text: lang.T("account.state"), Tight: true}, {Text: lang.T("calendar.change"), Tight: true}}}
	for _, row := range v.Tokens {
		tag, change := tokenTag(row, v.Now), look.Cell{}
		if tag.Colour == look.Green {
			change.Body = tokenRevokeForm(row.Token.ID, row.Token.Name)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: row.Token.Name}, {Text: row.Name, Note: row.Login},
			{Text: string(day.Of(row.Token.Created, day.Beijing))}, {Text: string(day.Of(row.Token.Expires, day.Beijing))}, {Text: acts(row.Token.Grave)}, {Tag: tag}, change}})
	}
	return t
}

func (v tokensView) pager() look.Pager {
	next := ""
	if v.More {
		next = v.Tokens[len(v.Tokens)-1].Token.ID
	}
	return turner(v.r, len(v.Tokens), next)
}
