package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// away is the address of a link that leads away without saving, "" when there is no way past the form.
func away(forced bool, href string) string {
	if forced {
		return ""
	}
	return href
}

// accounts lists the accounts of the area.
func (s *Server) accounts(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := office.AccountFilter{Region: region.Code(q.Get("region")), Role: access.Role(q.Get("role")), Q: look.Narrow(q.Get("q")), Off: q.Get("off"),
		After: q.Get("after"), Limit: rows}
	l, err := s.office.Accounts(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	where, err := s.placeField(r, look.Field{Name: "region", Label: lang.T("account.region")}, f.Region)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, accountsPage(s.page(w, r, lang.T("accounts.title")), accountsView{l, f, where, r}))
}

// account shows one account and what can be done with it.
func (s *Server) account(w http.ResponseWriter, r *http.Request) error {
	return s.accountShow(w, r, http.StatusOK, nil)
}

func (s *Server) accountShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	f, err := s.office.Account(r.Context(), actor(r), staff.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, f.Name)
	p.Caption, p.Problems = f.Login, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("accounts.title"), Href: "/accounts"}}
	return show(w, r, status, accountPage(p, accountView{f, string(f.ID) == actor(r).Account}))
}

// accountAct runs one act on an account and comes back to it.
func (s *Server) accountAct(w http.ResponseWriter, r *http.Request, done string, act func(staff.ID) error) error {
	id := staff.ID(r.PathValue("id"))
	err := act(id)
	if again(err) {
		return s.accountShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if fault.Of(err) == fault.Stale {
		return s.accountShow(w, r, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, accountHref(id), done)
}

func accountHref(id staff.ID) string { return "/accounts/" + string(id) }

// accountDisable keeps an account out.
func (s *Server) accountDisable(w http.ResponseWriter, r *http.Request) error {
	return s.accountAct(w, r, "account.disable.done", func(id staff.ID) error { return s.office.DisableAccount(r.Context(), actor(r), id, true) })
}

// accountEnable lets an account in again.
func (s *Server) accountEnable(w http.ResponseWriter, r *http.Request) error {
	return s.accountAct(w, r, "account.enable.done", func(id staff.ID) error { return s.office.DisableAccount(r.Context(), actor(r), id, false) })
}

// accountUnlock ends a lock early.
func (s *Server) accountUnlock(w http.ResponseWriter, r *http.Request) error {
	return s.accountAct(w, r, "account.unlock.done", func(id staff.ID) error { return s.office.UnlockAccount(r.Context(), actor(r), id) })
}

// accountEnd signs an account out everywhere.
func (s *Server) accountEnd(w http.ResponseWriter, r *http.Request) error {
	return s.accountAct(w, r, "account.end.done", func(id staff.ID) error { return s.office.EndSignins(r.Context(), actor(r), id) })
}

// accountSecond takes a second factor off whose phone is lost.
func (s *Server) accountSecond(w http.ResponseWriter, r *http.Request) error {
	return s.accountAct(w, r, "account.second.done", func(id staff.ID) error { return s.office.ResetSecond(r.Context(), actor(r), id) })
}

// accountReset gives a first password again and shows it once.
func (s *Server) accountReset(w http.ResponseWriter, r *http.Request) error {
	id := staff.ID(r.PathValue("id"))
	password, err := s.office.ResetPassword(r.Context(), actor(r), id)
	if again(err) {
		return s.accountShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.passwordOnce(w, r, id, password)
}

// passwordOnce shows a first password; the page is kept nowhere (every answer says no-store).
func (s *Server) passwordOnce(w http.ResponseWriter, r *http.Request, id staff.ID, password string) error {
	f, err := s.office.Account(r.Context(), actor(r), id)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("account.once.title"))
	p.Crumbs = []look.Link{{Text: lang.T("accounts.title"), Href: "/accounts"}}
	return show(w, r, http.StatusOK, accountOncePage(p, f, password))
}

// accountsView is the list as the page lays it out.
type accountsView struct {
	office.AccountList
	f     office.AccountFilter
	where look.Choice
	r     *http.Request
}

func (v accountsView) roles() look.Choice {
	return roleField(look.Field{Name: "role", Label: lang.T("account.role")}, v.f.Role, lang.T("edit.all"))
}

// roleField is a drop-down of the posts.
func roleField(f look.Field, value access.Role, empty string) look.Choice {
	return picks(look.Choice{Field: f, Value: string(value), Empty: empty}, access.Roles)
}

func (v accountsView) off() look.Choice {
	return look.Choice{Field: look.Field{Name: "off", Label: lang.T("account.state")}, Value: v.f.Off, Empty: lang.T("edit.all"),
		Options: []look.Option{{Value: "no", Text: lang.T("account.state.on")}, {Value: "yes", Text: lang.T("account.state.off")}}}
}

func (v accountsView) table() look.Table {
	t := look.Table{Caption: lang.T("accounts.title"), Quiet: true, Empty: lang.T("accounts.empty"), Columns: []look.Column{{Text: lang.T("account.name")},
		{Text: lang.T("account.role")}, {Text: lang.T("account.org")}, {Text: lang.T("account.region")}, {Text: lang.T("account.state"), Tight: true}}}
	for _, a := range v.Accounts {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: a.Name, Href: accountHref(a.ID), Note: a.Login}, {Text: word(a.Role)}, {Text: v.Orgs[a.Org]},
			{Text: v.Places[a.Region]}, {Tag: accountTag(a, a.Locked > v.Now.UnixMicro())}}})
	}
	return t
}

func (v accountsView) pager() look.Pager {
	next := ""
	if v.More {
		next = v.Accounts[len(v.Accounts)-1].Login
	}
	return turner(v.r, len(v.Accounts), next)
}

// accountTag says whether an account can be used.
func accountTag(a staff.Account, locked bool) look.Tag {
	switch {
	case a.Disabled:
		return look.Tag{Text: lang.T("account.state.off"), Colour: look.Grey}
	case locked:
		return look.Tag{Text: lang.T("account.state.locked"), Colour: look.Red}
	case a.Fresh:
		return look.Tag{Text: lang.T("account.state.fresh"), Colour: look.Yellow}
	}
	return look.Tag{Text: lang.T("account.state.on"), Colour: look.Green}
}

// accountView is one account as the page lays it out.
type accountView struct {
	office.AccountFile
	self bool
}

func (v accountView) details() []look.Detail {
	out := []look.Detail{
		{Key: lang.T("account.state"), Body: look.State(accountTag(v.Account, v.IsLocked()))}, {Key: lang.T("account.login"), Value: v.Login},
		{Key: lang.T("account.role"), Value: word(v.Role)}, {Key: lang.T("account.org"), Value: v.Office.Name}, {Key: lang.T("account.region"), Value: v.Place},
		{Key: lang.T("pledge.last"), Value: pledgedOn(v.Pledged)},
	}
	if v.Role == access.Doctor {
		out = append(out, look.Detail{Key: lang.T("account.title"), Value: v.Title}, look.Detail{Key: lang.T("account.categories"), Value: joinWords(v.Categories)})
	}
	return out
}
