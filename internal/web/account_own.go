package web

import (
	"net/http"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// accountOwn shows who is signed in, what they may do and on which devices.
func (s *Server) accountOwn(w http.ResponseWriter, r *http.Request) error {
	own, err := s.office.Self(r.Context(), actor(r), s.gate.Token(r))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, accountOwnPage(s.page(w, r, lang.T("own.title")), ownView{own}))
}

// accountOthers signs the other devices out.
func (s *Server) accountOthers(w http.ResponseWriter, r *http.Request) error {
	if err := s.office.SignOutOthers(r.Context(), actor(r), s.gate.Token(r)); err != nil {
		return err
	}
	return s.done(w, r, "/account", "own.others.done")
}

// accountPrint keeps how large the letters are on this device.
func (s *Server) accountPrint(w http.ResponseWriter, r *http.Request) error {
	look.SetLarge(w, r.PostFormValue("size") == "large", r.TLS != nil)
	return redirect(w, r, gate.Next(r))
}

// accountPassword shows the form for a new password.
func (s *Server) accountPassword(w http.ResponseWriter, r *http.Request) error {
	return s.passwordShow(w, r, http.StatusOK, nil)
}

func (s *Server) passwordShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	own, err := s.office.Self(r.Context(), actor(r), s.gate.Token(r))
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("own.password.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}}
	return show(w, r, status, accountPasswordPage(p, own, visitor(r).Renew))
}

// accountPasswordSet changes the password; a locked account is signed out, because it may try no more.
func (s *Server) accountPasswordSet(w http.ResponseWriter, r *http.Request) error {
	err := s.office.ChangePassword(r.Context(), actor(r), office.Passwords{Old: r.PostFormValue("old"), New: r.PostFormValue("new"),
		Again: r.PostFormValue("again"), Token: s.gate.Token(r)})
	if again(err) {
		return s.passwordShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if fault.Of(err) == fault.Stale {
		return s.passwordShow(w, r, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account", "own.password.done")
}

// ownView is the own account as the page lays it out.
type ownView struct{ office.Self }

func (v ownView) details() []look.Detail {
	out := []look.Detail{
		{Key: lang.T("account.name"), Value: v.Account.Name}, {Key: lang.T("account.login"), Value: v.Account.Login},
		{Key: lang.T("account.role"), Value: word(v.Account.Role)}, {Key: lang.T("account.org"), Value: v.Org.Name}, {Key: lang.T("account.region"), Value: v.Place},
	}
	if len(v.Account.Categories) > 0 {
		out = append(out, look.Detail{Key: lang.T("account.title"), Value: v.Account.Title}, look.Detail{Key: lang.T("account.categories"), Value: joinWords(v.Account.Categories)})
	}
	return append(out, look.Detail{Key: lang.T("own.renew"), Value: v.Renew.Chinese(),
		Actions: []look.Link{{Text: lang.T("own.password.title"), Href: "/account/password"}}},
		look.Detail{Key: lang.T("pledge.last"), Value: pledgedOn(v.Account.Pledged), Actions: []look.Link{{Text: lang.T("pledge.again"), Href: "/account/pledge"}}},
		look.Detail{Key: lang.T("second.title"), Value: lang.T("second.about"), Actions: []look.Link{{Text: lang.T("second.look"), Href: "/account/second"}}},
		look.Detail{Key: lang.T("province.title"), Value: lang.T("province.about"), Actions: []look.Link{{Text: lang.T("province.look"), Href: "/account/province"}}},
		look.Detail{Key: lang.T("key.title"), Value: lang.T("key.about"), Actions: []look.Link{{Text: lang.T("key.look"), Href: "/account/second/keys"}}})
}

// devices is a table of sign-ins.
func devices(caption string, all []office.Device) look.Table {
	t := look.Table{Caption: caption, Empty: lang.T("devices.empty"), Columns: []look.Column{{Text: lang.T("devices.since"), Tight: true},
		{Text: lang.T("devices.seen"), Tight: true}, {Text: lang.T("devices.addr"), Tight: true}, {Text: lang.T("devices.agent")}}}
	for _, d := range all {
		note := ""
		if d.Here {
			note = lang.T("devices.here")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: look.Moment(d.Since.In(day.Beijing)), Note: note},
			{Text: look.Moment(d.Seen.In(day.Beijing))}, {Text: d.Addr}, {Text: d.Agent}}})
	}
	return t
}

// joinWords is the words of several values, separated as Chinese text does.
func joinWords[T lang.Namer](all []T) string {
	text := ""
	for i, v := range all {
		if i > 0 {
			text += "、"
		}
		text += word(v)
	}
	return text
}
