package portal

import (
	"net/http"

	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
)

// verify asks for the code of a card in hand; the address that a phone reads off the card carries the code behind "#", which no server sees, and the
// page's script puts it into the form.
func (s *Server) verify(w http.ResponseWriter, r *http.Request) error {
	return s.verifyShow(w, r, http.StatusOK, nil)
}

func (s *Server) verifyShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	p := s.page(r, lang.T("verify.title"), "/verify")
	p.Problems = look.Find(wrong)
	return look.Send(w, r, status, verifyPage(p, r.PostFormValue("code"), s.o.Home))
}

// verifyTry says whether the card holds.
func (s *Server) verifyTry(w http.ResponseWriter, r *http.Request) error {
	if _, ok := s.verified.Allow(gate.Address(r.Context())); !ok {
		return s.verifyShow(w, r, http.StatusTooManyRequests, fault.New(fault.Busy, "verify.busy"))
	}
	v, err := s.records.Verify(r.Context(), anybody(r), r.PostFormValue("code"))
	switch fault.Of(err) {
	case fault.Invalid, fault.Refused:
		return s.verifyShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return look.Send(w, r, http.StatusOK, verifiedPage(s.page(r, lang.T("verify.result.title"), "/verify"), verifiedView{v}))
}

// verifiedView is the answer as the page lays it out.
type verifiedView struct{ records.Verified }

// printed is what the card must say.
func (v verifiedView) printed() []look.Detail {
	c := v.Code
	return []look.Detail{{Key: lang.T("verify.name"), Value: c.Name}, {Key: lang.T("verify.number"), Value: string(c.Number)}, {Key: lang.T("verify.sex"), Value: c.Sex},
		{Key: lang.T("verify.birth"), Value: c.Birth.Chinese()}, {Key: lang.T("verify.category"), Value: c.Category}, {Key: lang.T("verify.level"), Value: word(c.Level)},
		{Key: lang.T("verify.issued"), Value: c.Issued.Chinese()}, {Key: lang.T("verify.expires"), Value: c.Expires.Chinese()}, {Key: lang.T("verify.issuer"), Value: c.Issuer}}
}

func (v verifiedView) tag() look.Tag {
	if v.Holds {
		return look.Tag{Text: lang.T("verify.holds"), Colour: look.Green}
	}
	if v.Pending {
		return look.Tag{Text: lang.T("verify.pending"), Colour: look.Orange}
	}
	return look.Tag{Text: lang.T("verify.holds.not"), Colour: look.Red}
}
