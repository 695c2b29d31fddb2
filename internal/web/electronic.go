package web

import (
	"io"
	"net/http"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
)

// electronic shows a certificate as its holder carries it on a phone.
func (s *Server) electronic(w http.ResponseWriter, r *http.Request) error {
	id := certificate.ID(r.PathValue("id"))
	e, err := s.records.Electronic(r.Context(), actor(r), id)
	if fault.Of(err) == fault.Refused {
		return s.certificateShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("electronic.title"))
	p.Caption = e.Name
	p.Crumbs = []look.Link{{Text: lang.T("certificates.title"), Href: "/certificates"}, {Text: e.Name, Href: certificateHref(id)}}
	return show(w, r, http.StatusOK, electronicPage(p, electronicView{e, id}))
}

// electronicPrint is the same as a paper.
func (s *Server) electronicPrint(w http.ResponseWriter, r *http.Request) error {
	id := certificate.ID(r.PathValue("id"))
	return sendPDF(w, func(to io.Writer) error { return s.records.WriteElectronic(r.Context(), actor(r), id, to) })
}

// electronicView is a certificate on a phone as the page lays it out.
type electronicView struct {
	records.Electronic
	id certificate.ID
}

func (v electronicView) picture() (string, error) { return picture(v.QR) }

func (v electronicView) printed() []look.Detail {
	return []look.Detail{{Key: lang.T("verify.name"), Value: v.Name}, {Key: lang.T("verify.number"), Value: string(v.Number)}, {Key: lang.T("verify.sex"), Value: v.Sex},
		{Key: lang.T("verify.birth"), Value: v.Birth.Chinese()}, {Key: lang.T("verify.category"), Value: v.Category}, {Key: lang.T("verify.level"), Value: word(v.Level)},
		{Key: lang.T("verify.issued"), Value: v.Issued.Chinese()}, {Key: lang.T("verify.expires"), Value: v.Expires.Chinese()}, {Key: lang.T("verify.issuer"), Value: v.Issuer}}
}
