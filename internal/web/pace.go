package web

import (
	"net/http"
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// paces shows how soon the cards of each township reach their holders.
func (s *Server) paces(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	since, ok := look.ReadDay(q.Get("since"))
	v := pacesView{q: q, export: actor(r).Can(access.ListExport), lists: actor(r).Can(access.ApplicationDeliver)}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.CertificateRead, region.Code(q.Get("region"))); err != nil {
		return err
	}
	p, status := s.page(w, r, lang.T("pace.title")), http.StatusOK
	if !ok {
		p.Problems, status = look.Problems{fault.Field{Name: "since", Key: "overview.until.wrong"}}, http.StatusUnprocessableEntity
	} else if !v.whole {
		if v.Paces, err = s.records.Paces(r.Context(), actor(r), region.Code(q.Get("region")), since); err != nil {
			return err
		}
		p.Caption = v.County.Name
	}
	return show(w, r, status, pacesPage(p, v))
}

// pacesExport is the same as a list.
func (s *Server) pacesExport(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	since, ok := look.ReadDay(q.Get("since"))
	if !ok {
		return &fault.Fault{Kind: fault.Invalid, Key: "overview.until.wrong"}
	}
	return s.take(w, r, taking{name: lang.T("pace.title"), columns: records.PaceColumns, write: func(to sheet.Out) error {
		return s.records.ExportPaces(r.Context(), actor(r), region.Code(q.Get("region")), since, to)
	}})
}

// pacesView is the paces as the page lays them out.
type pacesView struct {
	records.Paces
	q             url.Values
	where         look.Choice
	whole         bool // no county is chosen yet
	export, lists bool
}

func (v pacesView) since() look.Date {
	return look.Date{Field: look.Field{Name: "since", Label: lang.T("pace.since"), Optional: true}, Typed: v.q.Get("since")}
}

// stats leads whoever hands cards out to those that wait.
func (v pacesView) stats() []look.Stat {
	return []look.Stat{{Number: v.Sum.Waiting, Text: lang.T("pace.waiting"), Href: carrying("/deliveries", v.q, []string{"region"})},
		{Number: v.Sum.WaitingLate, Text: lang.T("pace.waiting.late"), Alarm: v.Sum.WaitingLate > 0, Href: carrying("/deliveries", v.q, []string{"region"}, "late", "yes")}}
}

func (v pacesView) table() look.Table {
	t := look.Table{Caption: lang.T("pace.title"), Quiet: true, Empty: lang.T("pace.empty")}
	for i, key := range records.PaceColumns {
		t.Columns = append(t.Columns, look.Column{Text: lang.T(key), Number: i > 0})
	}
	for _, x := range v.Towns {
		t.Rows = append(t.Rows, look.Row{Cells: paceCells(look.Cell{Text: x.Place.Name}, x.Pace)})
	}
	if len(v.Towns) > 1 {
		t.Rows = append(t.Rows, look.Row{Cells: paceCells(look.Cell{Text: lang.T("year.sum")}, v.Sum)})
	}
	return t
}

func paceCells(name look.Cell, p card.Pace) []look.Cell {
	out := []look.Cell{name}
	for _, n := range []int{p.Delivered, p.Late, p.Median, p.Longest, p.Waiting, p.WaitingLate, p.WaitingMost} {
		out = append(out, look.Cell{Text: strconv.Itoa(n)})
	}
	if p.WaitingLate > 0 {
		out[6] = look.Cell{Tag: look.Tag{Text: strconv.Itoa(p.WaitingLate), Colour: look.Red}}
	}
	return out
}
