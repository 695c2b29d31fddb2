package web

import (
	"net/http"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// tokens lists the tokens by which other programs act.
func (s *Server) tokens(w http.ResponseWriter, r *http.Request) error {
	l, err := s.office.Tokens(r.Context(), actor(r), r.URL.Query().Get("after"), rows)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, tokensPage(s.page(w, r, lang.T("tokens.title")), tokensView{l, r}))
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
		{Text: lang.T("account.state"), Tight: true}, {Text: lang.T("calendar.change"), Tight: true}}}
	for _, row := range v.Tokens {
		tag, change := tokenTag(row, v.Now), look.Cell{}
		if tag.Colour == look.Green {
			change.Body = tokenRevokeForm(row.Token.ID, row.Token.Name)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: row.Token.Name}, {Text: row.Name, Note: row.Login},
			{Text: string(day.Of(row.Token.Created, day.Beijing))}, {Text: string(day.Of(row.Token.Expires, day.Beijing))}, {Tag: tag}, change}})
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
