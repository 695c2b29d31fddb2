package web

import (
	"io"
	"net/http"
	"net/url"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/staff"
)

// passkeys shows the own keys, and the form that begins another.
func (s *Server) passkeys(w http.ResponseWriter, r *http.Request) error {
	return s.passkeysShow(w, r, "", nil)
}

func (s *Server) passkeysShow(w http.ResponseWriter, r *http.Request, name string, wrong error) error {
	v, err := s.office.Second(r.Context(), actor(r))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return show(w, r, status, passkeysPage(s.keyPage(w, r, lang.T("key.title"), wrong), passkeysView{v, visitor(r).Enrol, name}))
}

// keyPage is the frame of a page about keys.
func (s *Server) keyPage(w http.ResponseWriter, r *http.Request, title string, wrong error) look.Page {
	p := s.page(w, r, title)
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}, {Text: lang.T("second.title"), Href: "/account/second"}}
	return p
}

// passkeyBegin takes the name of a new key and leads to where it is touched.
func (s *Server) passkeyBegin(w http.ResponseWriter, r *http.Request) error {
	name := r.PostFormValue("name")
	options, err := s.office.BeginKey(r.Context(), actor(r), name, s.proof(r))
	if again(err) {
		return s.passkeysShow(w, r, name, err)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, passkeyTouchPage(s.keyPage(w, r, lang.T("key.add.title"), nil), options))
}

// passkeyAdd takes what the new key answered.
func (s *Server) passkeyAdd(w http.ResponseWriter, r *http.Request) error {
	codes, err := s.office.AddKey(r.Context(), actor(r), s.gate.Token(r), r.PostFormValue("key"))
	switch {
	case again(err):
		return s.passkeysShow(w, r, "", err)
	case err != nil:
		return err
	case len(codes) == 0:
		return s.done(w, r, "/account/second/keys", "key.add.done")
	}
	p := s.page(w, r, lang.T("second.spare.title"))
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}}
	return show(w, r, http.StatusOK, secondSparePage(p, codes))
}

// keyAsk is what the script is told to ask a key.
func (s *Server) keyAsk(w http.ResponseWriter, r *http.Request) error {
	options, err := s.office.AskKey(r.Context(), actor(r), s.gate.Token(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = io.WriteString(w, options)
	return err
}

// passkeyDropAsk asks whether a key is to go.
func (s *Server) passkeyDropAsk(w http.ResponseWriter, r *http.Request) error {
	return s.passkeyDropShow(w, r, nil)
}

func (s *Server) passkeyDropShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	v, err := s.office.Second(r.Context(), actor(r))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	for _, k := range v.Keys {
		if k.ID == r.FormValue("id") {
			return show(w, r, status, passkeyDropPage(s.keyPage(w, r, lang.T("key.drop.title"), wrong), k))
		}
	}
	return fault.New(fault.Missing, "record.missing")
}

// passkeyDrop takes a key off.
func (s *Server) passkeyDrop(w http.ResponseWriter, r *http.Request) error {
	err := s.office.DropKey(r.Context(), actor(r), r.PostFormValue("id"), s.proof(r))
	if again(err) {
		return s.passkeyDropShow(w, r, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account/second/keys", "key.drop.done")
}

// passkeysView is the own keys as the page lays them out; Forced says that the post wants a second factor.
type passkeysView struct {
	office.Second
	Forced bool
	name   string
}

func (v passkeysView) table() look.Table {
	t := look.Table{Caption: lang.T("key.list"), Empty: lang.T("key.empty"), Columns: []look.Column{{Text: lang.T("key.name")}, {Text: lang.T("key.state"), Tight: true},
		{Text: lang.T("key.since"), Tight: true}, {Text: lang.T("key.used"), Tight: true}, {Text: lang.T("key.drop"), Tight: true}}}
	for _, k := range v.Keys {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: k.Name}, {Tag: keyTag(k)}, {Text: look.Moment(time.UnixMicro(k.Since).In(day.Beijing))},
			{Text: keyUsed(k)}, {Text: lang.T("key.drop.which", k.Name), Href: "/account/second/keys/drop?" + url.Values{"id": {k.ID}}.Encode()}}})
	}
	return t
}

func keyTag(k staff.Passkey) look.Tag {
	if k.Good() {
		return look.Tag{Text: lang.T("key.state.on"), Colour: look.Green}
	}
	return look.Tag{Text: lang.T("key.state.doubled"), Colour: look.Red}
}

func keyUsed(k staff.Passkey) string {
	if k.Used == 0 {
		return lang.T("key.used.never")
	}
	return look.Moment(time.UnixMicro(k.Used).In(day.Beijing))
}

func (v passkeysView) nameInput() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("key.name"), Hint: lang.T("key.name.hint")}, Value: v.name, Width: look.W20, Complete: "off"}
}
