package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// auditHeads shows the newest signed heads, to be printed and kept elsewhere.
func (s *Server) auditHeads(w http.ResponseWriter, r *http.Request) error {
	heads, err := s.office.WitnessedHeads(r.Context(), actor(r))
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("heads.title"))
	p.Crumbs = []look.Link{{Text: lang.T("audit.title"), Href: "/audit"}, {Text: lang.T("audit.log.title"), Href: "/audit/log"}}
	var all []headView
	for _, h := range heads {
		all = append(all, headView{h})
	}
	return show(w, r, http.StatusOK, auditHeadsPage(p, all))
}

// headView is a head as the page prints it.
type headView struct{ office.WitnessedHead }

func (v headView) place() string {
	if v.County == "" {
		return lang.T("audit.log.nowhere")
	}
	return v.County
}

// text is the head as audit verify --head reads it.
func (v headView) text() (string, error) {
	b, err := json.Marshal(v.Head)
	return string(b), err
}

func (v headView) picture() (string, error) {
	text, err := v.text()
	if err != nil {
		return "", err
	}
	return picture(text)
}

func (v headView) details() []look.Detail {
	taken := lang.T("heads.receipt.none")
	if v.Receipt.Size > 0 {
		taken = lang.T("heads.receipt.text", v.Receipt.Size, look.Moment(v.Receipt.At.In(day.Beijing)), v.Receipt.Receipt)
	}
	return []look.Detail{{Key: lang.T("audit.log.lines"), Value: strconv.FormatInt(v.Size, 10)}, {Key: lang.T("audit.log.last"), Value: look.Moment(v.At.In(day.Beijing))},
		{Key: lang.T("heads.receipt"), Value: taken}}
}
