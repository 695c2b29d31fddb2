package web

import (
	"encoding/base64"
	"net/http"
	"strings"

	"rsc.io/qr"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// signInCode asks for the code of the second factor.
func (s *Server) signInCode(w http.ResponseWriter, r *http.Request) error {
	return s.signInCodeShow(w, r, http.StatusOK, nil)
}

func (s *Server) signInCodeShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	title := lang.T("second.ask.title")
	if visitor(r).Means.Key {
		title = lang.T("second.ask.key.title")
	}
	p := s.page(w, r, title)
	p.Problems = look.Find(wrong)
	return show(w, r, status, signInCodePage(p, visitor(r).Means, gate.Next(r)))
}

// signInCodeTry makes the sign-in whole; one that a lock ended begins again with the password.
func (s *Server) signInCodeTry(w http.ResponseWriter, r *http.Request) error {
	token, err := s.office.SignInCode(r.Context(), s.gate.Token(r), r.PostFormValue("code"), gate.Address(r.Context()))
	return s.signInWhole(w, r, token, err)
}

// signInKeyTry makes the sign-in whole with a key.
func (s *Server) signInKeyTry(w http.ResponseWriter, r *http.Request) error {
	token, err := s.office.SignInKey(r.Context(), s.gate.Token(r), r.PostFormValue("key"), gate.Address(r.Context()))
	return s.signInWhole(w, r, token, err)
}

func (s *Server) signInWhole(w http.ResponseWriter, r *http.Request, token string, err error) error {
	if fault.Of(err) == fault.Refused {
		s.gate.DropToken(w)
		p := s.page(w, r, lang.T("signin.title"))
		p.Problems = look.Find(err)
		p.Problems[0].Name = "account"
		return show(w, r, http.StatusUnprocessableEntity, signInPage(p, signInForm{Next: gate.Next(r), Province: s.office.Province()}))
	}
	if again(err) {
		return s.signInCodeShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	s.gate.SetToken(w, token, 0)
	return redirect(w, r, gate.Next(r))
}

// second shows the own second factor, or how it is set up.
func (s *Server) second(w http.ResponseWriter, r *http.Request) error {
	return s.secondShow(w, r, http.StatusOK, nil)
}

func (s *Server) secondShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	v, err := s.office.Second(r.Context(), actor(r))
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("second.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}}
	return show(w, r, status, secondPage(p, secondView{v, visitor(r).Enrol}))
}

// secondAct takes a form of the page and leads back to it.
func (s *Server) secondAct(w http.ResponseWriter, r *http.Request, err error, done string) error {
	if again(err) {
		return s.secondShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if fault.Of(err) == fault.Stale {
		return s.secondShow(w, r, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	if done == "" {
		return redirect(w, r, "/account/second")
	}
	return s.done(w, r, "/account/second", done)
}

// secondBegin makes a secret.
func (s *Server) secondBegin(w http.ResponseWriter, r *http.Request) error {
	return s.secondAct(w, r, s.office.BeginSecond(r.Context(), actor(r), s.proof(r)), "")
}

// secondConfirm switches the second factor on and shows the recovery codes once.
func (s *Server) secondConfirm(w http.ResponseWriter, r *http.Request) error {
	codes, err := s.office.ConfirmSecond(r.Context(), actor(r), r.PostFormValue("code"), s.gate.Token(r))
	if err != nil {
		return s.secondAct(w, r, err, "")
	}
	p := s.page(w, r, lang.T("second.spare.title"))
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}}
	return show(w, r, http.StatusOK, secondSparePage(p, codes))
}

// secondDrop takes the own second factor off.
func (s *Server) secondDrop(w http.ResponseWriter, r *http.Request) error {
	return s.secondAct(w, r, s.office.DropSecond(r.Context(), actor(r), r.PostFormValue("old")), "second.drop.done")
}

// secondView is the second factor as the page lays it out; Forced says that the post wants it.
type secondView struct {
	office.Second
	Forced bool
}

func (v secondView) details() []look.Detail {
	return []look.Detail{{Key: lang.T("second.state"), Body: look.State(look.Tag{Text: lang.T("second.state.on"), Colour: look.Green})},
		{Key: lang.T("second.since"), Value: look.Moment(v.Since.In(day.Beijing))}, {Key: lang.T("second.left"), Value: lang.T("second.left.count", v.Left)}}
}

// picture is the secret as a code that the app photographs.
func (v secondView) picture() (string, error) { return picture(v.Address) }

// picture is a text as a QR code inside the page, so that it is kept nowhere.
func picture(text string) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", err
	}
	code.Scale = 5
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG()), nil
}

// grouped is a secret in groups of four, as people type it.
func (v secondView) grouped() string {
	var parts []string
	for s := v.Secret; s != ""; s = s[min(4, len(s)):] {
		parts = append(parts, s[:min(4, len(s))])
	}
	return strings.Join(parts, " ")
}
