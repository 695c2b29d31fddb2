package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/roster"
	"hefa/internal/sheet"
)

func certificateHref(id certificate.ID) string { return "/certificates/" + string(id) }

// certificateFilter is what was asked for; a day that is none is a problem at its field.
func certificateFilter(r *http.Request) (registry.CertificateFilter, look.Problems) {
	q := r.URL.Query()
	f := registry.CertificateFilter{Region: region.Code(q.Get("region")), State: certificate.State(q.Get("state")), Category: certificate.Category(q.Get("category")),
		Level: certificate.Level(q.Get("level")), Poor: q.Get("poor") == "yes", Absent: roster.ID(q.Get("absent")), After: q.Get("after"), Limit: rows}
	var p look.Problems
	var ok bool
	if f.From, ok = look.ReadDay(q.Get("from")); !ok {
		p = append(p, fault.Field{Name: "from", Key: "audit.day.wrong"})
	}
	if f.To, ok = look.ReadDay(q.Get("to")); !ok {
		p = append(p, fault.Field{Name: "to", Key: "audit.day.wrong"})
	}
	return f, p
}

// certificates lists the certificates of an area by expiry.
func (s *Server) certificates(w http.ResponseWriter, r *http.Request) error {
	f, wrong := certificateFilter(r)
	v := certificatesView{f: f, r: r, export: actor(r).Can(access.ListExport)}
	status := http.StatusOK
	var err error
	if len(wrong) == 0 {
		v.CertificateList, err = s.registry.Certificates(r.Context(), actor(r), f)
	}
	switch {
	case again(err) && f.Region == "":
		v.choose, v.export = true, false
	case again(err):
		status, wrong = http.StatusUnprocessableEntity, atField("region", err)
	case err != nil:
		return err
	case len(wrong) > 0:
		status = http.StatusUnprocessableEntity
	}
	if v.where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("people.region")}, f.Region); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("certificates.title"))
	p.Problems = wrong
	return show(w, r, status, certificatesPage(p, v))
}

// certificatesExport sends the list as a workbook.
func (s *Server) certificatesExport(w http.ResponseWriter, r *http.Request) error {
	f, wrong := certificateFilter(r)
	if len(wrong) > 0 {
		return &fault.Fault{Kind: fault.Invalid, Key: "audit.day.wrong", Fields: wrong}
	}
	return s.take(w, r, taking{name: lang.T("certificates.title"), columns: registry.CertificateColumns, streams: true, write: func(to sheet.Out) error {
		return s.registry.ExportCertificates(r.Context(), actor(r), f, to)
	}})
}

// certificate shows one certificate with its holder.
func (s *Server) certificate(w http.ResponseWriter, r *http.Request) error {
	return s.certificateShow(w, r, http.StatusOK, nil)
}

func (s *Server) certificateShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	f, err := s.registry.Certificate(r.Context(), actor(r), certificate.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, f.Person.Name)
	p.Caption, p.Problems = lang.T("certificates.title"), look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("certificates.title"), Href: "/certificates"}}
	return show(w, r, status, certificatePage(p, certificateView{f, actor(r).May(access.ApplicationPrint, f.Certificate.Region) == nil,
		actor(r).Can(access.CertificateRestore) && (f.Certificate.State == certificate.Frozen || f.Certificate.State == certificate.Lost), r.PostFormValue("reason")}))
}

// certificateRestore lets a frozen or lost certificate hold again.
func (s *Server) certificateRestore(w http.ResponseWriter, r *http.Request) error {
	id := certificate.ID(r.PathValue("id"))
	err := s.registry.RestoreCertificate(r.Context(), actor(r), id, r.PostFormValue("reason"))
	if again(err) {
		return s.certificateShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, certificateHref(id), "certificate.restore.done")
}

// standingTag says whether a certificate holds today.
func standingTag(c certificate.Certificate, today day.Day) look.Tag {
	colour, known := map[certificate.State]look.Colour{certificate.Valid: look.Green, certificate.Expiring: look.Yellow, certificate.Pending: look.Blue,
		certificate.Replaced: look.Grey, certificate.Cancelled: look.Grey, certificate.Expired: look.Red, certificate.Lost: look.Red}[c.Standing(today)]
	if !known {
		colour = look.Orange
	}
	return look.Tag{Text: word(c.Standing(today)), Colour: colour}
}

// gradesText is the categories and levels of a certificate: 肢体三级.
func gradesText(c certificate.Certificate) string {
	text := word(c.Category) + word(c.Level)
	if c.Category != certificate.Multiple {
		return text
	}
	var parts string
	for i, g := range c.Grades {
		if i > 0 {
			parts += "、"
		}
		parts += word(g.Category) + word(g.Level)
	}
	return lang.T("certificate.multiple", text, parts)
}

type certificatesView struct {
	registry.CertificateList
	f      registry.CertificateFilter
	where  look.Choice
	export bool
	choose bool // whoever answers for several counties picks one first
	r      *http.Request
}

func (v certificatesView) typed(name string) string { return v.r.URL.Query().Get(name) }

func (v certificatesView) states() look.Choice {
	c := look.Choice{Field: look.Field{Name: "state", Label: lang.T("certificates.state")}, Value: string(v.f.State), Empty: lang.T("edit.all")}
	for _, st := range certificate.States {
		text := word(st)
		if st == certificate.Valid {
			text = lang.T("certificates.live")
		}
		c.Options = append(c.Options, look.Option{Value: string(st), Text: text})
	}
	return c
}

func (v certificatesView) categories() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "category", Label: lang.T("certificates.category")}, Value: string(v.f.Category), Empty: lang.T("edit.all")}, certificate.Categories)
}

func (v certificatesView) levels() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "level", Label: lang.T("certificates.level")}, Value: string(v.f.Level), Empty: lang.T("edit.all")}, certificate.Levels)
}

func (v certificatesView) poor() look.Choice {
	c := look.Choice{Field: look.Field{Name: "poor", Label: lang.T("person.poor")}, Empty: lang.T("edit.all"), Options: []look.Option{{Value: "yes", Text: lang.T("policy.yes")}}}
	if v.f.Poor {
		c.Value = "yes"
	}
	return c
}

// exports is the ways to take the list out, and to ask for one with whole numbers.
func (v certificatesView) exports() []look.Link {
	return append(takeLinks(beside(v.r, "export"), ""), look.Link{Text: lang.T("disclosure.new.link"),
		Href: carrying("/disclosures/new", v.r.URL.Query(), []string{"region", "state", "category", "level", "from", "to", "poor"})})
}

func (v certificatesView) table() look.Table {
	t := look.Table{Caption: lang.T("certificates.title"), Quiet: true, Empty: lang.T("certificates.empty"), Columns: []look.Column{{Text: lang.T("certificates.name")},
		{Text: lang.T("certificates.number"), Tight: true}, {Text: lang.T("certificates.category")}, {Text: lang.T("certificates.state"), Tight: true},
		{Text: lang.T("certificates.expires"), Tight: true}, {Text: lang.T("detail.place")}}}
	for _, h := range v.Holders {
		c := h.Certificate
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: h.Person.Name, Href: certificateHref(c.ID)}, {Text: c.Number.Masked()}, {Text: gradesText(c)},
			{Tag: standingTag(c, v.Today)}, {Text: string(c.Expires)}, {Text: v.Places[c.Region.Township()] + villageName(c.Region, v.Places)}}})
	}
	return t
}

type certificateView struct {
	registry.CertificateFile
	electronic bool // may be taken out in its electronic form
	restoring  bool // the reader may let it hold again
	reason     string
}

// why is the reason for which a certificate holds again.
func (v certificateView) why() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("certificate.restore.reason"), Hint: lang.T("certificate.restore.hint")}, Value: v.reason, Rows: 2, Max: 200}
}

func (v certificateView) details() []look.Detail {
	c := v.Certificate
	out := []look.Detail{{Key: lang.T("certificates.state"), Body: look.State(standingTag(c, v.Today))},
		{Key: lang.T("certificates.number"), Value: c.Number.Masked()}, {Key: lang.T("certificates.category"), Value: gradesText(c)},
		{Key: lang.T("certificate.issued"), Value: c.Issued.Chinese()}, {Key: lang.T("certificates.expires"), Value: c.Expires.Chinese()},
		{Key: lang.T("certificate.issuer"), Value: c.Issuer}, {Key: lang.T("detail.place"), Value: v.Place},
		{Key: lang.T("certificate.holder"), Value: v.Person.Name, Actions: []look.Link{{Text: lang.T("certificate.holder.link"), Href: personHref(v.Person.ID)}}}}
	out = append(out, look.Detail{Key: lang.T("certificate.kind"), Value: word(c.Kind)}, look.Detail{Key: lang.T("certificate.graded"), Value: word(c.Graded)})
	if c.Since != "" {
		out = append(out, look.Detail{Key: lang.T("certificate.since"), Value: c.Since.Chinese()})
	}
	if c.Reason != "" {
		out = append(out, look.Detail{Key: lang.T("certificate.reason"), Value: word(c.Reason)})
	}
	if c.Remarks != "" {
		out = append(out, look.Detail{Key: lang.T("certificate.remarks"), Value: c.Remarks})
	}
	if c.Application != "" {
		out = append(out, look.Detail{Key: lang.T("certificate.case"), Value: lang.T("certificate.case.text"),
			Actions: []look.Link{{Text: lang.T("certificate.case.link"), Href: "/applications/" + c.Application}}})
	}
	return out
}

func (v certificateView) others() look.Table {
	return personView{File: registry.File{Certificates: v.Others, Today: v.Today}}.certificates()
}
