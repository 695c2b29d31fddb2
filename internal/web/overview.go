package web

import (
	"fmt"
	"net/http"
	"net/url"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/registry"
)

// overview shows a county's figures; each leads to the list behind it. Officers above the county choose one first.
func (s *Server) overview(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	until, ok := look.ReadDay(q.Get("until"))
	p := s.page(w, r, lang.T("overview.title"))
	if !ok {
		p.Problems = look.Problems{fault.Field{Name: "until", Key: "overview.until.wrong"}}
	}
	counties, err := s.registry.Counties(r.Context(), actor(r))
	if err != nil {
		return err
	}
	where := region.Code(q.Get("region"))
	if where == "" && actor(r).Region.Level() < region.County {
		return show(w, r, http.StatusOK, overviewChoose(p, counties))
	}
	o, err := s.registry.Overview(r.Context(), actor(r), where, until)
	if err != nil {
		return err
	}
	p.Caption = o.County.Name
	return show(w, r, http.StatusOK, overviewPage(p, overviewView{o, q.Get("until"), actor(r).Can(access.CertificateRead)}))
}

// overviewView is the figures as the page lays them out.
type overviewView struct {
	registry.Overview
	typed string
	lists bool
}

func (v overviewView) stats() []look.Stat {
	out := []look.Stat{}
	if v.Estimated > 0 {
		out = append(out, look.Stat{Number: v.Estimated, Text: lang.T("overview.estimated"), Href: "/policies/base.estimate"})
	}
	holders := look.Stat{Number: v.Sum.Holders, Text: lang.T("overview.holders"), Href: v.href(v.County.Code, "")}
	if v.Estimated > 0 {
		holders.Note = lang.T("overview.rate", fmt.Sprintf("%.2f", v.Rate))
	}
	return append(out, holders,
		look.Stat{Number: v.Sum.Lapsing, Text: lang.T("overview.lapsing", v.By), Href: v.href(v.County.Code, "&to="+string(v.By)), Alarm: v.Sum.Lapsing > 0},
		look.Stat{Number: v.Sum.Poor, Text: lang.T("overview.poor"), Href: v.href(v.County.Code, "&poor=yes")})
}

// href is the list of certificates of a place.
func (v overviewView) href(where region.Code, more string) string {
	return "/certificates?state=valid&region=" + url.QueryEscape(string(where)) + more
}

func (v overviewView) table() look.Table {
	t := look.Table{Caption: lang.T("overview.townships"), Empty: lang.T("overview.empty"), Columns: []look.Column{{Text: lang.T("overview.township")},
		{Text: lang.T("overview.holders"), Number: true}, {Text: lang.T("overview.lapsing", v.By), Number: true}, {Text: lang.T("overview.poor"), Number: true}}}
	for _, f := range v.Townships {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: f.Region.Name}, {Text: fmt.Sprint(f.Holders), Href: v.href(f.Region.Code, "")},
			{Text: fmt.Sprint(f.Lapsing), Href: v.href(f.Region.Code, "&to="+string(v.By))}, {Text: fmt.Sprint(f.Poor), Href: v.href(f.Region.Code, "&poor=yes")}}})
	}
	return t
}
