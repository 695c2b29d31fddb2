package web

import (
	"net/http"
	"net/url"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/staff"
)

func provinceHref(next string) string {
	return "/sign-in/province?" + url.Values{"next": {next}}.Encode()
}

// provinceGo sends a browser to the province's identity provider, with an errand that it must bring back.
func (s *Server) provinceGo(w http.ResponseWriter, r *http.Request) error {
	address, errand, err := s.office.BeginProvince(r.Context())
	if fault.Of(err) == fault.Refused {
		return s.provinceFailed(w, r, err)
	}
	if err != nil {
		return err
	}
	s.gate.SetErrand(w, gate.Next(r)+"\n"+errand)
	return redirect(w, r, address)
}

// provinceBack takes whoever comes back from there: to sign in, or to link the own account when the browser brings no errand of its own.
func (s *Server) provinceBack(w http.ResponseWriter, r *http.Request) error {
	kept := s.gate.TakeErrand(w, r)
	if kept == "" && s.gate.Token(r) != "" {
		return s.signed(s.linkFinish)(w, r)
	}
	next, errand, _ := strings.Cut(kept, "\n")
	token, err := s.office.SignInProvince(r.Context(), errand, r.URL.Query(), office.Attempt{Addr: gate.Address(r.Context()), Agent: r.UserAgent()})
	if fault.Of(err) == fault.Refused {
		return s.provinceFailed(w, r, err)
	}
	if err != nil {
		return err
	}
	s.gate.SetToken(w, token, 0)
	return redirect(w, r, next)
}

// provinceFailed shows the ordinary sign-in with what went wrong at the provider.
func (s *Server) provinceFailed(w http.ResponseWriter, r *http.Request, err error) error {
	gate.Mishap(r, err)
	p := s.page(w, r, lang.T("signin.title"))
	p.Problems = look.Find(err)
	return show(w, r, http.StatusUnprocessableEntity, signInPage(p, signInForm{Next: "/", Province: s.office.Province()}))
}

// link shows how the own account stands with the provider.
func (s *Server) link(w http.ResponseWriter, r *http.Request) error {
	return s.linkShow(w, r, "", nil)
}

func (s *Server) linkShow(w http.ResponseWriter, r *http.Request, address string, wrong error) error {
	v, err := s.office.Link(r.Context(), actor(r))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("province.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}}
	return show(w, r, status, linkPage(p, linkView{v, address}))
}

// linkBegin shows the way to the provider, where the person proves who they are there.
func (s *Server) linkBegin(w http.ResponseWriter, r *http.Request) error {
	address, err := s.office.BeginLink(r.Context(), actor(r), s.proof(r))
	if again(err) {
		return s.linkShow(w, r, "", err)
	}
	if err != nil {
		return err
	}
	s.gate.DropErrand(w)
	return s.linkShow(w, r, address, nil)
}

// linkFinish links the own account to whoever came back.
func (s *Server) linkFinish(w http.ResponseWriter, r *http.Request) error {
	err := s.office.FinishLink(r.Context(), actor(r), s.gate.Token(r), r.URL.Query())
	if again(err) {
		gate.Mishap(r, err)
		return s.linkShow(w, r, "", err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account/province", "province.linked.done")
}

// linkDrop ends the own link.
func (s *Server) linkDrop(w http.ResponseWriter, r *http.Request) error {
	err := s.office.DropLink(r.Context(), actor(r), s.proof(r))
	if again(err) {
		return s.linkShow(w, r, "", err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account/province", "province.unlinked.done")
}

// accountLinked links somebody's account to a name at the provider, or ends its link.
func (s *Server) accountLinked(w http.ResponseWriter, r *http.Request) error {
	return s.accountAct(w, r, "province.account.done", func(id staff.ID) error {
		return s.office.LinkAccount(r.Context(), actor(r), id, r.PostFormValue("linked"))
	})
}

type linkView struct {
	office.Link
	address string // at the provider, for somebody who may go there now
}

func (v linkView) details() []look.Detail {
	used := lang.T("key.used.never")
	if !v.Used.IsZero() {
		used = look.Moment(v.Used.In(day.Beijing))
	}
	return []look.Detail{{Key: lang.T("province.named"), Value: v.Named}, {Key: lang.T("province.since"), Value: look.Moment(v.Since.In(day.Beijing))}, {Key: lang.T("key.used"), Value: used}}
}

func (v accountView) linkedInput() look.Input {
	return look.Input{Field: look.Field{Name: "linked", Label: lang.T("province.named"), Hint: lang.T("province.named.hint"), Optional: true}, Value: v.Linked, Width: look.W20, Complete: "off"}
}
