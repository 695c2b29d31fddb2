package web

import (
	"bytes"
	"net/http"
	"net/url"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
)

// deliveries is the cards that lie here and wait for their holders, the longest waiting first.
func (s *Server) deliveries(w http.ResponseWriter, r *http.Request) error {
	f := handoutFilter(r)
	all, err := s.records.Handouts(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("deliveries.title"))
	return show(w, r, http.StatusOK, deliveriesPage(p, deliveriesView{all, f, actor(r).Can(access.ListExport)}))
}

func handoutFilter(r *http.Request) records.HandoutFilter {
	q := r.URL.Query()
	return records.HandoutFilter{Region: region.Code(q.Get("region")), Batch: card.BatchID(q.Get("batch")), Name: q.Get("name"), After: application.ID(q.Get("after")), Limit: rows}
}

// deliveriesExport is the same list as a spreadsheet.
func (s *Server) deliveriesExport(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("handout.title")+".xlsx", xlsx, func(b *bytes.Buffer) error {
		return s.records.ExportHandouts(r.Context(), actor(r), handoutFilter(r), b)
	})
}

// deliveriesView is the list as the page lays it out.
type deliveriesView struct {
	records.Handouts
	f      records.HandoutFilter
	export bool
}

func (v deliveriesView) name() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("deliveries.name")}, Value: v.f.Name, Width: look.W10, Complete: "off"}
}

// query is the conditions as an address has them.
func (v deliveriesView) query() url.Values {
	out := url.Values{}
	for key, value := range map[string]string{"region": string(v.f.Region), "batch": string(v.f.Batch), "name": v.f.Name} {
		if value != "" {
			out.Set(key, value)
		}
	}
	return out
}

func (v deliveriesView) exportHref() string { return "/deliveries.xlsx?" + v.query().Encode() }

func (v deliveriesView) table() look.Table {
	t := look.Table{Caption: lang.T("deliveries.title"), Quiet: true, Empty: lang.T("deliveries.empty"), Columns: []look.Column{{Text: lang.T("cards.column.name")},
		{Text: lang.T("cards.column.village")}, {Text: lang.T("column.matter"), Tight: true}, {Text: lang.T("column.due"), Tight: true}, {Text: lang.T("cards.days"), Tight: true}, {Text: lang.T("cards.batch.column"), Tight: true}}}
	for _, l := range v.Rows {
		a := l.Case.Application
		matter := look.Cell{Text: word(a.Matter)}
		if l.Exchange() {
			matter.Note = lang.T("deliveries.old")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: l.Card.Face.Name, Href: "/deliveries/" + string(a.ID), Note: l.Card.Face.Number.Masked()}, {Text: l.Place}, matter,
			{Text: string(a.Due)}, daysCell(l), {Text: lang.T("cards.batch"), Href: batchHref(l.Card.Batch)}}})
	}
	return t
}

func (v deliveriesView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Rows), Total: -1}
	q := v.query()
	if v.f.After != "" {
		p.First = "/deliveries?" + q.Encode()
	}
	if v.More {
		q.Set("after", string(v.Rows[len(v.Rows)-1].Case.Application.ID))
		p.Next = "/deliveries?" + q.Encode()
	}
	return p
}

// delivery is the form with which one card is handed out.
func (s *Server) delivery(w http.ResponseWriter, r *http.Request) error {
	return s.deliveryShow(w, r, http.StatusOK, nil)
}

func (s *Server) deliveryShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	l, loadErr := s.records.Handout(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	f := deliveryForm{card.Delivery{Receiver: l.Card.Face.Name}, l.Exchange()}
	if r.Method == http.MethodPost {
		f.Delivery = delivery(r)
	}
	p := s.page(w, r, lang.T("delivery.title", l.Card.Face.Name))
	p.Crumbs, p.Problems = []look.Link{{Text: lang.T("deliveries.title"), Href: "/deliveries"}}, look.Find(err)
	return show(w, r, status, deliveryPage(p, deliveryView{l, f}))
}

// deliveryTake records that the card came into the hand, and goes back to the list for the next one.
func (s *Server) deliveryTake(w http.ResponseWriter, r *http.Request) error {
	err := s.records.DeliverApplication(r.Context(), actor(r), application.ID(r.PathValue("id")), delivery(r))
	if again(err) {
		return s.deliveryShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/deliveries", "deliver.done")
}

// deliveryView is the form as the page lays it out.
type deliveryView struct {
	records.Line
	form deliveryForm
}

func (v deliveryView) waiting() bool { return v.Card.State == card.Dispatched }

func (v deliveryView) details() []look.Detail {
	k, a := v.Card, v.Case.Application
	out := []look.Detail{{Key: lang.T("cards.column.number"), Value: k.Face.Number.Masked()}, {Key: lang.T("cards.column.village"), Value: v.Place},
		{Key: lang.T("column.matter"), Value: word(a.Matter)}, {Key: lang.T("cards.grade"), Value: k.Face.Category + word(k.Face.Level)},
		{Key: lang.T("cards.valid"), Value: lang.T("cards.valid.text", k.Face.Issued, k.Face.Expires)}}
	if k.Serial != "" {
		out = append(out, look.Detail{Key: lang.T("cards.column.serial"), Value: k.Serial})
	}
	if k.Face.Guardian != "" {
		out = append(out, look.Detail{Key: lang.T("cards.guardian"), Value: k.Face.Guardian})
	}
	return append(out, look.Detail{Key: lang.T("cards.column.state"), Body: look.State(cardTag(k.State))})
}

func (v deliveryView) href() string { return "/deliveries/" + string(v.Case.Application.ID) }
