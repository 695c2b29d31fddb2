package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/region"
)

// regions leafs through the country's places and finds them by name or code.
func (s *Server) regions(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	at := region.Code(q.Get("at"))
	if !q.Has("at") {
		at = actor(r).Region
	}
	here, err := s.office.Regions(r.Context(), actor(r), at)
	if err != nil {
		return err
	}
	v := regionsView{Regions: here, q: look.Narrow(q.Get("q"))}
	if v.found, err = s.office.FindRegions(r.Context(), actor(r), v.q, rows); err != nil {
		return err
	}
	own := actor(r).Region
	v.can = actor(r).Can(access.RegionAdd) && own.Contains(at) && at.Level() >= region.Prefecture && at.Level() < region.Village
	p := s.page(w, r, lang.T("regions.title"))
	p.Crumbs = houseCrumbs()
	return show(w, r, http.StatusOK, regionsPage(p, v))
}

// regionForm is a new place as typed.
type regionForm struct {
	parent     region.Region
	Code, Name string
}

// regionNew shows the form for a place without an official code.
func (s *Server) regionNew(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.RegionAdd, region.Code(r.URL.Query().Get("at"))); err != nil {
		return err
	}
	return s.regionShow(w, r, http.StatusOK, regionForm{}, nil)
}

// regionAdd enters the place.
func (s *Server) regionAdd(w http.ResponseWriter, r *http.Request) error {
	f := regionForm{Code: look.Narrow(r.PostFormValue("code")), Name: look.Narrow(r.PostFormValue("name"))}
	parent := region.Code(r.PostFormValue("at"))
	code, err := s.office.AddRegion(r.Context(), actor(r), parent, region.Region{Code: region.Code(f.Code), Name: f.Name})
	if again(err) {
		return s.regionShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/regions?at="+string(parent), "region.add.done", f.Name, string(code))
}

func (s *Server) regionShow(w http.ResponseWriter, r *http.Request, status int, f regionForm, wrong error) error {
	here, err := s.office.Regions(r.Context(), actor(r), region.Code(r.FormValue("at")))
	if err != nil {
		return err
	}
	f.parent = here.Here
	p := s.page(w, r, lang.T("region.add"))
	p.Caption, p.Problems = here.Here.Name, look.Find(wrong)
	p.Crumbs = houseCrumbs(look.Link{Text: lang.T("regions.title"), Href: "/regions"})
	return show(w, r, status, regionPage(p, f))
}

// regionsView is a place and what was found, as the page lays them out.
type regionsView struct {
	office.Regions
	q     string
	found []office.Found
	can   bool
}

// path leads from the country down to the place.
func (v regionsView) path() []look.Link {
	out := []look.Link{{Text: lang.T("region.country"), Href: "/regions?at="}}
	for _, r := range v.Above {
		out = append(out, look.Link{Text: r.Name, Href: "/regions?at=" + string(r.Code)})
	}
	if v.Here.Code != "" {
		out = append(out, look.Link{Text: v.Here.Name, Href: "/regions?at=" + string(v.Here.Code), Current: true})
	}
	return out
}

func regionTag(r region.Region) look.Tag {
	if r.Local {
		return look.Tag{Text: lang.T("region.local"), Colour: look.Purple}
	}
	return look.Tag{}
}

func regionColumns() []look.Column {
	return []look.Column{{Text: lang.T("region.name")}, {Text: lang.T("region.code"), Tight: true}, {Text: lang.T("region.remark"), Tight: true}}
}

func (v regionsView) below() look.Table {
	name := v.Here.Name
	if name == "" {
		name = lang.T("region.country")
	}
	t := look.Table{Caption: lang.T("regions.below", name), Empty: lang.T("regions.below.empty"), Columns: regionColumns()}
	for _, r := range v.Below {
		cell := look.Cell{Text: r.Name, Href: "/regions?at=" + string(r.Code)}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{cell, {Text: string(r.Code)}, {Tag: regionTag(r)}}})
	}
	return t
}

func (v regionsView) results() look.Table {
	t := look.Table{Caption: lang.T("regions.found", v.q), Empty: lang.T("regions.found.empty"), Columns: regionColumns()}
	for _, r := range v.found {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: r.Name, Href: "/regions?at=" + string(r.Code), Note: r.Path}, {Text: string(r.Code)}, {Tag: regionTag(r.Region)}}})
	}
	return t
}
