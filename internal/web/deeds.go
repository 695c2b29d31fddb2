package web

import (
	"cmp"
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/org"
	"hefa/internal/staff"
)

// scansOf is the scans of one paper as a page shows them.
type scansOf struct {
	kind org.DeedKind
	at   string // the address of the paper's owner
	all  []org.Deed
}

func (v scansOf) href(no int) string { return v.at + "/scans/" + strconv.Itoa(no) }

func (v scansOf) title() string { return lang.T(v.kind.Word()) }

func (v scansOf) newest() int {
	if len(v.all) == 0 {
		return 0
	}
	return v.all[0].No
}

func (v scansOf) table() look.Table {
	t := look.Table{Caption: v.title(), Quiet: true, Empty: lang.T("deed.none"), Columns: []look.Column{{Text: lang.T("deed.scan"), Tight: true}, {Text: lang.T("deed.pages"), Number: true},
		{Text: lang.T("deed.author")}, {Text: lang.T("deed.at"), Tight: true}}}
	for _, d := range v.all {
		pages := "—"
		if d.Pages > 0 {
			pages = strconv.Itoa(d.Pages)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: lang.T("deed.version", d.No), Href: v.href(d.No)}, {Text: pages}, {Text: d.Author}, {Text: look.Moment(d.At.In(day.Beijing))}}})
	}
	return t
}

// deedForm sends another scan of one of the papers to an address.
type deedForm struct {
	to     string
	of     []scansOf
	chosen org.DeedKind
}

func (f deedForm) kinds() look.Choice {
	c := look.Choice{Field: look.Field{Name: "kind", Label: lang.T("deed.kind")}, Value: string(cmp.Or(f.chosen, f.of[0].kind))}
	for _, v := range f.of {
		c.Options = append(c.Options, look.Option{Value: string(v.kind), Text: v.title()})
	}
	return c
}

// scansOf reads the scans of a paper.
func (s *Server) scansOf(r *http.Request, p org.Paper) (v scansOf, err error) {
	v = scansOf{kind: p.Kind, at: "/orgs/" + p.Owner}
	switch p.Kind {
	case org.AgreementDeed:
		v.at = "/agreements/" + p.Owner
	case org.SpecimenDeed:
		v.at = "/doctors/" + p.Owner
	}
	v.all, err = s.assessing.Deeds(r.Context(), actor(r), p)
	return v, err
}

// agreementScans reads the scans of the agreement and of its hospital's designation.
func (s *Server) agreementScans(r *http.Request, f *agreementForm) (err error) {
	if f.scans, err = s.scansOf(r, org.Paper{Kind: org.AgreementDeed, Owner: f.ID}); err != nil {
		return err
	}
	f.named, err = s.scansOf(r, org.Paper{Kind: org.DesignationDeed, Owner: string(f.Agreement.Hospital)})
	return err
}

// deedAdd takes a scan; what is wrong with it shows on the owner's page.
func (s *Server) deedAdd(r *http.Request, p org.Paper) error {
	file, _, err := uploaded(r)
	if err == nil {
		defer file.Close()
		last, _ := strconv.Atoi(r.PostFormValue("last_" + string(p.Kind)))
		err = s.assessing.KeepDeed(r.Context(), actor(r), p, file, last)
	}
	return err
}

// deedShow opens a scan in the browser.
func (s *Server) deedShow(w http.ResponseWriter, r *http.Request, p org.Paper) error {
	no, _ := strconv.Atoi(r.PathValue("no")) // what is no number is no scan
	d, content, err := s.assessing.OpenDeed(r.Context(), actor(r), p, no)
	if err != nil {
		return err
	}
	defer content.Close()
	serve(w, r, lang.T("deed.no", lang.T(d.Kind.Word()), d.No), d.Type, content)
	return nil
}

// agreementScan opens a scan of an agreement.
func (s *Server) agreementScan(w http.ResponseWriter, r *http.Request) error {
	return s.deedShow(w, r, org.Paper{Kind: org.AgreementDeed, Owner: r.PathValue("id")})
}

// agreementScanAdd takes a scan of an agreement or of its hospital's designation.
func (s *Server) agreementScanAdd(w http.ResponseWriter, r *http.Request) error {
	a, err := s.assessing.Agreement(r.Context(), actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := org.Paper{Kind: org.AgreementDeed, Owner: a.ID}
	if kind := org.DeedKind(r.PostFormValue("kind")); kind == org.DesignationDeed {
		p = org.Paper{Kind: kind, Owner: string(a.Hospital)}
	}
	err = s.deedAdd(r, p)
	if !again(err) {
		return s.deedDone(w, r, "/agreements/"+a.ID, err)
	}
	return s.agreementShow(w, r, wrongStatus(r, err), agreementForm{Agreement: a, edit: actor(r).Can(access.AgreementEdit), kind: p.Kind}, err)
}

// designationScan opens a scan of a hospital's designation.
func (s *Server) designationScan(w http.ResponseWriter, r *http.Request) error {
	return s.deedShow(w, r, org.Paper{Kind: org.DesignationDeed, Owner: r.PathValue("id")})
}

// designationScanAdd takes a scan of a hospital's designation.
func (s *Server) designationScanAdd(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := s.deedAdd(r, org.Paper{Kind: org.DesignationDeed, Owner: id})
	if !again(err) {
		return s.deedDone(w, r, "/orgs/"+id, err)
	}
	o, place, readErr := s.office.Org(r.Context(), actor(r), org.ID(id))
	if readErr != nil {
		return readErr
	}
	return s.orgShow(w, r, wrongStatus(r, err), orgForm{Org: o, place: place}, err)
}

// specimenScan opens a specimen of a doctor's signature.
func (s *Server) specimenScan(w http.ResponseWriter, r *http.Request) error {
	return s.deedShow(w, r, org.Paper{Kind: org.SpecimenDeed, Owner: r.PathValue("id")})
}

// specimenScanAdd takes a specimen of a doctor's signature.
func (s *Server) specimenScanAdd(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := s.deedAdd(r, org.Paper{Kind: org.SpecimenDeed, Owner: id})
	if !again(err) {
		return s.deedDone(w, r, "/doctors/"+id, err)
	}
	d, readErr := s.assessing.Doctor(r.Context(), actor(r), staff.ID(id))
	if readErr != nil {
		return readErr
	}
	return s.doctorShow(w, r, wrongStatus(r, err), doctorForm{Doctor: d}, err)
}

func (s *Server) deedDone(w http.ResponseWriter, r *http.Request, to string, err error) error {
	if err != nil {
		return err
	}
	return s.done(w, r, to, "deed.done")
}
